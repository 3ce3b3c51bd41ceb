import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { LIMITS, PROTOCOL_VERSION, type ResumeCursor, type ServerFrame, textOf } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { type ServedRealtime, serveRealtime } from '../testing/serve-realtime.js'
import { connectWebSocket } from '../testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

const PAGE = 'https://shop.example'

async function scene(options: Parameters<typeof serveRealtime>[0] = {}, messages = 0) {
  served = await serveRealtime(options)
  const visitor = served.backend.addVisitor()
  const conversationId = await served.backend.addConversation(visitor.actor, messages)
  const start = (cursors: ResumeCursor[] = [], token = visitor.token) => ({
    type: 'session.start',
    commandId: randomUUID(),
    protocolVersion: PROTOCOL_VERSION,
    token,
    cursors,
  })
  const say = (text: string) => ({
    type: 'message.send',
    commandId: randomUUID(),
    conversationId,
    clientMessageId: randomUUID(),
    parts: [{ type: 'text', text }],
  })
  return { visitor, conversationId, start, say, backend: served.backend }
}

function post(path: string, frames: readonly unknown[], signal?: AbortSignal): Promise<Response> {
  const body = frames.map((frame) => (typeof frame === 'string' ? frame : JSON.stringify(frame))).join('\n')
  return fetch(served.url + path, { method: 'POST', body, headers: { origin: PAGE }, signal: signal ?? null })
}

async function poll(frames: readonly unknown[], seen = ''): Promise<{ seen: string; frames: ServerFrame[] }> {
  const response = await post(`/poll?seen=${seen}`, frames)
  expect(response.status).toBe(200)
  const [next = '', ...lines] = (await response.text()).split('\n')
  return { seen: next, frames: lines.map((line) => JSON.parse(line)) }
}

/** Frames of an event stream, as they come. */
async function* events(response: Response): AsyncGenerator<ServerFrame> {
  let rest = ''
  for await (const chunk of response.body as unknown as AsyncIterable<Uint8Array>) {
    const lines = (rest + new TextDecoder().decode(chunk)).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.startsWith('data:')) yield JSON.parse(line.slice(5))
  }
}

async function all<T>(items: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const item of items) list.push(item)
  return list
}

const typesOf = (frames: readonly ServerFrame[]) => frames.map(({ type }) => type)
const textsOf = (frames: readonly ServerFrame[]) =>
  frames
    .flatMap((frame) => (frame.type === 'session.ready' ? frame.conversations.flatMap((sync) => sync.events) : [frame]))
    .flatMap((frame) => (frame.type === 'message.created' ? textOf(frame.parts) : []))
/** Until so many requests are held. */
const held = (count: number) => expect.poll(() => served.realtime.connections).toBe(count)

describe('a request over plain HTTP', () => {
  it('[W1] is a connection of its own, which begins with session.start', async () => {
    const { say } = await scene()
    for (const path of ['/poll', '/sse']) {
      const text = await (await post(path, [say('hello')])).text()
      expect(text).toContain('"code":"UNAUTHENTICATED"')
      expect(text).not.toContain('"ok":true')
    }
    await held(0)
  })

  it('[W1] is refused with another method, when it is too long, and as an upgrade', async () => {
    const { start } = await scene()
    for (const path of ['/poll', '/sse']) {
      const got = await fetch(served.url + path)
      expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
      const long = await post(path, [start(), 'x'.repeat(4 * LIMITS.frameBytes)]).catch(() => ({ status: 413 }))
      expect(long.status).toBe(413)
      const { port } = new URL(served.url)
      const answer = await new Promise<string>((resolve) => {
        const socket = connect(Number(port), '127.0.0.1')
        socket.end(`GET ${path} HTTP/1.1\r\nHost: x\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n\r\n`)
        socket.once('data', (data) => resolve(data.toString()))
      })
      expect(answer).toContain('400 Bad Request')
    }
    await held(0)
  })

  it('[W1] takes three frames of the largest size beside its start, and refuses one that is larger', async () => {
    const { start, say } = await scene()
    const largest = (over = 0) => {
      const frame = { ...say('x'), padding: '' }
      return { ...frame, padding: 'x'.repeat(LIMITS.frameBytes - JSON.stringify(frame).length + over) }
    }
    const { frames } = await poll([start(), largest(), largest(), largest(1)])
    expect(frames.filter(({ type }) => type === 'ack')).toMatchObject([
      { ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } },
      { ok: true },
      { ok: true },
    ])
  })

  it('[W1] threat 45: is counted, by address at once and by second', async () => {
    const { start } = await scene({
      limits: { connectionsPerAddress: 1, requestsPerAddress: { perSecond: 1, burst: 3 } },
    })
    const { seen } = await poll([start()])
    const abort = new AbortController()
    const waiting = post(`/poll?seen=${seen}`, [start()], abort.signal).catch(() => {})
    await held(1)
    expect((await post('/poll', [start()])).status).toBe(429)
    abort.abort()
    await waiting
    await held(0)
    const fourth = await post('/poll', [start()])
    expect([fourth.status, fourth.headers.get('retry-after')]).toEqual([429, '1'])
  })

  it('[W5] [S7] ends a session that is refused, in whatever request', async () => {
    const { start, say, visitor } = await scene()
    const wrongToken = start([], 'vs_unknown')
    for (const frames of [[wrongToken], [wrongToken, say('hello')]])
      expect((await poll(frames)).frames).toMatchObject([{ type: 'session.ended', error: { code: 'UNAUTHENTICATED' } }])
    const [ended] = await all(events(await post('/sse', [wrongToken])))
    expect(ended).toMatchObject({ type: 'session.ended', error: { code: 'UNAUTHENTICATED' } })

    visitor.actor.expiresAt.setTime(0)
    expect(typesOf((await poll([start(), say('late')])).frames)).toEqual(['session.ended'])
    await held(0)
  })

  it('[W6] a refusal may be read by any page, what opens a session by its page alone; no cookie has a part in it', async () => {
    const { start } = await scene()
    const corsOf = ({ headers }: Response) => headers.get('access-control-allow-origin')
    const abort = new AbortController()
    const answers = [await post('/poll', [start()]), await post('/sse', [start()], abort.signal)]
    for (const answer of answers) expect(corsOf(answer)).toBe(PAGE)
    for (const path of ['/poll', '/sse']) {
      const refused = await post(path, [start([], 'vs_unknown')])
      answers.push(refused)
      expect(corsOf(refused)).toBe('*')
      const script = await fetch(served.url + path, { method: 'POST', body: JSON.stringify(start()) })
      expect(corsOf(script)).toBeNull()
      await script.body?.cancel()
    }
    for (const { headers } of answers) {
      expect(headers.get('vary')).toBe('Origin')
      expect(headers.get('access-control-allow-credentials')).toBeNull()
      expect(headers.get('set-cookie')).toBeNull()
      expect(headers.get('cache-control')).toBe('no-store, no-transform')
      expect(headers.get('x-accel-buffering')).toBe('no')
    }
    abort.abort()
  })

  it('is let go when its client goes, and when the server drains', async () => {
    const { start } = await scene()
    const abort = new AbortController()
    const stream = await post('/sse', [start()], abort.signal)
    await held(1)
    abort.abort()
    await expect(stream.text()).rejects.toThrow()
    await held(0)

    const { seen } = await poll([start()])
    const waiting = poll([start()], seen)
    const streaming = post('/sse', [start()]).then((response) => all(events(response)))
    await held(2)
    await served.realtime.drain()
    const ended = { type: 'session.ended', error: { code: 'UNAVAILABLE' } }
    expect((await waiting).frames.at(-1)).toMatchObject(ended)
    expect((await streaming).at(-1)).toMatchObject(ended)
    await held(0)
  })

  it('threat 45: that goes on and on is answered once, also when it was ended before', async () => {
    await scene({ limits: { startTimeoutMs: 50 } })
    const gone = new Promise((resolve) => served.http.once('request', (request) => request.once('close', resolve)))
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    let answers = ''
    socket.on('data', (data) => {
      answers += data
    })
    socket.write('POST /poll HTTP/1.1\r\nHost: x\r\nContent-Length: 9999999\r\n\r\n{')
    await expect.poll(() => answers).toContain('UNAVAILABLE')
    socket.write('x'.repeat(8 * LIMITS.frameBytes))
    await gone
    expect(answers.match(/^HTTP/gm)).toHaveLength(1)
    socket.destroy()
    await held(0)
  })

  it('threat 45: is not held behind another on its socket, where nobody would tell of its end', async () => {
    const { start } = await scene()
    const body = JSON.stringify(start())
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    socket.write(`POST /sse HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`.repeat(3))
    await new Promise((resolve) => socket.once('data', resolve))
    expect(served.realtime.connections).toBe(1)
    socket.destroy()
    await held(0)
  })

  it('threat 45: ends the oldest of its session when there are too many, and never what stays open', async () => {
    const { start, visitor } = await scene({ limits: { connectionsPerSession: 2 } })
    const leader = await connectWebSocket(served.url)
    await leader.start(visitor.token)
    const { seen } = await poll([start()])
    await held(1)
    const oldest = poll([start()], seen)
    await held(2)
    const others = [1, 2].map(() => poll([start()], seen).catch(() => {}))
    expect((await oldest).frames.at(-1)).toMatchObject({
      type: 'session.ended',
      error: { code: 'RATE_LIMITED', retryAfterMs: 10_000 },
    })
    await held(others.length + 1)
    leader.send({ type: 'ping' })
    await leader.next('heartbeat')
  })

  it('threat 45: is ended when its frames do not come', async () => {
    await scene({ limits: { startTimeoutMs: 50 } })
    const answer = await new Promise<string>((resolve) => {
      const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
      socket.write('POST /poll HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{')
      socket.once('data', (data) => {
        resolve(data.toString())
        socket.destroy()
      })
    })
    expect(answer).toContain('UNAVAILABLE')
    await held(0)
  })
})

describe('/poll', () => {
  it('[W3] answers at once, then holds until there is news: a message, a sign, a mark', async () => {
    const { start, conversationId, backend } = await scene({}, 1)
    const member = backend.addMember()
    const agent = await connectWebSocket(served.url)
    await agent.start(member.token)
    await agent.ask({ type: 'conversation.watch', conversationId })
    const first = await poll([start()])
    expect(typesOf(first.frames)).toEqual(['session.ready'])
    const [event] = backend.log(conversationId)
    const cursor = { conversationId, seq: 1, eventId: event?.id as string }

    const news = [
      { does: { type: 'message.markRead', conversationId, upToSeq: 1 }, brings: 'message.read' },
      { does: { type: 'typing.set', conversationId, active: true }, brings: 'typing.changed' },
    ]
    let { seen } = first
    for (const { does, brings } of news) {
      // A mark is nothing that a cursor tells of: the first request after it is answered at once.
      const waiting = poll([start([cursor])], seen)
      await held(2)
      agent.send({ commandId: randomUUID(), ...does })
      const answer = await waiting
      expect(typesOf(answer.frames)).toEqual(['session.ready', brings])
      const next = await poll([start([cursor])], '')
      seen = next.seen
    }
    const waiting = poll([start([cursor])], seen)
    await held(2)
    const parts = [{ type: 'text', text: 'hello' }]
    await agent.ask({ type: 'message.send', conversationId, clientMessageId: randomUUID(), parts })
    expect(textsOf((await waiting).frames)).toEqual(['hello'])
    agent.close()
  })

  it('[W3] answers at once when something has happened between two requests, be it a message or a mark', async () => {
    const { start, say, conversationId, backend } = await scene()
    const { seen } = await poll([start()])
    await poll([start(), say('hello')])
    const missed = await poll([start()], seen)
    expect(textsOf(missed.frames)).toEqual(['hello'])
    const cursor = { conversationId, seq: 1, eventId: backend.log(conversationId)[0]?.id as string }
    await poll([start(), { type: 'message.markRead', commandId: randomUUID(), conversationId, upToSeq: 1 }])
    const marked = await poll([start([cursor])], missed.seen)
    expect(marked.frames).toMatchObject([
      { type: 'session.ready', conversations: [{ reads: { visitor: 1 }, events: [] }] },
    ])
    expect(marked.seen).not.toBe(missed.seen)
  })

  it('[W3] [S5] answers with the heartbeat when nothing happens', async () => {
    const { start } = await scene({ heartbeatMs: 100 })
    const { seen } = await poll([start()])
    expect(typesOf((await poll([start()], seen)).frames)).toEqual(['session.ready', 'heartbeat'])
  })

  it('[W4] answers commands when all are answered, in their order, and signs at once', async () => {
    const { start, say, conversationId, backend } = await scene()
    const commands = [
      say('one'),
      say('two'),
      { type: 'history.load', commandId: randomUUID(), conversationId, limit: 10 },
    ]
    const { seen, frames } = await poll([start(), ...commands])
    expect(seen).toBe('')
    expect(typesOf(frames)).not.toContain('session.ready')
    const answered = frames.flatMap((frame) => ('commandId' in frame ? [frame.commandId] : []))
    expect(answered).toEqual(commands.map(({ commandId }) => commandId))
    expect(textsOf(backend.log(conversationId))).toEqual(['one', 'two'])
    expect((await poll([start(), { type: 'typing.set', conversationId, active: true }])).frames).toEqual([])
  })
})

describe('/sse', () => {
  it('[W2] streams every frame as one event, and goes on', async () => {
    const { start, say } = await scene()
    const abort = new AbortController()
    const response = await post('/sse', [start()], abort.signal)
    expect(response.headers.get('content-type')).toBe('text/event-stream')
    const frames = events(response)
    expect((await frames.next()).value).toMatchObject({ type: 'session.ready' })
    for (const text of ['one', 'two\n\ndata: three']) {
      await poll([start(), say(text)])
      expect(textsOf([(await frames.next()).value as ServerFrame])).toEqual([text])
    }
    abort.abort()
    await frames.next().catch(() => {})
  })

  it('threat 47: cuts off a reader that does not keep up', async () => {
    const fast = { perSecond: 1e6, burst: 1e6 }
    const { start, say } = await scene({
      limits: { bufferedBytes: 64 * 1024, messages: fast, frames: fast, requestsPerAddress: fast },
    })
    const socket = connect(Number(new URL(served.url).port), '127.0.0.1')
    const body = JSON.stringify(start())
    socket.pause()
    socket.write(`POST /sse HTTP/1.1\r\nHost: x\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    await held(1)
    const closed = new Promise((resolve) => socket.on('close', resolve).on('error', () => {}))
    for (let sent = 0; served.realtime.connections > 0 && sent < 2000; sent += 1)
      await poll([start(), ...[1, 2, 3].map(() => say('x'.repeat(5000)))])
    socket.resume()
    await closed
    await held(0)
  })
})
