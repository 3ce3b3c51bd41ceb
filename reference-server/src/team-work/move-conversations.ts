import { ChatError } from '@chatdesk/protocol'
import type { MemberActor } from '../organizations/actor.js'
import { isAnswering } from '../organizations/index.js'
import { authorOf } from '../realtime/author.js'
import type { TeamWorkContext, Which } from './team-work-context.js'

/** Gives a conversation to a member who answers visitors, by default to the one who asks (C15). */
export async function assignConversation(
  { database, messages }: TeamWorkContext,
  which: Which,
  actor: MemberActor,
  input: { agentId?: string | undefined; expectedAgentId?: string | null | undefined },
): Promise<'done' | 'taken'> {
  const { agentId = actor.memberId, expectedAgentId } = input
  const agent = await database
    .of(which.organizationId)
    .selectFrom('members')
    .select(['id', 'name', 'role'])
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', agentId)
    .executeTakeFirst()
  if (!agent) throw new ChatError('VALIDATION_FAILED', 'agentId: no such member.', { field: 'agentId' })
  if (!isAnswering(agent.role))
    throw new ChatError('VALIDATION_FAILED', 'agentId: they do not answer visitors.', { field: 'agentId' })
  const { id, name } = agent
  return messages.move({
    ...which,
    author: authorOf(actor),
    move: { to: 'agent', agent: { kind: 'agent', id, name }, expectedAgentId },
  })
}

/** Sends a conversation back to the queue, or to that of another department (C16). */
export async function releaseConversation(
  { database, messages }: TeamWorkContext,
  which: Which,
  actor: MemberActor,
  { departmentId }: { departmentId?: string | null | undefined },
): Promise<'done' | 'taken'> {
  if (typeof departmentId === 'string') {
    const department = await database
      .of(which.organizationId)
      .selectFrom('departments')
      .select('id')
      .where('organization_id', '=', which.organizationId)
      .where('id', '=', departmentId)
      .executeTakeFirst()
    if (!department)
      throw new ChatError('VALIDATION_FAILED', 'departmentId: no such department.', { field: 'departmentId' })
  }
  return messages.move({ ...which, author: authorOf(actor), move: { to: 'queue', departmentId } })
}

/** Takes a resolved conversation up again (C17). */
export async function reopenConversation(
  { messages }: TeamWorkContext,
  which: Which,
  actor: MemberActor,
): Promise<'done' | 'taken'> {
  const { memberId: id, name } = actor
  return messages.move({
    ...which,
    author: authorOf(actor),
    move: { to: 'reopened', agent: { kind: 'agent', id, name } },
  })
}
