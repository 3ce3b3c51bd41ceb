import type { ConversationChange } from '@chatdesk/protocol'

/** A change of status or agent as one quiet line. `by` is who made it. */
export function changeText({ author, status, agent }: ConversationChange): string {
  const by = author.name ?? (author.kind === 'visitor' ? 'The visitor' : 'The team')
  if (status === 'resolved') return `${by} ended the conversation`
  if (author.kind === 'visitor') return `${by} reopened the conversation`
  if (status === 'assigned' && agent) {
    return agent.id === author.id ? `${by} took the conversation` : `${by} assigned ${agent.name ?? 'an agent'}`
  }
  // Nobody was there any more, or the assistant has handed it over.
  if (author.kind === 'system') return 'The conversation waits for the team'
  return `${by} put the conversation back in the queue`
}
