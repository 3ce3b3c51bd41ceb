import type { MemberRole } from '@chatdesk/protocol'

/** C6: all but a `client_user`, who reads and never writes. The server decides; this spares a refusal. */
export function answersVisitors({ role }: { role: MemberRole }): boolean {
  return role !== 'client_user'
}
