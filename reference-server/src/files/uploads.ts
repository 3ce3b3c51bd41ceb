import { randomBytes } from 'node:crypto'
import { type Attachments, type BeginUploadRequest, ChatError, type FilePart, LIMITS } from '@chatdesk/protocol'
import { type Selectable, sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import type { Actor } from '../organizations/actor.js'
import { cleanFileName } from './clean-file-name.js'
import { typeOfName } from './file-types.js'
import type { FilesContext, FilesOptions } from './files-context.js'

/** After so long, in milliseconds, a file that stands in no message is nobody's. */
export const UNSENT_MS = 24 * 3_600_000

/** What a file counts with at least, however small: it is a row and an object. `0019-file-sums` counts so as well. */
const LEAST_CHARGE = 64 * 1024

/** An upload, or the file that it has become. */
export type FileRow = Selectable<Tables['files']>

/** Throws `NOT_SUPPORTED` where there is no place for files. */
export function requireFiles({ files }: FilesContext): FilesOptions {
  if (!files) throw new ChatError('NOT_SUPPORTED', 'This server takes no files.')
  return files
}

/** The columns that name an author. Sessions and members have ids of their own. */
export function authorColumns(actor: Actor): { session_id: string | null; member_id: string | null } {
  return actor.kind === 'visitor'
    ? { session_id: actor.sessionId, member_id: null }
    : { session_id: null, member_id: actor.memberId }
}

/** A key that nobody can guess. */
export function newStorageKey(organizationId: string): string {
  return `${organizationId}/${randomBytes(16).toString('hex')}`
}

/**
 * Begins an upload from this network address, or finds it again under the same id (U2). Throws what would be refused in any case,
 * before anything is sent.
 */
export async function beginUpload(
  context: FilesContext,
  actor: Actor,
  network: string,
  request: BeginUploadRequest,
): Promise<FileRow> {
  const { database, clock, generateId } = context
  const { organizationId } = actor
  const name = cleanFileName(request.name)
  requireAllowed(await allowedOf(context, actor), { name, sizeBytes: request.sizeBytes })
  const now = clock()
  return database.transaction(organizationId, async (transaction) => {
    // Of several at the same time each finds what the others have begun.
    await sql`select pg_advisory_xact_lock(hashtextextended(${`files ${organizationId}`}, 0))`.execute(transaction)
    const known = await ownFiles(transaction, actor).where('upload_id', '=', request.uploadId).executeTakeFirst()
    if (known) {
      if (known.name === name && known.size_bytes === request.sizeBytes) return known
      throw new ChatError('ID_REUSED', 'This uploadId was used for another file.', { field: 'uploadId' })
    }
    await requireRoom(context, transaction, actor, request.sizeBytes, now)
    // Whoever wants another session is given it: many would fill the organization's storage, and the team could send nothing.
    if (actor.kind === 'visitor') await context.bytesPerAddress.consume(network, chargeOf(request.sizeBytes))
    return transaction
      .insertInto('files')
      .values({
        ...{ organization_id: organizationId, id: generateId(), ...authorColumns(actor), upload_id: request.uploadId },
        ...{ name, declared_type: request.mediaType, size_bytes: request.sizeBytes, chunk_bytes: LIMITS.chunkBytes },
        ...{ storage_key: newStorageKey(organizationId), created_at: now },
        look_at: new Date(now.getTime() + UNSENT_MS),
      })
      .returningAll()
      .executeTakeFirstOrThrow()
  })
}

/** An upload of this author; throws `NOT_FOUND`. */
export async function requireUpload({ database }: FilesContext, actor: Actor, fileId: string): Promise<FileRow> {
  const row = await ownFiles(database.of(actor.organizationId), actor).where('id', '=', fileId).executeTakeFirst()
  if (!row) throw noSuchUpload()
  return row
}

/** Ends an upload, and takes back a file that stands in no message; what a message holds stays. */
export async function cancelUpload({ database }: FilesContext, actor: Actor, fileId: string): Promise<void> {
  const { session_id: sessionId, member_id: memberId } = authorColumns(actor)
  const { numDeletedRows } = await database
    .of(actor.organizationId)
    .deleteFrom('files')
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', fileId)
    .where('session_id', 'is not distinct from', sessionId)
    .where('member_id', 'is not distinct from', memberId)
    .where('conversation_id', 'is', null)
    .executeTakeFirstOrThrow()
  if (numDeletedRows === 0n) throw noSuchUpload()
}

/** How it stands, as its author is told. */
export function uploadOf(row: FileRow): {
  id: string
  receivedBytes: number
  sizeBytes: number
  file: FilePart | null
} {
  return { id: row.id, receivedBytes: row.received_bytes, sizeBytes: row.size_bytes, file: row.part }
}

export function noSuchUpload(): ChatError {
  return new ChatError('NOT_FOUND', 'No such upload.')
}

function ownFiles(query: Pick<Transaction<Tables>, 'selectFrom'>, actor: Actor) {
  const { session_id: sessionId, member_id: memberId } = authorColumns(actor)
  return query
    .selectFrom('files')
    .selectAll()
    .where('organization_id', '=', actor.organizationId)
    .where('session_id', 'is not distinct from', sessionId)
    .where('member_id', 'is not distinct from', memberId)
}

/** Visitors send what their widget takes, members what any widget may take (U1). */
async function allowedOf({ database }: FilesContext, actor: Actor): Promise<Attachments | null> {
  if (actor.kind === 'member')
    return { kinds: ['image', 'pdf', 'text', 'office', 'audio', 'video'], maxBytes: LIMITS.fileBytes }
  const row = await database
    .of(actor.organizationId)
    .selectFrom('widgets')
    .select('settings')
    .where('organization_id', '=', actor.organizationId)
    .where('id', '=', actor.widgetId)
    .executeTakeFirst()
  return row?.settings.attachments ?? null
}

function requireAllowed(allowed: Attachments | null, { name, sizeBytes }: { name: string; sizeBytes: number }): void {
  if (!allowed) throw new ChatError('FORBIDDEN', 'This widget takes no files.')
  const type = typeOfName(name)
  if (!type || !allowed.kinds.includes(type.kind))
    throw new ChatError('FILE_TYPE_REFUSED', 'Files of this type are not taken here.', { field: 'name' })
  if (sizeBytes > allowed.maxBytes)
    throw new ChatError('PAYLOAD_TOO_LARGE', `Files have at most ${allowed.maxBytes} bytes here.`, {
      field: 'sizeBytes',
    })
}

const chargeOf = (sizeBytes: number) => Math.max(sizeBytes, LEAST_CHARGE)

/** What is announced counts, whether it comes or not (threat 62). */
async function requireRoom(
  { quotas }: FilesContext,
  transaction: Transaction<Tables>,
  actor: Actor,
  sizeBytes: number,
  now: Date,
): Promise<void> {
  const { session_id: sessionId, member_id: memberId } = authorColumns(actor)
  const since = new Date(now.getTime() - UNSENT_MS)
  const { rows } = await sql<{ author: number; organization: number }>`
    select (file_bytes - coalesce((select sum(bytes) from freed_file_bytes where organization_id = organizations.id), 0))::float8 as organization, (
      select coalesce(sum(greatest(size_bytes, ${LEAST_CHARGE}::int)), 0)::float8 from files
      where organization_id = ${actor.organizationId}::uuid
        and (session_id = ${sessionId}::uuid or member_id = ${memberId}::uuid) and created_at > ${since}::timestamptz
      ) as author
    from organizations where id = ${actor.organizationId}::uuid`.execute(transaction)
  const used = rows[0] ?? { author: 0, organization: 0 }
  const charge = chargeOf(sizeBytes)
  if (used.author + charge > quotas.bytesPerAuthor)
    throw new ChatError('QUOTA_EXCEEDED', 'These are as many files as one may send in a day.')
  if (used.organization + charge > quotas.bytesPerOrganization)
    throw new ChatError('QUOTA_EXCEEDED', 'There is no room for more files.')
}
