import { type CannedReply, ChatError } from '@chatdesk/protocol'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** An organization has at most so many: a console holds all of them, and nobody finds one among more. */
const MOST_REPLIES = 500
const UNIQUE_VIOLATION = '23505'

/** Which reply. */
interface Which {
  organizationId: string
  replyId: string
}

/** What a member says of a reply. */
export type CannedReplyWords = Omit<CannedReply, 'id' | 'updatedAt'>

/** An organization's canned replies, by shortcut; of variants that for every language comes first. */
export async function listCannedReplies(query: Kysely<Tables>, organizationId: string): Promise<CannedReply[]> {
  const rows = await query
    .selectFrom('canned_replies')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('shortcut')
    .orderBy('language', (order) => order.asc().nullsFirst())
    .execute()
  return rows.map(replyOf)
}

/** Makes a reply; its shortcut must be new in the organization, in its language (D5). */
export async function createCannedReply(
  transaction: Transaction<Tables>,
  input: CannedReplyWords & { organizationId: string; id: string; createdBy: string | null; now: Date },
): Promise<CannedReply> {
  const { organizationId, id, createdBy, now, ...words } = input
  const { count } = await transaction
    .selectFrom('canned_replies')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_REPLIES)
    throw new ChatError('FORBIDDEN', `There are ${MOST_REPLIES} canned replies already.`)
  await requireDepartment(transaction, organizationId, words.departmentId)
  const row = await orTaken(() =>
    transaction
      .insertInto('canned_replies')
      .values({
        ...{ organization_id: organizationId, id, created_at: now, updated_at: now, created_by: createdBy },
        ...columnsOf(words),
      })
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  return replyOf(row)
}

/** Changes what is given; answers with the reply as it was and as it is. */
export async function updateCannedReply(
  transaction: Transaction<Tables>,
  which: Which,
  changes: { [Key in keyof CannedReplyWords]?: CannedReplyWords[Key] | undefined },
  now: Date,
): Promise<{ before: CannedReply; after: CannedReply }> {
  const before = await holdReply(transaction, which)
  const given = Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined))
  const words: CannedReplyWords = { ...before, ...given }
  if (changes.departmentId) await requireDepartment(transaction, which.organizationId, changes.departmentId)
  const row = await orTaken(() =>
    transaction
      .updateTable('canned_replies')
      .set({ ...columnsOf(words), updated_at: now })
      .where('organization_id', '=', which.organizationId)
      .where('id', '=', which.replyId)
      .returningAll()
      .executeTakeFirstOrThrow(),
  )
  return { before, after: replyOf(row) }
}

/** Takes a reply away. */
export async function deleteCannedReply(transaction: Transaction<Tables>, which: Which): Promise<CannedReply> {
  const reply = await holdReply(transaction, which)
  await transaction
    .deleteFrom('canned_replies')
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.replyId)
    .execute()
  return reply
}

async function holdReply(transaction: Transaction<Tables>, { organizationId, replyId }: Which): Promise<CannedReply> {
  const row = await transaction
    .selectFrom('canned_replies')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', replyId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such canned reply.')
  return replyOf(row)
}

async function requireDepartment(
  transaction: Transaction<Tables>,
  organizationId: string,
  departmentId: string | null,
): Promise<void> {
  if (departmentId === null) return
  const department = await transaction
    .selectFrom('departments')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', departmentId)
    .forKeyShare()
    .executeTakeFirst()
  if (!department)
    throw new ChatError('VALIDATION_FAILED', 'departmentId: no such department.', { field: 'departmentId' })
}

async function orTaken<T>(write: () => Promise<T>): Promise<T> {
  try {
    return await write()
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION)) throw error
    throw new ChatError('VALIDATION_FAILED', 'shortcut: there is a reply of this shortcut in this language.', {
      field: 'shortcut',
    })
  }
}

function columnsOf({ shortcut, title, text, departmentId, language }: CannedReplyWords) {
  return { shortcut, title, text, department_id: departmentId, language }
}

function replyOf(row: Selectable<Tables['canned_replies']>): CannedReply {
  return {
    ...{ id: row.id, shortcut: row.shortcut, title: row.title, text: row.text },
    ...{ departmentId: row.department_id, language: row.language, updatedAt: row.updated_at.toISOString() },
  }
}
