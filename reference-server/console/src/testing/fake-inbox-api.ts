import { isInView } from '@chatdesk/core/agent'
import type { ConversationSummary, InboxCounts } from '@chatdesk/protocol'
import { inboxView } from '@chatdesk/protocol/schemas'
import type { InboxApi } from '../api/inbox-api.js'
import { SAMPLE_NOW, sampleInbox, sampleMember } from './sample-data.js'

/** Views of the sample inbox, and of nothing more. `calls` says what was done to many. */
export function createFakeInboxApi(calls: string[], rows: readonly ConversationSummary[] = sampleInbox()): InboxApi {
  const onlooker = { selfId: sampleMember().member.id, now: SAMPLE_NOW }
  return {
    page: async ({ view, filter }) => ({
      conversations: rows.filter((row) => isInView(row, view, filter, onlooker)),
      nextCursor: null,
    }),
    counts: async () =>
      Object.fromEntries(
        inboxView.options.map((view) => [view, rows.filter((row) => isInView(row, view, {}, onlooker)).length]),
      ) as InboxCounts,
    search: async (q) => ({
      results: rows
        .flatMap((conversation) => {
          const text = conversation.lastMessage?.text ?? ''
          const at = text.toLowerCase().indexOf(q.toLowerCase())
          if (at < 0) return []
          const said = conversation.lastMessage?.createdAt ?? null
          return [
            { in: 'message', conversation, seq: 8, at: said, excerpt: text, ranges: [[at, at + q.length]] },
          ] as const
        })
        .map((result) => ({ ...result, ranges: result.ranges.map(([from, to]): [number, number] => [from, to]) })),
      nextCursor: null,
    }),
    async bulk(ids, action) {
      calls.push(`bulk ${JSON.stringify(action)} ${ids.length}`)
      return ids.map((id) => ({ id, outcome: 'done' }))
    },
  }
}
