import type { CreateInviteResponse, InviteRow, MemberRole, MemberRow } from '@chatdesk/protocol'
import { createInviteResponse, listInvitesResponse, listMembersResponse } from '@chatdesk/protocol/schemas'
import type { AdminCalls } from './admin-calls.js'

/** Who belongs to the organization, and who is asked to. */
export interface MembersApi {
  list(): Promise<MemberRow[]>
  update(id: string, changes: { name?: string; role?: MemberRole }): Promise<void>
  remove(id: string): Promise<void>
  invites(): Promise<InviteRow[]>
  invite(input: { email: string; role: MemberRole }): Promise<CreateInviteResponse>
  revokeInvite(id: string): Promise<void>
}

export function createMembersApi({ ask, tell }: AdminCalls): MembersApi {
  return {
    list: async () => (await ask(listMembersResponse, 'GET', 'chat-widget/members')).members,
    update: (id, changes) => tell('PATCH', `chat-widget/members/${id}`, changes),
    remove: (id) => tell('DELETE', `chat-widget/members/${id}`),
    invites: async () => (await ask(listInvitesResponse, 'GET', 'chat-widget/invites')).invites,
    invite: (input) => ask(createInviteResponse, 'POST', 'chat-widget/invites', input),
    revokeInvite: (id) => tell('DELETE', `chat-widget/invites/${id}`),
  }
}
