import { randomUUID } from 'node:crypto'
import { type BeginUploadRequest, ChatError, LIMITS } from '@chatdesk/protocol'
import { beginUploadRequest } from '@chatdesk/protocol/schemas'
import express, { type Request } from 'express'
import { parseInput } from '../http/input.js'

/** What stands in a form beside the file. */
const FORM_BYTES = 16 * 1024
/** Forms in memory at a time, each of them several times; a client that sends its file in chunks waits for none of them. */
const AT_ONCE = 4

/** A file in a form, whole. */
export interface FileForm {
  upload: BeginUploadRequest
  bytes: Buffer
}

const parseBytes = express.raw({ limit: LIMITS.fileBytes + FORM_BYTES, type: () => true, inflate: false })
let inMemory = 0

/** Reads a form with one `file`, and an `uploadId` if the client has one, for as long as `use` needs it. */
export async function withForm<T>(request: Request, use: (form: FileForm) => Promise<T>): Promise<T> {
  if (inMemory >= AT_ONCE)
    throw new ChatError('RATE_LIMITED', 'Many files come in. Try again.', { retryAfterMs: 1_000 })
  inMemory++
  try {
    return await use(await readForm(request))
  } finally {
    inMemory--
  }
}

async function readForm(request: Request): Promise<FileForm> {
  await new Promise<void>((resolve, reject) => {
    parseBytes(request, request.res as never, (error?: unknown) => (error ? reject(error) : resolve()))
  })
  const headers = { 'content-type': request.headers['content-type'] ?? '' }
  // The platform knows the format.
  const form = await new Response(request.body as Buffer<ArrayBuffer>, { headers })
    .formData()
    .catch((cause: unknown) => {
      throw new ChatError('BAD_FRAME', 'The form cannot be read.', { cause })
    })
  const [file, uploadId] = [form.get('file'), form.get('uploadId') ?? randomUUID()]
  if (!(file instanceof File))
    throw new ChatError('VALIDATION_FAILED', 'Send a file as the field file.', { field: 'file' })
  const upload = { uploadId, name: file.name, mediaType: file.type, sizeBytes: file.size }
  return { upload: parseInput(beginUploadRequest, upload), bytes: Buffer.from(await file.arrayBuffer()) }
}
