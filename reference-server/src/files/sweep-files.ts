import { sql } from 'kysely'
import type { FilesContext } from './files-context.js'

/** Files, or objects, of one look. */
const BATCH = 200
/** Looks of one sweep; what is left comes with the next. One file comes in up to a hundred objects. */
const MOST_LOOKS = 50
/** An object that could not be removed comes behind all others, so many milliseconds later. */
const RETRY_MS = 3_600_000

type SweepContext = Pick<FilesContext, 'database' | 'clock' | 'logger' | 'files'>

/**
 * Deletes what nobody has sent, uploads that have stopped as files that no message holds, and removes the objects of whatever was
 * deleted (threat 62). Any number of nodes may do it at the same time. Rejects never: what is left is found by the next sweep.
 */
export async function sweepFiles(context: SweepContext): Promise<void> {
  try {
    await untilFew(() => deleteUnsent(context))
    await untilFew(() => removeObjects(context))
  } catch (error) {
    context.logger.warn({ err: error }, 'not every file that is nobody’s could be removed')
  }
}

/** Looks again for as long as a look has done away with as much as it may. */
async function untilFew(look: () => Promise<number>): Promise<void> {
  for (let looks = 1; (await look()) >= BATCH && looks < MOST_LOOKS; ) looks++
}

async function deleteUnsent({ database, clock }: SweepContext): Promise<number> {
  const now = clock()
  const due = await database.system
    .selectFrom('files')
    .select(['organization_id', 'id'])
    .where('look_at', '<=', now)
    .orderBy('look_at')
    .limit(BATCH)
    .execute()
  for (const { organization_id: organizationId, id } of due)
    await judgeFile(database, { organizationId, fileId: id, now })
  return due.length
}

/** A file that a message holds is kept for as long as its conversation. Whoever sends it meanwhile has put the moment off. */
export async function judgeFile(
  database: FilesContext['database'],
  { organizationId, fileId, now }: { organizationId: string; fileId: string; now: Date },
): Promise<void> {
  const query = database.of(organizationId)
  const isDue = sql`f.organization_id = ${organizationId}::uuid and f.id = ${fileId}::uuid and f.look_at <= ${now}::timestamptz`
  await sql`
    update files f set look_at = null where ${isDue} and exists (
      select from events e where e.organization_id = f.organization_id and e.conversation_id = f.conversation_id
        and e.body @> jsonb_build_object('parts', jsonb_build_array(jsonb_build_object('fileId', f.id))))`.execute(
    query,
  )
  await sql`delete from files f where ${isDue}`.execute(query)
}

async function removeObjects({ database, clock, files, logger }: SweepContext): Promise<number> {
  if (!files) return 0
  const now = clock()
  const due = await database.system
    .selectFrom('file_removals')
    .select('storage_key')
    .where('due_at', '<=', now)
    .orderBy('due_at')
    .limit(BATCH)
    .execute()
  const [removed, kept]: [string[], string[]] = [[], []]
  for (const { storage_key: key } of due)
    try {
      await files.storage.remove(key)
      removed.push(key)
    } catch (error) {
      kept.push(key)
      logger.warn({ err: error }, 'an object of a file could not be removed')
    }
  if (removed.length > 0)
    await database.system.deleteFrom('file_removals').where('storage_key', 'in', removed).execute()
  if (kept.length > 0)
    await database.system
      .updateTable('file_removals')
      .set({ due_at: new Date(now.getTime() + RETRY_MS) })
      .where('storage_key', 'in', kept)
      .execute()
  // A storage that takes nothing away is not asked for all of them now.
  return removed.length === 0 ? 0 : due.length
}
