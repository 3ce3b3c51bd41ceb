import { type BulkAction, ChatError } from '@chatdesk/protocol'
import type { MemberActor } from '../organizations/actor.js'
import { type Action, authorize } from '../organizations/policy.js'
import { authorOf } from '../realtime/author.js'
import {
  assignConversation,
  changeTag,
  releaseConversation,
  reopenConversation,
  type TeamWorkContext,
  updateConversation,
  type Which,
} from '../team-work/index.js'

/** The member must be allowed what they would do to one. */
const ACTIONS: Record<BulkAction['type'], Action> = {
  assign: 'conversation.assign',
  release: 'conversation.release',
  end: 'conversation.end',
  reopen: 'conversation.reopen',
  snooze: 'conversation.update',
  tag: 'conversation.update',
  untag: 'conversation.update',
  priority: 'conversation.update',
}

/** Does the same to each of these conversations, as if it were asked of one after the other (I5). */
export async function changeMany(
  context: TeamWorkContext,
  actor: MemberActor,
  { ids, action }: { ids: readonly string[]; action: BulkAction },
): Promise<{ id: string; outcome: string }[]> {
  authorize(actor, ACTIONS[action.type])
  const outcomes: { id: string; outcome: string }[] = []
  for (const id of new Set(ids)) {
    try {
      const which = { organizationId: actor.organizationId, conversationId: id }
      outcomes.push({ id, outcome: await changeOne(context, actor, which, action) })
    } catch (error) {
      if (!(error instanceof ChatError) || error.code === 'INTERNAL') throw error
      outcomes.push({ id, outcome: error.code })
    }
  }
  return outcomes
}

async function changeOne(
  context: TeamWorkContext,
  actor: MemberActor,
  which: Which,
  action: BulkAction,
): Promise<'done' | 'taken'> {
  switch (action.type) {
    case 'assign':
      return assignConversation(context, which, actor, action)
    case 'release':
      return releaseConversation(context, which, actor, action)
    case 'reopen':
      return reopenConversation(context, which, actor)
    case 'end':
      await context.messages.end({ ...which, author: authorOf(actor), ownerSessionId: null })
      return 'done'
    case 'snooze':
      await updateConversation(context, which, { snoozedUntil: action.until === null ? null : new Date(action.until) })
      return 'done'
    case 'priority':
      await updateConversation(context, which, { priority: action.priority })
      return 'done'
    case 'tag':
    case 'untag':
      await changeTag(context, which, { tagId: action.tagId, on: action.type === 'tag' })
      return 'done'
  }
}
