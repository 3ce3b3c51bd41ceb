import type { MemberRole } from '@chatdesk/protocol'
import type { AdminCall } from './admin-call.js'
import type { Invite, IssuedInvite, Member } from './contract.js'

/** Who belongs to the organization, and who is asked to. */
export interface MembersApi {
  list(): Promise<Member[]>
  update(id: string, changes: { name?: string; role?: MemberRole }): Promise<void>
  remove(id: string): Promise<void>
  invites(): Promise<Invite[]>
  invite(input: { email: string; role: MemberRole }): Promise<IssuedInvite>
  revokeInvite(id: string): Promise<void>
}

export function createMembersApi(call: AdminCall): MembersApi {
  return {
    list: async () => (await call<{ members: Member[] }>('GET', 'chat-widget/members')).members,
    update: async (id, changes) => void (await call('PATCH', `chat-widget/members/${id}`, changes)),
    remove: async (id) => void (await call('DELETE', `chat-widget/members/${id}`)),
    invites: async () => (await call<{ invites: Invite[] }>('GET', 'chat-widget/invites')).invites,
    invite: (input) => call('POST', 'chat-widget/invites', input),
    revokeInvite: async (id) => void (await call('DELETE', `chat-widget/invites/${id}`)),
  }
}
