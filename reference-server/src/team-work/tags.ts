import { ChatError, type Tag } from '@chatdesk/protocol'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** An organization has at most so many: more are no help to anybody. */
const MOST_TAGS = 500
const UNIQUE_VIOLATION = '23505'

/** Which tag. */
interface WhichTag {
  organizationId: string
  tagId: string
}

/** An organization's tags, by name. */
export async function listTags(query: Kysely<Tables>, organizationId: string): Promise<Tag[]> {
  const rows = await query
    .selectFrom('tags')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .orderBy('name')
    .execute()
  return rows.map(tagOf)
}

/** Makes a tag; its name must be new in the organization. */
export async function createTag(
  transaction: Transaction<Tables>,
  input: { organizationId: string; id: string; name: string; createdBy: string | null; now: Date },
): Promise<Tag> {
  const { organizationId, id, name, createdBy, now } = input
  const { count } = await transaction
    .selectFrom('tags')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('organization_id', '=', organizationId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST_TAGS) throw new ChatError('FORBIDDEN', `There are ${MOST_TAGS} tags already.`)
  const row = await transaction
    .insertInto('tags')
    .values({ organization_id: organizationId, id, name, created_at: now, created_by: createdBy })
    .onConflict((conflict) => conflict.columns(['name', 'organization_id']).doNothing())
    .returningAll()
    .executeTakeFirst()
  if (!row) throw taken()
  return tagOf(row)
}

/** Gives a tag another name; answers with it as it was and as it is. */
export async function renameTag(
  transaction: Transaction<Tables>,
  which: WhichTag,
  name: string,
): Promise<{ before: Tag; after: Tag }> {
  const before = await holdTag(transaction, which)
  try {
    await transaction
      .updateTable('tags')
      .set({ name })
      .where('organization_id', '=', which.organizationId)
      .where('id', '=', which.tagId)
      .execute()
  } catch (error) {
    throw error instanceof Error && 'code' in error && error.code === UNIQUE_VIOLATION ? taken() : error
  }
  return { before, after: { ...before, name } }
}

/** Takes a tag away, from the conversations as well. */
export async function deleteTag(transaction: Transaction<Tables>, which: WhichTag): Promise<Tag> {
  const tag = await holdTag(transaction, which)
  await transaction
    .deleteFrom('tags')
    .where('organization_id', '=', which.organizationId)
    .where('id', '=', which.tagId)
    .execute()
  return tag
}

async function holdTag(transaction: Transaction<Tables>, { organizationId, tagId }: WhichTag): Promise<Tag> {
  const row = await transaction
    .selectFrom('tags')
    .selectAll()
    .where('organization_id', '=', organizationId)
    .where('id', '=', tagId)
    .forUpdate()
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such tag.')
  return tagOf(row)
}

function tagOf(row: Selectable<Tables['tags']>): Tag {
  return { id: row.id, name: row.name, createdAt: row.created_at.toISOString() }
}

function taken(): ChatError {
  return new ChatError('VALIDATION_FAILED', 'name: there is a tag of this name.', { field: 'name' })
}
