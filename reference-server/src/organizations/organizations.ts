import { ChatError, type MemberRole } from '@chatdesk/protocol'
import type { Kysely } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import type { ChangeFeed } from '../messages/index.js'
import type { MemberActor } from './actor.js'
import type { Passwords } from './passwords.js'

/** What the use cases of this folder need. */
export interface OrganizationsContext {
  database: Database
  changes: ChangeFeed
  passwords: Passwords
  clock: () => Date
  generateId: () => string
}

/** Who does something, and from where, as the audit trail has it. */
export interface Doer {
  /** Null: the server's host, by `chat.api`. */
  actor: MemberActor | null
  address: string | null
}

/** The server's host, in process. */
export const HOST: Doer = { actor: null, address: null }

/** Makes a tenant. */
export async function createOrganization(
  { database, clock, generateId }: Pick<OrganizationsContext, 'database' | 'clock' | 'generateId'>,
  input: { name: string },
): Promise<{ organizationId: string }> {
  const id = generateId()
  await database.system.insertInto('organizations').values({ id, name: input.name, created_at: clock() }).execute()
  return { organizationId: id }
}

/** E-mail addresses are compared without regard to case. */
export function normalizeEmail(email: string): string {
  return email.trim().toLowerCase()
}

/** Makes a person who signs in. The e-mail must be new, in whatever organization. */
export async function createMember(
  { database, passwords, clock, generateId }: OrganizationsContext,
  input: { organizationId: string; email: string; name: string; role: MemberRole; password: string },
): Promise<{ memberId: string }> {
  const id = generateId()
  const passwordHash = await passwords.hash(input.password)
  await insertMember(database.of(input.organizationId), { ...input, id, passwordHash, at: clock() })
  return { memberId: id }
}

/** The row alone; hashing a password takes longer than a transaction should. */
export async function insertMember(
  query: Kysely<Tables>,
  member: {
    organizationId: string
    id: string
    email: string
    name: string
    role: MemberRole
    passwordHash: string
    at: Date
  },
): Promise<void> {
  const { numInsertedOrUpdatedRows } = await query
    .insertInto('members')
    .values({
      organization_id: member.organizationId,
      id: member.id,
      email: normalizeEmail(member.email),
      name: member.name,
      role: member.role,
      password_hash: member.passwordHash,
      created_at: member.at,
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirstOrThrow()
  if (!numInsertedOrUpdatedRows) throw new ChatError('VALIDATION_FAILED', 'This e-mail is taken.', { field: 'email' })
}
