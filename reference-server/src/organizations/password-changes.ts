import { ChatError } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import { recordAct } from '../audit/index.js'
import type { Database, Tables } from '../database/index.js'
import { createSecret, hashSecret } from '../platform/secrets.js'
import { homeOf, type MemberActor } from './actor.js'
import { requireGoodPassword } from './good-password.js'
import { closeMemberSessions } from './member-sessions.js'
import { HOST, normalizeEmail, type OrganizationsContext } from './organizations.js'
import type { SignInLimits } from './sign-in.js'

/** How long a link for a new password works, in milliseconds. */
export const RESET_MS = 3_600_000

/** Sets another password for somebody who knows the present one, and ends all their other sign-ins (threat 37). */
export async function changePassword(
  { database, passwords }: OrganizationsContext,
  limits: Pick<SignInLimits, 'perAccount'>,
  actor: MemberActor,
  input: { current: string; next: string },
): Promise<void> {
  const organizationId = homeOf(actor)
  const { memberId } = actor
  const member = await database
    .of(organizationId)
    .selectFrom('members')
    .select(['email', 'password_hash'])
    .where('organization_id', '=', organizationId)
    .where('id', '=', memberId)
    .executeTakeFirst()
  if (!member) throw new ChatError('UNAUTHENTICATED', 'Sign in first.')
  requireGoodPassword(input.next, { field: 'next', email: member.email })
  // Whoever sits down at a forgotten session gets no more guesses than at the door.
  await limits.perAccount.consume(member.email)
  const wrong = () => new ChatError('VALIDATION_FAILED', 'This is not your password.', { field: 'current' })
  if (!(await passwords.matches(member.password_hash, input.current))) throw wrong()
  await limits.perAccount.forget(member.email)
  const passwordHash = await passwords.hash(input.next)
  await database.transaction(organizationId, async (transaction) => {
    const { numUpdatedRows } = await transaction
      .updateTable('members')
      .set({ password_hash: passwordHash })
      .where('organization_id', '=', organizationId)
      .where('id', '=', memberId)
      // Whoever has set another one meanwhile, by a link, has put this one out.
      .where('password_hash', '=', member.password_hash)
      .executeTakeFirstOrThrow()
    if (!numUpdatedRows) throw wrong()
    await transaction
      .deleteFrom('password_resets')
      .where('organization_id', '=', organizationId)
      .where('member_id', '=', memberId)
      .execute()
    await closeMemberSessions(transaction, { organizationId, memberId }, { allBut: actor.memberSessionId })
  })
}

/** A secret that sets another password once, within an hour, and the member's e-mail; undefined: nobody has it. */
export async function createPasswordReset(
  { database, clock }: OrganizationsContext,
  input: { email: string },
): Promise<PasswordReset | undefined> {
  const member = await findByEmail(database, input.email)
  return member && writeReset(database.of(member.organizationId), member, clock())
}

/** The same, asked for on the server's host: for whoever no mail reaches. It is in the trail. */
export async function createPasswordResetByHost(
  { database, clock }: Pick<OrganizationsContext, 'database' | 'clock'>,
  input: { email: string },
): Promise<PasswordReset | undefined> {
  const member = await findByEmail(database, input.email)
  if (!member) return undefined
  const { organizationId, id, name } = member
  const now = clock()
  return database.transaction(organizationId, async (transaction) => {
    const target = { kind: 'member', id, name }
    const reason = 'A link for a new password was made on the server itself.'
    await recordAct(transaction, organizationId, { ...HOST, action: 'member.update', target, reason }, now)
    return writeReset(transaction, member, now)
  })
}

/** A secret for a new password, and whose. */
interface PasswordReset {
  organizationId: string
  memberId: string
  email: string
  token: string
}

function findByEmail(database: Database, email: string) {
  return database.system
    .selectFrom('members')
    .select(['organization_id as organizationId', 'id', 'email', 'name'])
    .where('email', '=', normalizeEmail(email))
    .executeTakeFirst()
}

/** Puts out the link before it. */
async function writeReset(
  query: Kysely<Tables>,
  { organizationId, id, email }: { organizationId: string; id: string; email: string },
  now: Date,
): Promise<PasswordReset> {
  const token = createSecret('pr')
  const fresh = { token_hash: hashSecret(token), expires_at: new Date(now.getTime() + RESET_MS) }
  await query
    .insertInto('password_resets')
    .values({ organization_id: organizationId, member_id: id, ...fresh })
    .onConflict((conflict) => conflict.columns(['organization_id', 'member_id']).doUpdateSet(fresh))
    .execute()
  return { organizationId, memberId: id, email, token }
}

/** Uses a reset up: sets the password, and ends every sign-in of the member. */
export async function resetPassword(
  { database, passwords, clock }: OrganizationsContext,
  input: { token: string; password: string },
): Promise<void> {
  const tokenHash = hashSecret(input.token)
  const gone = () => new ChatError('NOT_FOUND', 'This link is used or expired.')
  const reset = await database.system
    .selectFrom('password_resets as r')
    .innerJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 'r.organization_id').onRef('m.id', '=', 'r.member_id'),
    )
    .select(['r.organization_id', 'r.member_id', 'm.email'])
    .where('r.token_hash', '=', tokenHash)
    .where('r.expires_at', '>', clock())
    .executeTakeFirst()
  if (!reset) throw gone()
  requireGoodPassword(input.password, { field: 'password', email: reset.email })
  const passwordHash = await passwords.hash(input.password)
  const { organization_id: organizationId, member_id: memberId } = reset
  await database.transaction(organizationId, async (transaction) => {
    const { numDeletedRows } = await transaction
      .deleteFrom('password_resets')
      .where('organization_id', '=', organizationId)
      .where('token_hash', '=', tokenHash)
      .executeTakeFirstOrThrow()
    if (!numDeletedRows) throw gone()
    await transaction
      .updateTable('members')
      .set({ password_hash: passwordHash })
      .where('organization_id', '=', organizationId)
      .where('id', '=', memberId)
      .execute()
    await closeMemberSessions(transaction, { organizationId, memberId })
  })
}
