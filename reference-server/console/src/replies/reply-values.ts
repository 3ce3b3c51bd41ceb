import type { ConversationVisitor, CurrentMember, ReplyValues } from '@chatdesk/protocol'

/** What variables stand for in a conversation; `visitor` null: who writes there is not known. */
export function replyValues(visitor: ConversationVisitor | null, { member, organization }: CurrentMember): ReplyValues {
  return {
    'visitor.name': visitor && !visitor.nameless ? visitor.name : null,
    'visitor.email': visitor?.email ?? visitor?.traits?.email ?? null,
    'agent.name': member.name,
    'organization.name': organization.name,
  }
}
