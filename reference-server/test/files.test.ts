import { randomBytes, randomUUID } from 'node:crypto'
import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type FileLinkResponse, LIMITS, type ListMessagesResponse } from '@chatdesk/protocol'
import { diskStorage, type FileStorage, type ScanFile, s3Storage } from '@chatdesk/server'
import { createTestServer, type TestServer } from '@chatdesk/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createFilesContext, sweepFiles } from '../src/files/index.js'
import { startS3Server } from '../src/files/testing/s3-server.js'
import { jpegOf, pdfOf, pngOf } from '../src/files/testing/sample-files.js'
import { uploadClient } from '../src/files/testing/upload-client.js'
import { silentLogger } from '../src/platform/logger.js'
import { connectWebSocket } from '../src/realtime/testing/test-client.js'

const DAY_MS = 24 * 3_600_000

/** A storage, and how many objects are in it. */
interface Kept {
  storage: FileStorage
  count(): Promise<number>
  close(): Promise<void>
}

const STORAGES: Record<string, () => Promise<Kept>> = {
  async disk() {
    const directory = await mkdtemp(join(tmpdir(), 'chatdesk-test-'))
    const count = async () =>
      (await readdir(directory, { recursive: true })).filter((path) => path.includes('/')).length
    return { storage: diskStorage(directory), count, close: () => rm(directory, { recursive: true }) }
  },
  async s3() {
    const server = await startS3Server()
    return { storage: s3Storage(server.options), count: async () => server.objects.size, close: server.close }
  },
}

describe.each(Object.entries(STORAGES))('files kept in %s', (_name, create) => {
  let kept: Kept
  let server: TestServer
  let now: Date
  let scan: ScanFile
  const clock = () => now
  beforeAll(async () => {
    kept = await create()
    now = new Date()
    scan = async () => 'clean'
    server = await createTestServer({
      clock,
      files: { storage: kept.storage, scanFile: (...asked) => scan(...asked) },
      limits: {
        initPerAddress: { points: 1e6, seconds: 1 },
        files: { bytesPerAuthor: 2_000_000, uploadsPerAddress: { points: 1e6, seconds: 1 } },
      },
    })
  })
  afterAll(async () => {
    await server.close()
    await kept.close()
  })

  async function visitor() {
    const { token } = await server.initVisitor({ tabId: `tab-${randomUUID()}` })
    const headers = { authorization: `Bearer ${token}` }
    const start = async () => {
      const answer = await server.post('/api/widget/conversations', {}, headers)
      return ((await answer.json()) as { conversation: { id: string } }).conversation.id
    }
    const say = (conversationId: string, parts: object[], clientMessageId: string = randomUUID()) =>
      server.post(`/api/widget/conversations/${conversationId}/messages`, { clientMessageId, parts }, headers)
    const link = async (conversationId: string, fileId: string) => {
      const answer = await server.get(`/api/widget/conversations/${conversationId}/files/${fileId}`, headers)
      return { status: answer.status, path: ((await answer.json()) as Partial<FileLinkResponse>).path ?? '' }
    }
    return { headers, start, say, link, files: uploadClient(server, headers) }
  }
  /** A visitor who has sent one file in a conversation. */
  async function sent(name = 'a.png', bytes = pngOf()) {
    const person = await visitor()
    const { upload } = await person.files.send({ name, bytes })
    const fileId = upload?.file?.fileId ?? ''
    const conversationId = await person.start()
    expect((await person.say(conversationId, [{ type: 'file', fileId }])).status).toBe(201)
    return { ...person, fileId, conversationId }
  }
  const sweep = () =>
    sweepFiles({
      ...createFilesContext({
        ...{ database: server.database, clock, generateId: randomUUID, logger: silentLogger },
        ...{ files: { storage: kept.storage }, secrets: ['x'], limits: {} },
      }),
    })

  it('[U2] [U4] a file comes in chunks, before there is a conversation, and stands in its first message', async () => {
    const person = await visitor()
    const bytes = pngOf(700, 700, { extra: [['tEXt', randomBytes(600_000)]] })
    const { upload } = await person.files.send({ name: 'Our shop.png', bytes, mediaType: 'image/png' })
    const file = {
      type: 'file',
      fileId: upload?.id,
      name: 'Our shop.png',
      mediaType: 'image/png',
      width: 700,
      height: 700,
    }
    expect(upload).toMatchObject({ receivedBytes: bytes.length, sizeBytes: bytes.length, file })
    const conversationId = await person.start()
    const parts = [
      { type: 'file', fileId: upload?.id, name: 'evil.html', sizeBytes: 1 },
      { type: 'text', text: 'Look' },
    ]
    const answer = await person.say(conversationId, parts, 'message-0001')
    expect(answer.status).toBe(201)
    const page = await server.get(`/api/widget/conversations/${conversationId}/messages`, person.headers)
    const { messages } = (await page.json()) as ListMessagesResponse
    expect(messages[0]?.parts).toEqual([upload?.file, { type: 'text', text: 'Look' }])
    // Q3: the same again is the same message.
    expect((await person.say(conversationId, parts, 'message-0001')).status).toBe(200)
    const { path } = await person.link(conversationId, upload?.id ?? '')
    const shown = await server.get(path)
    expect(shown.headers.get('content-type')).toBe('image/png')
    expect((await shown.arrayBuffer()).byteLength).toBe(upload?.file?.sizeBytes)
  })

  it('[U2] goes on where it was cut off, and the same id is the same upload', async () => {
    const person = await visitor()
    const bytes = pdfOf('x'.repeat(LIMITS.chunkBytes * 2))
    const file = { name: 'a.pdf', bytes, uploadId: randomUUID() }
    const { upload } = await person.files.begin(file)
    const id = upload?.id ?? ''
    const first = bytes.subarray(0, LIMITS.chunkBytes)
    expect((await person.files.put(id, 0, first)).upload?.receivedBytes).toBe(LIMITS.chunkBytes)
    // The answer was lost: the same chunk again changes nothing, one too early neither.
    expect((await person.files.put(id, 0, randomBytes(LIMITS.chunkBytes))).upload?.receivedBytes).toBe(
      LIMITS.chunkBytes,
    )
    expect((await person.files.put(id, LIMITS.chunkBytes * 2, first)).upload?.receivedBytes).toBe(LIMITS.chunkBytes)
    expect((await person.files.put(id, LIMITS.chunkBytes, Buffer.from('short'))).code).toBe('VALIDATION_FAILED')
    expect((await person.files.begin(file)).upload).toMatchObject({ id, receivedBytes: LIMITS.chunkBytes })
    const done = await person.files.send(file)
    expect(done.upload).toMatchObject({ id, file: { sizeBytes: bytes.length } })
    expect((await person.files.send(file)).upload).toEqual(done.upload)
    expect((await person.files.begin({ ...file, name: 'b.pdf' })).code).toBe('ID_REUSED')
    // Two requests that bring the last chunk at the same time end with one file.
    const again = await person.files.begin({ ...file, uploadId: randomUUID() })
    const other = again.upload?.id ?? ''
    await person.files.put(other, 0, first)
    await person.files.put(other, LIMITS.chunkBytes, bytes.subarray(LIMITS.chunkBytes, LIMITS.chunkBytes * 2))
    const rest = bytes.subarray(LIMITS.chunkBytes * 2)
    const both = await Promise.all([1, 2].map(() => person.files.put(other, LIMITS.chunkBytes * 2, rest)))
    for (const { upload: ended } of both) expect(ended?.receivedBytes).toBe(bytes.length)
    // Whoever was told that it is being looked at asks again.
    const ended = await Promise.all([1, 2].map(() => person.files.put(other, bytes.length, Buffer.alloc(0))))
    for (const { upload: file } of ended) expect(file?.file?.sizeBytes).toBe(bytes.length)
  })

  it('[U2] takes a form in one piece, as seed E has it', async () => {
    const person = await visitor()
    const file = { name: 'photo.jpg', bytes: jpegOf(), mediaType: 'image/jpeg', uploadId: randomUUID() }
    const { status, upload } = await person.files.form(file)
    expect(status).toBe(201)
    expect(upload?.file).toMatchObject({ name: 'photo.jpg', width: 1, height: 1 })
    expect((await person.files.form(file)).upload).toEqual(upload)
    expect((await person.files.form({ ...file, name: 'page.html', uploadId: randomUUID() })).code).toBe(
      'FILE_TYPE_REFUSED',
    )
  })

  it('[U1] the widget says which files are taken, and how large', async () => {
    const person = await visitor()
    const audio = { name: 'a.mp3', bytes: Buffer.from('ID3\x03\0') }
    expect((await person.files.begin(audio)).code).toBe('FILE_TYPE_REFUSED')
    const large = { name: 'a.png', mediaType: '', uploadId: randomUUID(), sizeBytes: 10 * 1024 * 1024 + 1 }
    expect(await (await server.post('/api/widget/upload', large, person.headers)).json()).toMatchObject({
      error: { code: 'PAYLOAD_TOO_LARGE', field: 'sizeBytes' },
    })
    const none = await person.files.begin({ name: 'a.png', bytes: Buffer.alloc(0) })
    expect(none.code).toBe('VALIDATION_FAILED')
    const admin = await server.signIn('client_admin')
    const { widgets } = (await (await server.get('/api/chat-widget/widgets', admin.headers)).json()) as {
      widgets: { id: string }[]
    }
    const set = (attachments: object | null) =>
      fetch(`${server.url}/api/chat-widget/widgets/${widgets[0]?.id}`, {
        method: 'PATCH',
        headers: { origin: server.origin, 'content-type': 'application/json', ...admin.headers },
        body: JSON.stringify({ settings: { attachments } }),
      })
    expect((await set({ kinds: [], maxBytes: 1 })).status).toBe(422)
    expect((await set(null)).status).toBe(200)
    expect((await person.files.begin({ name: 'a.png', bytes: pngOf() })).code).toBe('FORBIDDEN')
    expect((await set({ kinds: ['image', 'pdf', 'text', 'office'], maxBytes: 10 * 1024 * 1024 })).status).toBe(200)
  })

  it('[U5] a message takes a file of its own author only, when it is ready, and in one conversation', async () => {
    const [one, two] = [await sent(), await visitor()]
    const file = (fileId: string) => [{ type: 'file', fileId }]
    const theirs = await two.start()
    expect((await two.say(theirs, file(one.fileId))).status).toBe(404)
    const { upload: begun } = await two.files.begin({ name: 'a.png', bytes: pngOf() })
    expect((await two.say(theirs, file(begun?.id ?? ''))).status).toBe(404)
    const { upload: ready } = await two.files.send({ name: 'a.png', bytes: pngOf() })
    const readyId = ready?.id ?? ''
    expect((await two.say(one.conversationId, file(readyId))).status).toBe(404)
    expect((await two.say(theirs, file(readyId))).status).toBe(201)
    expect((await two.say(await two.start(), file(readyId))).status).toBe(404)
    expect((await one.files.put(readyId, 0, pngOf())).status).toBe(404)
    expect((await one.files.cancel(readyId)).status).toBe(404)
    expect((await two.files.begin({ name: 'a.png', bytes: pngOf(), mediaType: 'image/\0png' })).status).toBe(422)
  })

  it('[U6] an agent answers with a file, which the visitor opens', async () => {
    const person = await sent()
    const agent = await server.signIn('agent')
    const files = uploadClient(server, agent.headers, '/api/chat-widget')
    const { upload } = await files.send({ name: 'offer.pdf', bytes: pdfOf() })
    const fileId = upload?.id ?? ''
    const client = await connectWebSocket(server.url, { origin: server.origin })
    await client.start(await server.ticket(agent))
    const { conversationId } = person
    const answer = await client.ask({
      ...{ type: 'message.send', conversationId, clientMessageId: randomUUID() },
      parts: [{ type: 'file', fileId }],
    })
    expect(answer).toMatchObject({ type: 'ack', ok: true })
    const { path } = await person.link(conversationId, fileId)
    const opened = await server.get(path)
    expect(opened.headers.get('content-disposition')).toBe(
      `attachment; filename="offer.pdf"; filename*=UTF-8''offer.pdf`,
    )
    // The agent opens the visitor's.
    const own = await server.get(
      `/api/chat-widget/conversations/${conversationId}/files/${person.fileId}`,
      agent.headers,
    )
    expect((await server.get(((await own.json()) as FileLinkResponse).path)).status).toBe(200)
    // The inbox names the file where there are no words.
    const inbox = await client.ask({ type: 'inbox.load', limit: 20 })
    expect(JSON.stringify(inbox)).toContain('"text":"offer.pdf"')
    client.close()
    const reader = await server.signIn('client_user')
    expect(
      (await uploadClient(server, reader.headers, '/api/chat-widget').begin({ name: 'a.png', bytes: pngOf() })).code,
    ).toBe('FORBIDDEN')
    const { cookie } = agent
    expect(
      (await uploadClient(server, { cookie }, '/api/chat-widget').begin({ name: 'a.png', bytes: pngOf() })).code,
    ).toBe('FORBIDDEN')
  })

  it('[U7] threat 61: a link opens one file for five minutes, and nothing else does', async () => {
    const [person, stranger] = [await sent(), await sent()]
    expect((await stranger.link(person.conversationId, person.fileId)).status).toBe(404)
    expect((await stranger.link(stranger.conversationId, person.fileId)).status).toBe(404)
    const { path } = await person.link(person.conversationId, person.fileId)
    const codeOf = async (at: string) => (await server.get(at)).status
    expect(await codeOf(path)).toBe(200)
    expect(await codeOf(path.replace(person.fileId, stranger.fileId))).toBe(403)
    expect(await codeOf(path.replace(person.conversationId, stranger.conversationId))).toBe(403)
    const access = new URL(path, 'http://x').searchParams.get('access') ?? ''
    for (let index = 0; index < access.length - 1; index += 3) {
      const changed = access[index] === '1' ? '2' : '1'
      expect(await codeOf(path.replace(access, access.slice(0, index) + changed + access.slice(index + 1)))).toBe(403)
    }
    for (const none of ['', '?access=', '?access=...', `?access=${access.split('.').slice(0, 3).join('.')}`])
      expect(await codeOf(`/api/files/${person.fileId}${none}`)).toBe(none === '' ? 422 : 403)
    const before = now
    now = new Date(before.getTime() + 5 * 60_000 - 1)
    expect(await codeOf(path)).toBe(200)
    now = new Date(before.getTime() + 5 * 60_000)
    expect(await codeOf(path)).toBe(403)
    now = before
    // What is deleted is gone, whatever links there are.
    await server.database.system.deleteFrom('conversations').where('id', '=', person.conversationId).execute()
    expect(await codeOf(path)).toBe(404)
  })

  it('[U7] answers a part of a file', async () => {
    const person = await sent('a.pdf', pdfOf('0123456789'.repeat(1_000)))
    const { path } = await person.link(person.conversationId, person.fileId)
    const whole = Buffer.from(await (await server.get(path)).arrayBuffer())
    const part = await server.get(path, { range: 'bytes=100-199' })
    expect([part.status, part.headers.get('content-range')]).toEqual([206, `bytes 100-199/${whole.length}`])
    expect(Buffer.from(await part.arrayBuffer()).equals(whole.subarray(100, 200))).toBe(true)
    expect((await server.get(path, { range: `bytes=${whole.length}-` })).status).toBe(416)
    const head = await fetch(`${server.url}${path}`, { method: 'HEAD' })
    expect([head.status, head.headers.get('content-length')]).toEqual([200, String(whole.length)])
  })

  it('threat 60: what a scanner finds, or cannot look at, nobody sees', async () => {
    const EICAR = 'X5O!P%@AP[4\\PZX54(P^)7CC)7}$EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*'
    const person = await visitor()
    const before = scan
    scan = async ({ bytes }) => (Buffer.from(bytes).includes(EICAR) ? 'harmful' : 'clean')
    const file = { name: 'readme.txt', bytes: Buffer.from(EICAR), uploadId: randomUUID() }
    expect((await person.files.send(file)).code).toBe('FILE_UNSAFE')
    expect((await person.files.form({ ...file, uploadId: randomUUID() })).code).toBe('FILE_UNSAFE')
    scan = async () => {
      throw new Error('the scanner is down')
    }
    const clean = { name: 'readme.txt', bytes: Buffer.from('hello'), uploadId: randomUUID() }
    const { upload } = await person.files.begin(clean)
    const id = upload?.id ?? ''
    expect(await person.files.put(id, 0, clean.bytes)).toMatchObject({ status: 503, code: 'UNAVAILABLE' })
    expect((await person.files.begin(clean)).upload).toMatchObject({ receivedBytes: 5, file: null })
    expect((await person.say(await person.start(), [{ type: 'file', fileId: id }])).status).toBe(404)
    scan = async () => 'clean'
    expect((await person.files.put(id, 5, Buffer.alloc(0))).upload?.file).toMatchObject({ fileId: id })
    scan = before
  })

  it('[U5] a message that is refused leaves its files where they were', async () => {
    const person = await visitor()
    const { upload } = await person.files.send({ name: 'a.png', bytes: pngOf() })
    const conversationId = await person.start()
    const id = randomUUID()
    expect((await person.say(conversationId, [{ type: 'text', text: 'Hello' }], id)).status).toBe(201)
    expect((await person.say(conversationId, [{ type: 'file', fileId: upload?.id }], id)).status).toBe(409)
    expect((await person.link(conversationId, upload?.id ?? '')).status).toBe(404)
    expect((await person.files.cancel(upload?.id ?? '')).status).toBe(204)
  })

  it('[U8] threat 62: whoever fills the storage is stopped, and what nobody sends is removed', async () => {
    const person = await visitor()
    const bytes = pdfOf('x'.repeat(900_000))
    for (const name of ['1.pdf', '2.pdf']) expect((await person.files.begin({ name, bytes })).status).toBe(201)
    // Announced is as good as sent.
    expect(await person.files.begin({ name: '3.pdf', bytes })).toMatchObject({ status: 413, code: 'QUOTA_EXCEEDED' })
    const other = await sent()
    const { upload: unsent } = await other.files.send({ name: 'unsent.pdf', bytes })
    const { upload: begun } = await other.files.begin({ name: 'begun.pdf', bytes })
    await other.files.put(begun?.id ?? '', 0, bytes.subarray(0, LIMITS.chunkBytes))
    const { upload: cancelled } = await other.files.begin({ name: 'cancelled.txt', bytes: Buffer.from('x') })
    expect((await other.files.cancel(cancelled?.id ?? '')).status).toBe(204)
    expect((await other.files.cancel(other.fileId)).status).toBe(404)
    const before = now
    now = new Date(before.getTime() + DAY_MS - 60_000)
    await sweep()
    const rows = (id?: string) =>
      server.database.system
        .selectFrom('files')
        .select('id')
        .where('id', '=', id ?? '')
        .execute()
    expect(await rows(unsent?.id)).toHaveLength(1)
    now = new Date(before.getTime() + DAY_MS + 60_000)
    await sweep()
    await sweep()
    for (const gone of [unsent, begun, cancelled]) expect(await rows(gone?.id)).toEqual([])
    expect(await rows(other.fileId)).toHaveLength(1)
    now = before
    const { path } = await other.link(other.conversationId, other.fileId)
    expect((await server.get(path)).status).toBe(200)
    // As many objects as files: no chunk, and no half of anything, is left.
    const ready = await server.database.system.selectFrom('files').select('id').where('part', 'is not', null).execute()
    expect(await kept.count()).toBe(ready.length)
    // Threat 85: with the conversations go their files.
    await server.database.system.deleteFrom('conversations').execute()
    await sweep()
    expect(await kept.count()).toBe(0)
  })

  it('[U1] a server that has no place for files says so, offers none, and reads none', async () => {
    const bare = await createTestServer({ files: undefined })
    const { token, widget } = await bare.initVisitor()
    const answer = await bare.get(`/api/chat-widget/public/widget/${widget.key}/config`)
    expect([widget, ((await answer.json()) as { widget: object }).widget]).toEqual([
      expect.objectContaining({ attachments: null }),
      expect.objectContaining({ attachments: null }),
    ])
    const files = uploadClient(bare, { authorization: `Bearer ${token}` })
    const file = { name: 'a.png', bytes: pngOf() }
    expect(await files.send(file)).toMatchObject({ status: 501, code: 'NOT_SUPPORTED' })
    expect(await files.form(file)).toMatchObject({ status: 501, code: 'NOT_SUPPORTED' })
    expect(await uploadClient(bare, { authorization: 'Bearer vs_nobody' }).form(file)).toMatchObject({ status: 401 })
    await bare.close()
  })
})
