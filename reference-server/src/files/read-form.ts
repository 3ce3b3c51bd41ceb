import { randomUUID } from 'node:crypto'
import { type BeginUploadRequest, ChatError, LIMITS } from '@chatdesk/protocol'
import { beginUploadRequest } from '@chatdesk/protocol/schemas'
import express, { type Request } from 'express'
import { parseInput } from '../http/input.js'
import { requireProgress } from './require-progress.js'

/** What stands in a form beside the file. */
const FORM_BYTES = 16 * 1024
/** Forms in memory at a time, each of them several times; a client that sends its file in chunks waits for none of them. */
const AT_ONCE = 4
/** Of these, one network address has so many. */
const AT_ONCE_PER_NETWORK = 2

/** A file in a form, whole. */
export interface FileForm {
  upload: BeginUploadRequest
  bytes: Buffer
}

/** Reads a form with one `file`, and an `uploadId` if the client has one, and holds it for as long as `use` needs it. */
export type WithForm = <T>(request: Request, network: string, use: (form: FileForm) => Promise<T>) => Promise<T>

/** Holds a few forms at a time, and not all of them for one network (threat 62). */
export function createForms(): WithForm {
  const networks: string[] = []
  return async (request, network, use) => {
    if (networks.length >= AT_ONCE || networks.filter((one) => one === network).length >= AT_ONCE_PER_NETWORK)
      throw new ChatError('RATE_LIMITED', 'Many files come in. Try again.', { retryAfterMs: 1_000 })
    networks.push(network)
    try {
      return await use(await readForm(request))
    } finally {
      networks.splice(networks.indexOf(network), 1)
    }
  }
}

const parseBytes = express.raw({ limit: LIMITS.fileBytes + FORM_BYTES, type: () => true, inflate: false })

async function readForm(request: Request): Promise<FileForm> {
  const parse = () =>
    new Promise<void>((resolve, reject) => {
      parseBytes(request, request.res as never, (error?: unknown) => (error ? reject(error) : resolve()))
    })
  await requireProgress(() => request.socket.bytesRead, parse).catch((error: unknown) => {
    // What is left of a body that was given up would still be kept: its connection ends with the answer.
    request.res?.set('connection', 'close')
    throw error
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
