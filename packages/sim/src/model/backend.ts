import { ChatError, type ConversationSync, LIMITS, type LogEvent } from '@chatdesk/protocol'
import {
  type Change,
  createChangeFeed,
  createGroupCommit,
  createTurns,
  type MemberActor,
  type RealtimeBackend,
  type Settled,
  type WidgetState,
} from '@chatdesk/server/testing/realtime'
import type { Host } from '../world.js'
import type { Database } from './database.js'
import { type Appended, type Draft, type LogStore, ORGANIZATION_ID } from './log-store.js'

/** Events of one log that a node is given at once of what others have written. */
const CHANGES = 20
/** How much further back the inbox is searched than it must be, in milliseconds. */
const MARGIN_MS = 60_000
const DAY_MS = 24 * 3_600_000

/** The team: one agent. */
const AGENT = {
  kind: 'member',
  organizationId: ORGANIZATION_ID,
  memberId: '00000000-0000-4000-9000-00000000000a',
  role: 'agent',
  name: 'Asha',
  memberSessionId: '00000000-0000-4000-9000-00000000000b',
} as const

/** The one widget, which is always the same. */
const WIDGET: WidgetState = { mark: '1', version: '1', refusalOf: () => undefined }

/** What a node's backend is made of. */
export interface BackendParts {
  store: LogStore
  database: Database
  node: Host
}

/** The features as one node has them: the server's own group commit and change feed over a modelled database. */
export function createNodeBackend({ store, database, node }: BackendParts): RealtimeBackend {
  const feed = createChangeFeed((error) => {
    throw error
  })
  const read = <T>(statement: () => T) => database.run(node, statement)

  const tell = (conversationId: string, events: readonly LogEvent[], headSeq: number, facts: Partial<Change> = {}) => {
    feed.emit({ organizationId: ORGANIZATION_ID, conversationId, events, headSeq, ...facts })
  }

  const appends = createGroupCommit<Draft, { seq: number; appended: Appended }>({
    turns: createTurns(),
    async commit(batch) {
      const appended = await read(() => batch.map((draft) => store.append(draft)))
      const outcomes = appended.map(
        (one): Settled<{ seq: number; appended: Appended }> =>
          one.outcome === 'refused'
            ? { status: 'refused', error: one.error }
            : { status: 'done', result: { seq: one.message.seq, appended: one } },
      )
      return { outcomes, tell: () => tellAppended(batch, appended) }
    },
  })

  /** New events with their content; of repeats only how far the log goes, since they may never have been told. */
  function tellAppended(batch: readonly Draft[], appended: readonly Appended[]): void {
    const byConversation = new Map<string, { events: LogEvent[]; headSeq: number }>()
    for (const [index, one] of appended.entries()) {
      if (one.outcome === 'refused') continue
      const { conversationId } = batch[index] as Draft
      const told = byConversation.get(conversationId) ?? { events: [], headSeq: 0 }
      byConversation.set(conversationId, told)
      if (one.outcome === 'new') told.events.push(...(one.before ? [one.before] : []), one.message)
      told.headSeq = Math.max(told.headSeq, one.message.seq)
    }
    for (const [conversationId, { events, headSeq }] of byConversation) tell(conversationId, events, headSeq)
  }

  return {
    authenticate: ({ token, tabId }) =>
      read(() =>
        token.startsWith('tk_')
          ? ({ ...AGENT, expiresAt: new Date(node.clock.now() + 365 * DAY_MS) } satisfies MemberActor)
          : store.session(token, tabId),
      ),
    conversationsOf: (actor, named) => read(() => store.conversationsOf(actor, named)),
    openConversation: (actor, { conversationId }) => read(() => store.open(actor, conversationId)),
    // Nothing hangs on it here.
    async updateVisitor() {},
    async startConversation(actor, { clientConversationId, after }) {
      const { id, length } = await read(() => {
        const { id, log } = store.start(actor, clientConversationId, after)
        return { id, length: log.length }
      })
      if (length === 0) tell(id, [], 0)
      return { conversationId: id }
    },
    async endConversation() {
      throw new ChatError('FORBIDDEN', 'Nobody ends a conversation here.')
    },
    async appendMessage(actor, { conversationId, clientMessageId, parts, seenSeq }) {
      const draft = { actor, conversationId, clientMessageId, parts, seenSeq }
      const { appended } = await appends.submit(draft, 1)
      if (appended.outcome === 'refused') throw appended.error
      return appended.message
    },
    async markRead(actor, { conversationId, upToSeq }) {
      const moved = await read(() => {
        const conversation = store.markRead(actor, conversationId, upToSeq)
        return conversation && { reads: { ...conversation.reads }, headSeq: conversation.log.length }
      })
      if (moved) tell(conversationId, [], moved.headSeq, { reads: moved.reads })
    },
    // Only follow-ups hang on it, and the simulation has none.
    async noteVisitorSign() {},
    loadHistory: (actor, { conversationId, beforeSeq, afterSeq, limit }) =>
      read(() => {
        const { log } = store.find(actor, conversationId)
        const events =
          afterSeq === undefined
            ? log.slice(0, (beforeSeq ?? log.length + 1) - 1).slice(-limit)
            : log.slice(afterSeq, afterSeq + limit)
        return { events, reachedStart: (events[0]?.seq ?? 1) === 1, headSeq: log.length }
      }),
    syncConversation: (actor, { conversationId, cursor }) =>
      read((): ConversationSync => {
        const { log, status, agent, reads } = store.find(actor, conversationId)
        const known = cursor !== undefined && log[cursor.seq - 1]?.id === cursor.eventId
        const resumed = known && log.length - cursor.seq <= LIMITS.replayWindow
        const events = resumed ? log.slice(cursor.seq) : log.slice(-LIMITS.freshWindow)
        const recovery = resumed ? 'resumed' : cursor ? 'gap' : 'fresh'
        const reachedStart = (events[0]?.seq ?? log.length + 1) <= 1
        return {
          conversationId,
          status,
          agent,
          recovery,
          headSeq: log.length,
          events,
          reachedStart,
          reads: { ...reads },
        }
      }),
    loadInbox: (_actor, { limit }) =>
      read(() => ({
        conversations: [...store.conversations.values()].map((one) => store.summary(one)).slice(0, limit),
        nextCursor: null,
      })),
    loadSummaries: (_organizationId, ids) =>
      read(() => ids.flatMap((id) => store.conversations.get(id) ?? []).map((one) => store.summary(one))),
    loadMemberNames: async () => [],
    loadChanges: (known) =>
      read(() =>
        known.flatMap(({ organizationId, conversationId, headSeq, reads: { visitor, team } }): Change[] => {
          const conversation = store.conversations.get(conversationId)
          if (!conversation) return []
          const { log, reads } = conversation
          if (log.length <= headSeq && reads.visitor <= visitor && reads.team <= team) return []
          const events = log.slice(headSeq, headSeq + CHANGES)
          return [{ organizationId, conversationId, events, headSeq: log.length, reads: { ...reads } }]
        }),
      ),
    loadVersions: (_organizationIds, withinMs) =>
      read(() =>
        store
          .changedWithin(withinMs + MARGIN_MS)
          .map(({ id, version }) => ({ organizationId: ORGANIZATION_ID, conversationId: id, version })),
      ),
    loadBegun: async () => [],
    isStillValid: async () => true,
    findStandingMembers: async (actors) => new Set(actors),
    onChange: feed.onChange,
    loadWidgets: (known) =>
      read(() => known.flatMap(({ mark, ...id }) => (mark === WIDGET.mark ? [] : [{ ...id, state: WIDGET }]))),
    onWidgetChange: () => () => {},
    isKnownOrigin: async () => true,
  }
}
