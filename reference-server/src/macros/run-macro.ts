import { ChatError, fillReply, type Macro, type MacroAction, type MacroRun, type ReplyValues } from '@chatdesk/protocol'
import { messageText } from '@chatdesk/protocol/schemas'
import { loadConversationVisitor } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import { parseInput } from '../http/input.js'
import type { MemberActor } from '../organizations/actor.js'
import { type Action, authorize } from '../organizations/index.js'
import { authorOf } from '../realtime/author.js'
import {
  assignConversation,
  changeTag,
  createNote,
  releaseConversation,
  type TeamWorkContext,
  updateConversation,
  type Which,
} from '../team-work/index.js'
import { derivedId } from './derived-id.js'

/** What may be done by which action's right: running a macro is no way around it (an API token may have few scopes). */
const NEEDED: Record<MacroAction['type'], Action> = {
  reply: 'message.send',
  note: 'note.create',
  assign: 'conversation.assign',
  release: 'conversation.release',
  priority: 'conversation.update',
  tag: 'conversation.update',
  untag: 'conversation.update',
  snooze: 'conversation.update',
  end: 'conversation.end',
}

/**
 * Does what a macro says, in its order, by the use cases of the single routes, up to the first that refuses (D6). A run that
 * has come to its end is not repeated; one that was cut off begins anew, and says nothing twice.
 */
export async function runMacro(
  context: TeamWorkContext,
  which: Which,
  actor: MemberActor,
  { macro, runId }: { macro: Macro; runId: string },
): Promise<Pick<MacroRun, 'outcome' | 'stoppedAt'>> {
  const { database, clock } = context
  for (const { type } of macro.actions) authorize(actor, NEEDED[type])
  const values = await replyValues(database, which, actor)
  const earlier = await database
    .of(which.organizationId)
    .selectFrom('macro_runs')
    .select('stopped_at')
    .where('organization_id', '=', which.organizationId)
    .where('conversation_id', '=', which.conversationId)
    .where('run_id', '=', runId)
    .executeTakeFirst()
  if (earlier) return resultOf(earlier.stopped_at)
  const stoppedAt = await runActions(macro.actions, (action, index) =>
    runAction(context, which, actor, { action, values, id: derivedId(runId, index) }),
  )
  await database
    .of(which.organizationId)
    .insertInto('macro_runs')
    .values({
      ...{ organization_id: which.organizationId, conversation_id: which.conversationId, run_id: runId },
      ...{ stopped_at: stoppedAt && JSON.stringify(stoppedAt), ran_at: clock() },
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return resultOf(stoppedAt)
}

function resultOf(stoppedAt: MacroRun['stoppedAt']): Pick<MacroRun, 'outcome' | 'stoppedAt'> {
  return { outcome: stoppedAt ? 'stopped' : 'done', stoppedAt }
}

async function runActions(
  actions: readonly MacroAction[],
  run: (action: MacroAction, index: number) => Promise<void>,
): Promise<MacroRun['stoppedAt']> {
  for (const [index, action] of actions.entries()) {
    try {
      await run(action, index)
    } catch (error) {
      // What may go well another time is no refusal: the caller repeats the run.
      if (!ChatError.isInstance(error) || error.retryable || error.code === 'INTERNAL') throw error
      return { index, code: error.code, message: error.message }
    }
  }
  return null
}

/** One action, as it is done here and now. */
interface ActionRun {
  action: MacroAction
  values: ReplyValues
  /** Of what it makes. */
  id: string
}

async function runAction(
  context: TeamWorkContext,
  which: Which,
  actor: MemberActor,
  { action, values, id }: ActionRun,
): Promise<void> {
  // Filled, they may be too long, or nothing at all.
  const wordsOf = (text: string) => parseInput(messageText, fillReply(text, values))
  switch (action.type) {
    case 'reply': {
      const author = authorOf(actor)
      const parts = [{ type: 'text' as const, text: wordsOf(action.text) }]
      await context.messages.append({ ...which, author, ownerSessionId: null, clientMessageId: id, parts })
      return
    }
    case 'note':
      await createNote(context, which, actor, { id, text: wordsOf(action.text), mentions: [] })
      return
    case 'assign':
      await assignConversation(context, which, actor, action.agentId === 'me' ? {} : { agentId: action.agentId })
      return
    case 'release':
      await releaseConversation(context, which, actor, { departmentId: action.departmentId ?? undefined })
      return
    case 'priority':
      return updateConversation(context, which, { priority: action.priority })
    case 'tag':
    case 'untag':
      return changeTag(context, which, { tagId: action.tagId, on: action.type === 'tag' })
    case 'snooze':
      return updateConversation(context, which, {
        snoozedUntil: new Date(context.clock().getTime() + action.minutes * 60_000),
      })
    case 'end':
      return context.messages.end({ ...which, author: authorOf(actor), ownerSessionId: null })
  }
}

async function replyValues(database: Database, which: Which, actor: MemberActor): Promise<ReplyValues> {
  const visitor = await loadConversationVisitor(database, which)
  const organization = await database
    .of(which.organizationId)
    .selectFrom('organizations')
    .select('name')
    .where('id', '=', which.organizationId)
    .executeTakeFirst()
  return {
    'visitor.name': visitor.nameless ? null : visitor.name,
    'visitor.email': visitor.email ?? visitor.traits?.email ?? null,
    'agent.name': actor.name,
    'organization.name': organization?.name ?? null,
  }
}
