import { ChatError, type ErrorCode, type FilePart, toWireError } from '@chatdesk/protocol'
import { onTestFinished, vi } from 'vitest'

/** What answers for files in a test. */
export interface FakeUploadServer {
  /** Names of what has come as a whole. */
  readonly received: readonly string[]
  /** Uploads that were given up. */
  readonly cancelled: readonly string[]
  /** Refuses files of this name. */
  refuse(name: string, code: ErrorCode): void
  /** Takes chunks without an answer, until the returned function is called. */
  hold(): () => void
  /** As a network that is gone. */
  setReachable(reachable: boolean): void
}

interface FakeUpload {
  id: string
  name: string
  size: number
  type: string
  at: number
}

/** Takes the place of `fetch` until the test is over. */
export function fakeUploadServer(address = 'https://chat.example'): FakeUploadServer {
  const received: string[] = []
  const cancelled: string[] = []
  const refusals = new Map<string, ErrorCode>()
  const uploads = new Map<string, FakeUpload>()
  let reachable = true
  let held: Promise<void> = Promise.resolve()

  function answerOf(upload: FakeUpload): Response {
    const whole = upload.at >= upload.size
    const size = upload.type.startsWith('image/') ? { width: 400, height: 300 } : {}
    const { id: fileId, name, type: mediaType } = upload
    const file: FilePart | null = whole
      ? { type: 'file', text: name, fileId, name, mediaType, sizeBytes: upload.size, ...size }
      : null
    return Response.json({ upload: { id: fileId, receivedBytes: upload.at, sizeBytes: upload.size, file } })
  }
  function begin(body: string): Response {
    const asked = JSON.parse(body) as { uploadId: string; name: string; mediaType: string; sizeBytes: number }
    const code = refusals.get(asked.name)
    if (code) return Response.json({ error: toWireError(new ChatError(code)) }, { status: 422 })
    const id = `01890000-0000-7000-8000-${`${900 + uploads.size}`.padStart(12, '0')}`
    const upload = uploads.get(asked.uploadId) ?? {
      ...{ id, name: asked.name, size: asked.sizeBytes, type: asked.mediaType, at: 0 },
    }
    uploads.set(asked.uploadId, upload)
    return answerOf(upload)
  }
  async function take(upload: FakeUpload, offset: number, chunk: Blob): Promise<Response> {
    await held
    requireNetwork()
    upload.at = offset + chunk.size
    if (upload.at >= upload.size) received.push(upload.name)
    return answerOf(upload)
  }
  function requireNetwork(signal?: AbortSignal | null): void {
    signal?.throwIfAborted()
    if (!reachable) throw new TypeError('Failed to fetch')
  }
  async function answer(path: string, { method = 'GET', body, signal }: RequestInit): Promise<Response> {
    requireNetwork(signal)
    if (method === 'POST' && path === '/api/widget/upload') return begin(`${body}`)
    const [, id, offset] = /^\/api\/widget\/upload\/([^?]+)(?:\?offset=(\d+))?$/.exec(path) ?? []
    const upload = [...uploads.values()].find((one) => one.id === id)
    if (upload && method === 'PUT') return take(upload, Number(offset), body as Blob)
    if (upload) {
      cancelled.push(upload.name)
      return new Response(null, { status: 204 })
    }
    return path.includes('/files/')
      ? Response.json({ path: '/api/files/none.png', expiresAt: new Date(Date.now() + 300_000).toISOString() })
      : new Response(null, { status: 404 })
  }
  const real = globalThis.fetch
  vi.stubGlobal('fetch', (input: string | URL | Request, init: RequestInit = {}) => {
    const url = `${input instanceof Request ? input.url : input}`
    return url.startsWith(address) ? answer(url.slice(address.length), init) : real(input, init)
  })
  onTestFinished(() => void vi.unstubAllGlobals())
  return {
    received,
    cancelled,
    refuse: (name, code) => void refusals.set(name, code),
    hold() {
      let release = () => {}
      held = new Promise((resolve) => {
        release = resolve
      })
      return release
    },
    setReachable(next) {
      reachable = next
    },
  }
}
