import { ChatError, type CurrentMember } from '@chatdesk/protocol'
import type { RateLimit } from '../platform/rate-limit.js'
import { csrfTokenOf, openMemberSession } from './member-sessions.js'
import { normalizeEmail, type OrganizationsContext } from './organizations.js'

/** How often a password may be tried. */
export interface SignInLimits {
  /** Attempts from one network address, failed or not. */
  perAddress: RateLimit
  /** Failed attempts for one e-mail; a success forgets them. */
  perAccount: RateLimit
}

/**
 * Opens a session for e-mail and password. Every refusal reads the same, and takes as long, whether the account exists
 * or not; the throttles too count e-mails that nobody has (threat 35).
 */
export async function signIn(
  { database, passwords, clock, generateId }: OrganizationsContext,
  limits: SignInLimits,
  input: { email: string; password: string; address: string },
): Promise<{ token: string; current: CurrentMember }> {
  const email = normalizeEmail(input.email)
  await limits.perAddress.consume(input.address)
  await limits.perAccount.consume(email)
  const member = await database.system
    .selectFrom('members as m')
    .innerJoin('organizations as o', 'o.id', 'm.organization_id')
    .select(['m.id', 'm.organization_id', 'm.email', 'm.name', 'm.role', 'm.password_hash'])
    .select('o.name as organization_name')
    .where('m.email', '=', email)
    .executeTakeFirst()
  const fits = await passwords.matches(member?.password_hash, input.password)
  if (!member || !fits) throw new ChatError('UNAUTHENTICATED', 'E-mail or password is wrong.')
  await limits.perAccount.forget(email)
  const { token } = await openMemberSession(database, {
    id: generateId(),
    organizationId: member.organization_id,
    memberId: member.id,
    now: clock(),
  })
  return {
    token,
    current: {
      member: { id: member.id, email: member.email, name: member.name, role: member.role },
      organization: { id: member.organization_id, name: member.organization_name },
      csrfToken: csrfTokenOf(token),
    },
  }
}
