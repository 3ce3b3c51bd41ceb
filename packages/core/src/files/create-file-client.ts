import {
  type BeginUploadRequest,
  type ChatError,
  type FileLinkResponse,
  type FilePart,
  LIMITS,
  type UploadResponse,
} from '@chatdesk/protocol'
import { atom } from 'nanostores'
import { backoffMs } from '../connection/backoff.js'
import { quiet } from '../platform/deferred.js'
import { guard } from '../platform/emitter.js'
import { randomId } from '../platform/random-id.js'
import { serverUrl } from '../platform/server-url.js'
import { systemClock } from '../platform/system-clock.js'
import type { FileClient, FileClientOptions, Upload, UploadState } from './file-client.js'
import { createFileRequest } from './file-request.js'

const FAMILY = { visitor: '/api/widget', agent: '/api/chat-widget' }

/** How often in a row nobody may be signed in. */
const MOST_STRANGER = 8

/** What the server has said of an upload. */
type Known = UploadResponse['upload']

interface Sending {
  name: string
  signal: AbortSignal
  show(state: UploadState): void
  began(id: string): void
}

/** Files of one visitor, or one agent. */
export function createFileClient(options: FileClientOptions): FileClient {
  const {
    audience,
    getHeaders,
    wakeSignals,
    clock = systemClock,
    generateId = randomId,
    random = Math.random,
  } = options
  const url = serverUrl(options.url)
  const request = createFileRequest({
    base: url + FAMILY[audience],
    // A visitor is known by a token, an agent by the console's cookie.
    credentials: audience === 'visitor' ? 'omit' : 'same-origin',
    getHeaders,
    fetch: options.fetch ?? ((...asked) => globalThis.fetch(...asked)),
    clock,
  })
  const underWay = new Set<AbortController>()
  let queue: Promise<unknown> = Promise.resolve()

  /** Until the next try, or until something says that it may be sooner. */
  function pause(ms: number, signal: AbortSignal): Promise<void> {
    return new Promise((resolve) => {
      const end = () => {
        cancel()
        stop?.()
        signal.removeEventListener('abort', end)
        resolve()
      }
      const cancel = clock.setTimeout(end, ms)
      const stop = wakeSignals?.onWake(end)
      signal.addEventListener('abort', end)
    })
  }

  /** Asks how far it has come, or sends the next chunk of it. */
  async function next(
    file: Blob,
    begin: BeginUploadRequest,
    known: Known | undefined,
    signal: AbortSignal,
  ): Promise<Known> {
    const { id, receivedBytes: offset = 0 } = known ?? {}
    const chunk = file.slice(offset, offset + LIMITS.chunkBytes)
    const answer = await (known
      ? request<UploadResponse>('PUT', `/upload/${id}?offset=${offset}`, { body: chunk, signal })
      : request<UploadResponse>('POST', '/upload', { body: begin, signal }))
    return answer.upload
  }

  /** Until it is ready. Each try begins by asking how much has come; what is sent is the next chunk, as often as it takes. */
  async function send(file: Blob, { name, signal, show, began }: Sending): Promise<FilePart> {
    const begin = { uploadId: generateId(), name, mediaType: file.type, sizeBytes: file.size }
    let upload: Known | undefined
    let failures = 0
    let wasLost = false
    for (;;) {
      try {
        upload = await next(file, begin, upload, signal)
        began(upload.id)
        if (upload.file) return upload.file
        failures = 0
        show({ status: 'uploading', sentBytes: upload.receivedBytes, totalBytes: file.size, waiting: false })
      } catch (cause) {
        const error = cause as ChatError
        // Gone on the server, or another session's since its visitor has signed in: once more from the beginning.
        const isLost: boolean = error.code === 'NOT_FOUND' && upload !== undefined && !wasLost
        if (!isLost && !mayPass(error, failures)) throw error
        wasLost ||= isLost
        show({ status: 'uploading', sentBytes: upload?.receivedBytes ?? 0, totalBytes: file.size, waiting: true })
        upload = undefined
        if (!isLost) await pause(backoffMs(failures++, random, error.retryAfterMs), signal)
      }
    }
  }

  return {
    upload(file, { name = nameOf(file), signal } = {}): Upload {
      const $state = atom<UploadState>({ status: 'queued' })
      const show = (state: UploadState) => guard(() => $state.set(state))
      const controller = new AbortController()
      underWay.add(controller)
      let id: string | undefined
      const began = (known: string) => {
        id = known
      }
      const done = queue.then(() => send(file, { name, signal: controller.signal, show, began }))
      const settled = done.then(
        (part) => show({ status: 'ready', part }),
        (error: ChatError) => show(error.code === 'ABORTED' ? { status: 'cancelled' } : { status: 'failed', error }),
      )
      queue = settled.then(() => underWay.delete(controller))
      const cancel = () => {
        if (controller.signal.aborted || $state.value.status === 'failed') return
        controller.abort()
        void settled.then(() => {
          show({ status: 'cancelled' })
          if (id !== undefined) request('DELETE', `/upload/${id}`).catch(() => {})
        })
      }
      signal?.addEventListener('abort', cancel)
      if (signal?.aborted) cancel()
      return { $state, done: quiet(done), cancel }
    },
    async link(conversationId, fileId) {
      const { path, expiresAt } = await request<FileLinkResponse>(
        'GET',
        `/conversations/${conversationId}/files/${fileId}`,
      )
      return { url: url + path, expiresAt }
    },
    dispose() {
      for (const controller of underWay) controller.abort()
    },
  }
}

/** Worth another try: for as long as the network is away, and while a session that has ended is opened anew. */
function mayPass({ code, retryable }: ChatError, failures: number): boolean {
  if (code === 'UNAUTHENTICATED') return failures < MOST_STRANGER
  return retryable && code !== 'INTERNAL'
}

/** As its owner's disk has it; what comes from a clipboard has none. */
function nameOf(file: Blob): string {
  if ('name' in file && typeof file.name === 'string' && file.name !== '') return file.name
  const [, extension = 'bin'] = /^\w+\/(\w+)/.exec(file.type) ?? []
  return `file.${extension}`
}
