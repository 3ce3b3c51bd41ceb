import { ChatError, type MemberRole } from '@chatdesk/protocol'
import { memberRole } from '@chatdesk/protocol/schemas'

/** Whether the first has more to say than the second. */
export function isAbove(role: MemberRole, other: MemberRole): boolean {
  // The schema names them from the most to the least powerful.
  return memberRole.options.indexOf(role) < memberRole.options.indexOf(other)
}

/** Nobody gives a role, or touches somebody with one, that is above their own (threats 31, 34). */
export function requireRankOf(actor: { role: MemberRole } | null, role: MemberRole): void {
  if (actor && isAbove(role, actor.role)) throw new ChatError('FORBIDDEN', `Your role is below ${role}.`)
}

/** Whether this role looks after an organization. */
export function isAdmin(role: MemberRole): boolean {
  return role === 'super_admin' || role === 'client_admin'
}
