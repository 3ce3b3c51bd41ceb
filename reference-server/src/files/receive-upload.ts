import { ChatError, type FilePart } from '@chatdesk/protocol'
import type { FilesContext, ScannedFile } from './files-context.js'
import { inspectFile } from './inspect-file.js'
import { type FileRow, newStorageKey, noSuchUpload, requireFiles } from './uploads.js'

/** A scanner that has not answered by then, in milliseconds, has not said that the file is clean. */
const SCAN_MS = 30_000
/** How long an object may be on its way from the storage into its row, in milliseconds. */
const WRITING_MS = 3_600_000

/**
 * Takes the chunk of an upload that begins at `offset` (U2): the next one, whole. One that is there already changes nothing, one
 * that is too early neither: the answer says how far the upload has come. With the last one the file is looked at, and ready;
 * where that could not be done, an empty chunk at the end asks for it again.
 */
export async function receiveChunk(
  context: FilesContext,
  row: FileRow,
  { offset, bytes }: { offset: number; bytes: Buffer },
): Promise<FileRow> {
  const { storage } = requireFiles(context)
  if (row.part !== null || offset !== row.received_bytes) return row
  if (offset === row.size_bytes) return finishStored(context, row)
  if (bytes.length !== Math.min(row.chunk_bytes, row.size_bytes - offset))
    throw new ChatError('VALIDATION_FAILED', `A chunk has ${row.chunk_bytes} bytes, but for the last.`, {
      field: 'offset',
    })
  await storage.write(chunkKey(row, offset), bytes)
  const received = await context.database
    .of(row.organization_id)
    .updateTable('files')
    .set({ received_bytes: offset + bytes.length })
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .where('received_bytes', '=', offset)
    .returningAll()
    .executeTakeFirst()
  if (received && received.received_bytes < received.size_bytes) return received
  if (received) return finishStored(context, received)
  // Another request has brought the same chunk; or this came after the file was ready, or given up, and its chunks were removed.
  const later = await findFile(context, row)
  if (later?.part !== null) await storage.remove(chunkKey(row, offset))
  if (later) return later
  throw noSuchUpload()
}

/** Takes a whole file at once. */
export async function receiveWhole(context: FilesContext, row: FileRow, bytes: Buffer): Promise<FileRow> {
  return row.part === null ? context.inspecting(() => finish(context, row, bytes)) : row
}

const chunkKey = (row: FileRow, offset: number) => `${row.storage_key}.${offset / row.chunk_bytes}`

function finishStored(context: FilesContext, row: FileRow): Promise<FileRow> {
  const { storage } = requireFiles(context)
  return context.inspecting(async () => {
    // Of many that ask while others are looked at, one is enough.
    const later = await findFile(context, row)
    if (later?.part) return later
    const pieces: Uint8Array[] = []
    for (let offset = 0; offset < row.size_bytes; offset += row.chunk_bytes) {
      const chunk = await storage.read(chunkKey(row, offset))
      // Another request has finished meanwhile, and its chunks are gone; or they are lost.
      if (!chunk) return laterStateOf(context, row)
      for await (const piece of chunk) pieces.push(piece)
    }
    return finish(context, row, Buffer.concat(pieces))
  })
}

/** Looks at a file, and keeps it under a name of its own: of two that finish at the same time, one row names one object. */
async function finish(context: FilesContext, row: FileRow, whole: Buffer): Promise<FileRow> {
  const { database, clock } = context
  const { storage } = requireFiles(context)
  const { organization_id: organizationId, id: fileId, name } = row
  try {
    const { bytes, ...facts } = await inspectFile({ name, declaredType: row.declared_type, bytes: whole })
    const part: FilePart = { type: 'file', text: name, fileId, name, sizeBytes: bytes.length, ...facts }
    await scan(context, { organizationId, fileId, name, mediaType: part.mediaType, bytes })
    const storageKey = newStorageKey(organizationId)
    // Until a row names it, it is on its way out.
    const dueAt = new Date(clock().getTime() + WRITING_MS)
    await database
      .of(organizationId)
      .insertInto('file_removals')
      .values({ storage_key: storageKey, due_at: dueAt })
      .execute()
    await storage.write(storageKey, bytes)
    const kept = await keep(context, row, storageKey, part)
    if (kept) return kept
    await storage.remove(storageKey)
    return await laterStateOf(context, row)
  } catch (error) {
    if (ChatError.isInstance(error) && (error.code === 'FILE_TYPE_REFUSED' || error.code === 'FILE_UNSAFE'))
      await deleteFile(context, row)
    throw error
  }
}

/** Names the object in its row, and gives the chunks up. Undefined: somebody was faster, or has brought a chunk meanwhile. */
function keep(context: FilesContext, row: FileRow, storageKey: string, part: FilePart): Promise<FileRow | undefined> {
  const { organization_id: organizationId, id } = row
  return context.database.transaction(organizationId, async (transaction) => {
    const kept = await transaction
      .updateTable('files')
      .set({ part: JSON.stringify(part), storage_key: storageKey, received_bytes: row.size_bytes })
      .where('organization_id', '=', organizationId)
      .where('id', '=', id)
      .where('part', 'is', null)
      .where('received_bytes', '=', row.received_bytes)
      .returningAll()
      .executeTakeFirst()
    if (!kept) return undefined
    await transaction.deleteFrom('file_removals').where('storage_key', '=', storageKey).execute()
    const chunks = Math.ceil(row.received_bytes / row.chunk_bytes)
    const keys = Array.from({ length: chunks }, (_, index) => chunkKey(row, index * row.chunk_bytes))
    const gone = keys.map((key) => ({ storage_key: key, due_at: context.clock() }))
    if (gone.length > 0) await transaction.insertInto('file_removals').values(gone).execute()
    return kept
  })
}

/** What became of it meanwhile; when nothing did, its bytes are lost, and it must be begun again. */
async function laterStateOf(context: FilesContext, row: FileRow): Promise<FileRow> {
  const later = await findFile(context, row)
  if (later?.part) return later
  if (later) await deleteFile(context, later)
  throw noSuchUpload()
}

function findFile({ database }: FilesContext, row: FileRow): Promise<FileRow | undefined> {
  return database
    .of(row.organization_id)
    .selectFrom('files')
    .selectAll()
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .executeTakeFirst()
}

async function deleteFile({ database }: FilesContext, row: FileRow): Promise<void> {
  await database
    .of(row.organization_id)
    .deleteFrom('files')
    .where('organization_id', '=', row.organization_id)
    .where('id', '=', row.id)
    .where('part', 'is', null)
    .execute()
}

/** Threat 60: whatever keeps the scanner from its word keeps the file from everybody. */
async function scan(context: FilesContext, file: ScannedFile): Promise<void> {
  const { scanFile } = requireFiles(context)
  if (!scanFile) return
  const signal = AbortSignal.timeout(SCAN_MS)
  const late = new Promise<never>((_, reject) => signal.addEventListener('abort', () => reject(signal.reason)))
  const verdict = await Promise.race([scanFile(file, signal), late]).catch((cause: unknown) => {
    throw new ChatError('UNAVAILABLE', 'Files cannot be looked at right now. Try again.', {
      cause,
      retryAfterMs: 5_000,
    })
  })
  if (verdict !== 'clean') throw new ChatError('FILE_UNSAFE', 'The file was found to be harmful.')
}
