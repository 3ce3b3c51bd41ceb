import { ChatError, type MemberRole } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import type { Passwords } from './passwords.js'

/** What the use cases of this folder need. */
export interface OrganizationsContext {
  database: Database
  passwords: Passwords
  clock: () => Date
  generateId: () => string
}

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
  const { organizationId, name, role, password } = input
  const id = generateId()
  const { numInsertedOrUpdatedRows } = await database
    .of(organizationId)
    .insertInto('members')
    .values({
      organization_id: organizationId,
      id,
      email: normalizeEmail(input.email),
      name,
      role,
      password_hash: await passwords.hash(password),
      created_at: clock(),
    })
    .onConflict((conflict) => conflict.column('email').doNothing())
    .executeTakeFirstOrThrow()
  if (!numInsertedOrUpdatedRows) throw new ChatError('VALIDATION_FAILED', 'This e-mail is taken.', { field: 'email' })
  return { memberId: id }
}
