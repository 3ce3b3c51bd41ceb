import { ChatError, type FilePart, LIMITS, type SubmittedPart } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { createMemoryStorage } from '../storage/memory-storage.js'
import { createTestClient, createTestServer, manualClock, serverId, settle, testIdentity } from '../testing/index.js'
import { createFileClient } from './create-file-client.js'
import type { UploadState } from './file-client.js'

const CHUNK = LIMITS.chunkBytes

interface Asked {
  method: string
  path: string
  headers: Record<string, string>
  credentials: string | undefined
}

/** A server that takes uploads as SPEC U2 says, in memory; `fault` answers in its place, or lets it answer in vain. */
function uploadServer() {
  const uploads = new Map<string, { id: string; sizeBytes: number; received: Blob[]; name: string }>()
  const asked: Asked[] = []
  const faults: (ChatError | 'lost' | 'offline')[] = []
  const wire = ({ id, sizeBytes, received, name }: NonNullable<ReturnType<typeof uploads.get>>) => {
    const receivedBytes = received.reduce((sum, { size }) => sum + size, 0)
    const file: FilePart = { type: 'file', text: name, fileId: id, name, mediaType: 'image/png', sizeBytes }
    return { upload: { id, receivedBytes, sizeBytes, file: receivedBytes === sizeBytes ? file : null } }
  }
  const answer = async (method: string, url: URL, body: unknown): Promise<Response> => {
    const id = url.pathname.split('/').at(-1) ?? ''
    if (method === 'GET')
      return Response.json({ path: `/api/files/${id}?access=x`, expiresAt: '2026-01-01T00:05:00.000Z' })
    if (method === 'POST') {
      const begin = JSON.parse(String(body)) as { uploadId: string; sizeBytes: number; name: string }
      const known = uploads.get(begin.uploadId) ?? { ...begin, id: serverId(uploads.size + 1), received: [] }
      uploads.set(begin.uploadId, known)
      return Response.json(wire(known), { status: 201 })
    }
    const upload = [...uploads.values()].find((candidate) => candidate.id === id)
    if (!upload) return Response.json({ error: { code: 'NOT_FOUND', message: '' } }, { status: 404 })
    if (method === 'DELETE') {
      for (const [key, one] of uploads) if (one === upload) uploads.delete(key)
      return new Response(null, { status: 204 })
    }
    if (wire(upload).upload.receivedBytes === Number(url.searchParams.get('offset'))) upload.received.push(body as Blob)
    return Response.json(wire(upload))
  }
  const fetch: typeof globalThis.fetch = async (input, init = {}) => {
    const url = new URL(String(input))
    const { method = 'GET', headers, credentials, body, signal } = init
    asked.push({ method, path: url.pathname + url.search, headers: headers as Record<string, string>, credentials })
    signal?.throwIfAborted()
    const fault = faults.shift()
    if (fault === 'offline') throw new TypeError('fetch failed')
    if (ChatError.isInstance(fault)) return Response.json({ error: { code: fault.code, message: '' } }, { status: 400 })
    const answered = await answer(method, url, body)
    if (fault === 'lost') throw new TypeError('fetch failed')
    return answered
  }
  return { fetch, asked, faults, uploads }
}

function scene(over: Partial<Parameters<typeof createFileClient>[0]> = {}) {
  const server = uploadServer()
  const clock = manualClock()
  const files = createFileClient({
    url: 'https://chat.example/base',
    audience: 'visitor',
    getHeaders: () => ({ authorization: 'Bearer vs_token' }),
    fetch: server.fetch,
    clock,
    random: () => 0.5,
    ...over,
  })
  return { server, clock, files }
}

const blob = (bytes: number) => new Blob([new Uint8Array(bytes)], { type: 'image/png' })
const sent = ({ asked }: { asked: Asked[] }) =>
  asked.map(({ method, path }) => `${method} ${path.split('?')[1] ?? ''}`.trim())

describe('[U2] an upload', () => {
  it('goes from queued over its chunks to ready, and is known by its headers', async () => {
    const { server, files } = scene()
    const upload = files.upload(blob(CHUNK * 2 + 5), { name: 'a.png' })
    const states: UploadState[] = []
    upload.$state.subscribe((state) => void states.push(state))
    const part = await upload.done
    expect(part).toMatchObject({ type: 'file', name: 'a.png', sizeBytes: CHUNK * 2 + 5 })
    expect(states.map((state) => (state.status === 'uploading' ? state.sentBytes : state.status))).toEqual([
      'queued',
      0,
      CHUNK,
      CHUNK * 2,
      'ready',
    ])
    expect(sent(server)).toEqual(['POST', 'PUT offset=0', `PUT offset=${CHUNK}`, `PUT offset=${CHUNK * 2}`])
    for (const { headers, credentials, path } of server.asked) {
      expect(headers.authorization).toBe('Bearer vs_token')
      expect(credentials).toBe('omit')
      expect(path).toMatch(/^\/base\/api\/widget\/upload/)
      expect(path).not.toContain('vs_token')
    }
  })

  it('goes on where it was cut off, whether the chunk or its answer was lost', async () => {
    const { server, clock, files } = scene()
    const upload = files.upload(blob(CHUNK * 3), { name: 'a.png' })
    await settle()
    server.faults.length = 0
    const other = scene()
    other.server.faults.push(...([undefined, 'lost', 'offline', 'offline'] as never[]))
    const resumed = other.files.upload(blob(CHUNK * 3), { name: 'a.png' })
    await settle()
    expect(resumed.$state.get()).toMatchObject({ status: 'uploading', waiting: true })
    await other.clock.advance(120_000)
    await resumed.done
    expect(sent(other.server)).toEqual([
      'POST',
      'PUT offset=0',
      'POST',
      'POST',
      'POST',
      `PUT offset=${CHUNK}`,
      `PUT offset=${CHUNK * 2}`,
    ])
    expect(other.clock.pending).toBe(0)
    await upload.done
    expect(clock.pending).toBe(0)
  })

  it('does not wait when the network says that it is back', async () => {
    const wakes = new Set<() => void>()
    const onWake = (run: () => void) => {
      wakes.add(run)
      return () => void wakes.delete(run)
    }
    const { server, clock, files } = scene({ wakeSignals: { onWake } })
    server.faults.push('offline')
    const upload = files.upload(blob(5))
    await settle()
    expect(upload.$state.get()).toMatchObject({ waiting: true })
    for (const wake of [...wakes]) wake()
    await upload.done
    expect([wakes.size, clock.pending]).toEqual([0, 0])
  })

  it('ends with the refusal, and the next one is sent', async () => {
    const { server, files } = scene()
    server.faults.push(new ChatError('FILE_TYPE_REFUSED'))
    const [refused, good] = [files.upload(blob(5)), files.upload(blob(5))]
    await expect(refused.done).rejects.toMatchObject({ code: 'FILE_TYPE_REFUSED' })
    await good.done
    expect(refused.$state.get()).toMatchObject({ status: 'failed', error: { code: 'FILE_TYPE_REFUSED' } })
    expect(good.$state.get().status).toBe('ready')
  })

  it('waits for a session, and not for ever', async () => {
    let headers: Record<string, string> | undefined
    const { clock, files } = scene({ getHeaders: () => headers })
    const first = files.upload(blob(5))
    await clock.advance(1_000)
    headers = { authorization: 'Bearer vs_late' }
    await clock.advance(60_000)
    await first.done
    headers = undefined
    const second = files.upload(blob(5))
    await clock.advance(600_000)
    await expect(second.done).rejects.toMatchObject({ code: 'UNAUTHENTICATED' })
  })

  it('begins once more when the server has lost it', async () => {
    const { server, files } = scene()
    server.faults.push(...([undefined, new ChatError('NOT_FOUND')] as never[]))
    const upload = files.upload(blob(CHUNK + 1))
    await upload.done
    expect(sent(server)).toEqual(['POST', 'PUT offset=0', 'POST', 'PUT offset=0', `PUT offset=${CHUNK}`])
    server.faults.push(...([undefined, new ChatError('NOT_FOUND'), undefined, new ChatError('NOT_FOUND')] as never[]))
    await expect(files.upload(blob(5)).done).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })

  it('is given up on the server as well', async () => {
    const { server, clock, files } = scene()
    server.faults.push(...([undefined, 'offline'] as never[]))
    const upload = files.upload(blob(CHUNK * 3))
    await settle()
    upload.cancel()
    await expect(upload.done).rejects.toMatchObject({ code: 'ABORTED' })
    await settle()
    expect(upload.$state.get().status).toBe('cancelled')
    expect([server.uploads.size, clock.pending]).toEqual([0, 0])
    // One that is ready, and not sent.
    const ready = files.upload(blob(5))
    await ready.done
    ready.cancel()
    await settle()
    expect([ready.$state.get().status, server.uploads.size]).toEqual(['cancelled', 0])
    // Before it began, and by a signal.
    const none = files.upload(blob(5), { signal: AbortSignal.abort() })
    await expect(none.done).rejects.toMatchObject({ code: 'ABORTED' })
    const before = server.asked.length
    await settle()
    expect(server.asked).toHaveLength(before)
  })

  it('names what comes from a clipboard by its type', async () => {
    const { server, files } = scene()
    await files.upload(blob(5)).done
    expect([...server.uploads.values()][0]?.name).toBe('file.png')
  })
})

describe('[U6] an agent', () => {
  it('sends under the routes of members, with the cookie', async () => {
    const { server, files } = scene({ audience: 'agent', getHeaders: () => ({ 'x-chatdesk-csrf': 'c' }) })
    await files.upload(blob(5)).done
    expect(server.asked[0]).toMatchObject({ path: '/base/api/chat-widget/upload', credentials: 'same-origin' })
  })
})

it('[U7] a link leads below the mount point', async () => {
  const { files } = scene()
  const { url } = await files.link('conversation', 'file')
  expect(url).toBe('https://chat.example/base/api/files/file?access=x')
})

describe('[U5] a message with a file', () => {
  const facts = { name: 'a.png', mediaType: 'image/png', sizeBytes: 5 }
  const part: FilePart = { type: 'file', text: 'a.png', fileId: serverId(7), ...facts }

  it('is sent when its file is ready, and may say nothing beside', async () => {
    const { client, server } = createTestClient()
    expect(client.getToken()).toBeUndefined()
    await client.start()
    expect(client.getToken()).toBeTypeOf('string')
    const message = await client.sendMessage([part])
    expect(message.parts).toMatchObject([{ type: 'file', fileId: part.fileId }])
    expect(server.log().events).toHaveLength(1)
    await client.dispose()
  })

  it('waits on disk for the next page like any other', async () => {
    const [server, storage, identity] = [createTestServer(), createMemoryStorage(), testIdentity()]
    const parts: SubmittedPart[] = [part, { type: 'text', text: 'Look' }]
    const first = createTestClient({ server, storage, identity })
    await first.client.start()
    server.setReachable(false)
    void first.client.sendMessage([part, { type: 'text', text: 'Look' }]).catch(() => {})
    await settle()
    await first.client.dispose()
    server.setReachable(true)
    const second = createTestClient({ server, storage, identity })
    await second.client.start()
    await settle()
    const [entry] = second.client.$timeline.get()
    expect(entry).toMatchObject({ type: 'message', parts: parts.map(({ type }) => ({ type })) })
    await second.client.dispose()
  })
})
