import { ChatError, type CurrentMember } from '@chatdesk/protocol'
import type { RateLimit } from '../platform/rate-limit.js'
import { findSignedIn, openMemberSession } from './member-sessions.js'
import { normalizeEmail, type OrganizationsContext } from './organizations.js'

/** How often a password may be tried. */
export interface SignInLimits {
  /** Attempts from one network address, failed or not. */
  perAddress: RateLimit
  /** Failed attempts for one e-mail; a success forgets them. */
  perAccount: RateLimit
}

/** A new session: its secret, and who is in it. */
export interface Entered {
  token: string
  current: CurrentMember
}

/**
 * Opens a session for e-mail and password. Every refusal reads the same, and takes as long, whether the account exists
 * or not; the throttles too count e-mails that nobody has (threat 35).
 */
export async function signIn(
  context: OrganizationsContext,
  limits: SignInLimits,
  input: { email: string; password: string; address: string; userAgent: string | undefined },
): Promise<Entered> {
  const { database, passwords } = context
  const email = normalizeEmail(input.email)
  await limits.perAddress.consume(input.address)
  await limits.perAccount.consume(email)
  const member = await database.system
    .selectFrom('members')
    .select(['id', 'organization_id', 'password_hash'])
    .where('email', '=', email)
    .executeTakeFirst()
  const fits = await passwords.matches(member?.password_hash, input.password)
  if (!member || !fits) throw new ChatError('UNAUTHENTICATED', 'E-mail or password is wrong.')
  await limits.perAccount.forget(email)
  const { userAgent } = input
  return enter(context, { organizationId: member.organization_id, memberId: member.id, userAgent })
}

/** Opens a session for somebody who has shown who they are. */
export async function enter(
  { database, clock, generateId }: Pick<OrganizationsContext, 'database' | 'clock' | 'generateId'>,
  member: { organizationId: string; memberId: string; userAgent: string | undefined },
): Promise<Entered> {
  const { token } = await openMemberSession(database, { ...member, id: generateId(), now: clock() })
  const signedIn = await findSignedIn(database, token, clock())
  if (!signedIn) throw new ChatError('UNAUTHENTICATED', 'The sign-in has ended.')
  return { token, current: signedIn.current }
}
