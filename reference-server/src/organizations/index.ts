export {
  closeMemberSession,
  findMemberBySession,
  findSignedIn,
  touchMemberSession,
} from './member-sessions.js'
export { createMember, createOrganization } from './organizations.js'
export { createPasswords, type Passwords } from './passwords.js'
export { authorize, authorizeMember, isAllowed, ownerSessionOf } from './policy.js'
export { authRoutes } from './routes.js'
export { redeemTicket } from './tickets.js'
