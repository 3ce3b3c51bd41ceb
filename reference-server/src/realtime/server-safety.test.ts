import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { ChatError, WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { RealtimeBackend } from './backend.js'
import { createManualClock } from './testing/manual-clock.js'
import { maskedText, upgrade } from './testing/raw-upgrade.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS, connectSocketIo, connectWebSocket } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

const OWN = 'https://desk.example'
const EVIL = 'https://evil.example'
/** Of widgets of the memory backend. */
const [PAGE, OTHER_PAGE] = ['https://shop.acme.test', 'https://blog.acme.test']
const unbounded = { perSecond: 1e9, burst: 1e9 }
const parts = [{ type: 'text', text: 'hello' }]

describe.each(CONNECTS)('safety over %s', (name, connect) => {
  it('threat 8: a token in the address opens nothing and stands in no log line', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url, { query: { token, access_token: token } })
    client.send({ type: 'ping' })
    expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    served.backend.authenticate = async () => {
      throw new Error('no database')
    }
    const unlucky = await connect(served.url, { query: { token } })
    expect(await unlucky.start(token)).toMatchObject({ error: { code: 'INTERNAL' } })
    expect(served.logged()).toContain('no database')
    expect(served.logged()).not.toContain(token)
  })

  it('threat 15: an agent cookie from an evil page opens nothing, with a ticket or without', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addMember({ origin: OWN })
    const headers = { cookie: `chatdesk_session=${token}` }
    const hijacker = await connect(served.url, { origin: EVIL, headers })
    expect(await hijacker.ask({ type: 'inbox.load', limit: 1 })).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    await hijacker.closed
    const thief = await connect(served.url, { origin: EVIL, headers })
    expect(await thief.start(token)).toMatchObject({ error: { code: 'FORBIDDEN_ORIGIN' } })
    await thief.closed
    const agent = await connect(served.url, { origin: OWN })
    expect(await agent.start(token)).toMatchObject({ type: 'session.ready' })
  })

  it('threat 45: one address gets so many connections and no more, until one is free', async () => {
    served = await serveRealtime({ limits: { connectionsPerAddress: 2 } })
    const { token } = served.backend.addVisitor()
    const first = await connect(served.url)
    await connect(served.url)
    await expect(connect(served.url)).rejects.toThrow()
    first.close()
    const late = await vi.waitFor(() => connect(served.url), { timeout: 10_000 })
    expect(await late.start(token)).toMatchObject({ type: 'session.ready' })
  })

  const failures: [keyof RealtimeBackend, { type: string } & Record<string, unknown>][] = [
    ['startConversation', { type: 'conversation.start', clientConversationId: randomUUID() }],
    ['syncConversation', { type: 'conversation.watch' }],
    ['endConversation', { type: 'conversation.end' }],
    ['appendMessage', { type: 'message.send', clientMessageId: randomUUID(), parts }],
    ['markRead', { type: 'message.markRead', upToSeq: 1 }],
    ['loadHistory', { type: 'history.load', limit: 1 }],
    ['loadInbox', { type: 'inbox.load', limit: 1 }],
  ]

  it.each(failures)(
    'threat 48: the process lives when %s throws, and [E4] says nothing of why',
    async (method, command) => {
      served = await serveRealtime()
      const visitor = served.backend.addVisitor()
      const conversationId = await served.backend.addConversation(visitor.actor, 1)
      const { token } = method === 'loadInbox' ? served.backend.addMember() : visitor
      const client = await connect(served.url)
      await client.start(token)
      const throwing: Record<'sync' | 'async' | 'local', () => unknown> = {
        sync: () => {
          throw new Error('secret detail')
        },
        async: async () => Promise.reject(new Error('secret detail')),
        local: async () => Promise.reject(new ChatError('TIMEOUT', 'secret detail')),
      }
      for (const fail of Object.values(throwing)) {
        Object.assign(served.backend, { [method]: fail })
        const refusal = await client.ask({ ...command, conversationId })
        expect(refusal).toMatchObject({ ok: false, error: { code: 'INTERNAL' } })
        expect(JSON.stringify(refusal)).not.toContain('secret')
        const requestId = refusal.type === 'ack' && !refusal.ok ? refusal.error.requestId : undefined
        expect(requestId).toBeTruthy()
        expect(served.logged()).toContain(requestId)
      }
      client.send({ type: 'ping' })
      await client.next('heartbeat')
    },
  )

  it.each(['authenticate', 'conversationsOf', 'syncConversation', 'isStillValid', 'loadSummaries'] as const)(
    'threat 48: the process lives when %s throws outside of a command',
    async (method) => {
      const clock = createManualClock()
      served = await serveRealtime({ clock })
      const visitor = served.backend.addVisitor()
      const conversationId = await served.backend.addConversation(visitor.actor)
      const member = served.backend.addMember()
      const agent = await connect(served.url)
      await agent.start(member.token)
      await agent.ask({ type: 'inbox.load', limit: 1 })
      const { [method]: working } = served.backend
      Object.assign(served.backend, {
        [method]: () => {
          throw new Error('secret detail')
        },
      })
      const client = await connect(served.url)
      await client.start(visitor.token)
      await served.backend.appendMessage(visitor.actor, { conversationId, clientMessageId: randomUUID(), parts: [] })
      clock.advance(25_000)
      await expect.poll(() => served.logged()).toContain('secret detail')
      Object.assign(served.backend, { [method]: working })
      const next = await connect(served.url)
      expect(await next.start(visitor.token)).toMatchObject({ type: 'session.ready' })
    },
  )

  it('threat 50: compression is off', async () => {
    served = await serveRealtime()
    const offer = 'permessage-deflate; client_max_window_bits'
    const path = name === 'websocket' ? '/ws' : '/socket.io/?EIO=4&transport=websocket'
    const { head, socket } = await upgrade(served.http, path, {
      'Sec-WebSocket-Protocol': WEBSOCKET_SUBPROTOCOL,
      'Sec-WebSocket-Extensions': offer,
    })
    expect(head).toContain('101 Switching Protocols')
    expect(head.toLowerCase()).not.toContain('sec-websocket-extensions')
    socket.destroy()
  })

  it('keeps nothing of a connection that has gone', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock })
    const idle = clock.pending
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const { syncConversation } = served.backend
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    const client = await connect(served.url)
    await client.start(token)
    client.send({ type: 'typing.set', conversationId, active: true })
    served.backend.syncConversation = async (...input) => {
      await gate
      return await syncConversation(...input)
    }
    client.send({ type: 'conversation.watch', commandId: randomUUID(), conversationId })
    client.send({ type: 'ping' })
    await client.next('heartbeat')
    client.close()
    await expect.poll(() => served.realtime.connections).toBe(0)
    // P1: so long it might have come back.
    clock.advance(10_000)
    // The look at members' sign-ins sets its next one when it has ended.
    await expect.poll(() => clock.pending).toBe(idle)
    release()
    await served.backend.appendMessage(actor, { conversationId, clientMessageId: randomUUID(), parts: [] })
    expect(clock.pending).toBe(idle)
    expect(served.logged()).toBe('')
  })
})

describe('threat 23: cross-origin requests', () => {
  const address = () => `${served.url}/socket.io/?EIO=4&transport=polling`
  const corsOf = ({ headers }: Response) => headers.get('access-control-allow-origin')

  it.each([
    [PAGE, PAGE],
    [EVIL, null],
    ['null', null],
  ])('[W6] a link that %s opens may be read by %s, never with credentials', async (origin, reader) => {
    served = await serveRealtime()
    const preflight = { 'access-control-request-method': 'POST' }
    for (const response of [
      await fetch(address(), { headers: { origin } }),
      await fetch(address(), { method: 'OPTIONS', headers: { origin, ...preflight } }),
    ]) {
      expect(corsOf(response)).toBe(reader)
      expect(response.headers.get('vary')).toContain('Origin')
      expect(response.headers.get('access-control-allow-credentials')).toBeNull()
      expect(response.headers.get('set-cookie')).toBeNull()
      await response.arrayBuffer()
    }
  })

  it('[W6] a link is read by the page that has opened it, and by no other that is known', async () => {
    served = await serveRealtime()
    const opening = await fetch(address(), { headers: { origin: PAGE } })
    const link = `${address()}&sid=${JSON.parse((await opening.text()).slice(1)).sid}`
    const say = (origin: string) => fetch(link, { method: 'POST', headers: { origin }, body: '3' })
    expect(corsOf(await say(OTHER_PAGE))).toBeNull()
    expect(corsOf(await say(PAGE))).toBe(PAGE)
  })

  it('[W6] a link is answered, and read by nobody from elsewhere, while nobody can say who is known', async () => {
    served = await serveRealtime()
    vi.spyOn(served.backend, 'isKnownOrigin').mockRejectedValue(new Error('no database'))
    const answer = await fetch(address(), { headers: { origin: PAGE } })
    expect([answer.status, corsOf(answer)]).toEqual([200, null])
  })

  it("takes a polling client's origin from its first POST when its GET had none, and never from a later one", async () => {
    served = await serveRealtime()
    const { token } = served.backend.addMember({ origin: OWN })
    const poll = async (handshakeOrigin: string | undefined, postOrigin: string) => {
      const url = `${served.url}/socket.io/?EIO=4&transport=polling`
      const opening = await fetch(url, { headers: handshakeOrigin ? { origin: handshakeOrigin } : {} })
      const { sid } = JSON.parse((await opening.text()).slice(1))
      const start = { type: 'session.start', commandId: randomUUID(), protocolVersion: 1, token, cursors: [] }
      const packets = ['40', `42${JSON.stringify(['frame', JSON.stringify(start)])}`]
      for (const body of packets)
        await fetch(`${url}&sid=${sid}`, { method: 'POST', body, headers: { origin: postOrigin } })
      let answers = ''
      while (!answers.includes('commandId')) answers += await (await fetch(`${url}&sid=${sid}`)).text()
      return answers
    }
    expect(await poll(undefined, OWN)).toContain('session.ready')
    expect(await poll(undefined, EVIL)).toContain('FORBIDDEN_ORIGIN')
    expect(await poll(EVIL, OWN)).toContain('FORBIDDEN_ORIGIN')
  })
})

it('threat 46: a value over socket.io that is nested as deeply as fits is no frame, and ends nothing', async () => {
  served = await serveRealtime()
  const { token } = served.backend.addMember({ origin: OWN })
  const url = `${served.url}/socket.io/?EIO=4&transport=polling`
  const opening = await fetch(url, { headers: { origin: OWN } })
  const { sid } = JSON.parse((await opening.text()).slice(1))
  const post = (body: string) => fetch(`${url}&sid=${sid}`, { method: 'POST', body, headers: { origin: OWN } })
  let answers = ''
  const answered = async (what: string) => {
    while (!answers.includes(what)) answers += await (await fetch(`${url}&sid=${sid}`)).text()
  }
  const start = { type: 'session.start', commandId: randomUUID(), protocolVersion: 1, token, cursors: [] }
  await post('40')
  await post(`42${JSON.stringify(['frame', start])}`)
  await answered('session.ready')
  const depth = 60_000
  await post(`42["frame",{"type":"ping","nested":${'['.repeat(depth)}${']'.repeat(depth)}}]`)
  await answered('BAD_FRAME')
  await post('42["frame",{"type":"ping"}]')
  await answered('heartbeat')
  expect(served.logged()).toBe('')
})

describe('slow and dead peers', () => {
  it.each([
    ['websocket', connectWebSocket],
    ['socket.io', connectSocketIo(['websocket'])],
  ] as const)(
    'threat 47: a reader over %s that stands still is cut off, and others are served',
    async (name, connect) => {
      served = await serveRealtime({
        limits: { bufferedBytes: 64 * 1024, messages: unbounded, frames: unbounded },
      })
      const visitor = served.backend.addVisitor()
      const conversationId = await served.backend.addConversation(visitor.actor)
      const start = {
        type: 'session.start',
        commandId: randomUUID(),
        protocolVersion: 1,
        token: visitor.token,
        cursors: [],
      }
      const path = name === 'websocket' ? '/ws' : '/socket.io/?EIO=4&transport=websocket'
      const { socket } = await upgrade(served.http, path, { 'Sec-WebSocket-Protocol': WEBSOCKET_SUBPROTOCOL })
      const write = (text: string) => socket.write(maskedText(text))
      if (name === 'websocket') write(JSON.stringify(start))
      else for (const packet of ['40', `42${JSON.stringify(['frame', JSON.stringify(start)])}`]) write(packet)
      let received = ''
      while (!received.includes('session.ready')) received += String((await once(socket, 'data'))[0])
      socket.pause()

      const other = await connect(served.url)
      await other.start(visitor.token)
      const parts = [{ type: 'text', text: 'x'.repeat(5000) }]
      let sent = 0
      while (!served.logged().includes('too slow') && sent < 4000) {
        await other.ask({ type: 'message.send', conversationId, clientMessageId: randomUUID(), parts })
        sent += 1
      }
      expect(served.logged()).toContain('too slow')
      expect(await other.ask({ type: 'history.load', conversationId, limit: 1 })).toMatchObject({ headSeq: sent })
      socket.destroy()
    },
  )

  it.each(CONNECTS)('one large answer makes no slow reader, over %s', async (_name, connect) => {
    served = await serveRealtime()
    const visitor = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(visitor.actor)
    const append = (text: string) =>
      served.backend.appendMessage(visitor.actor, {
        conversationId,
        clientMessageId: randomUUID(),
        parts: Array.from({ length: 10 }, () => ({ type: 'text' as const, text })),
      })
    for (let count = 0; count < 40; count += 1) await append('ü'.repeat(5000))
    const { syncConversation } = served.backend
    served.backend.syncConversation = async (...input) => {
      const sync = await syncConversation(...input)
      await append('right behind it')
      return sync
    }
    const agent = await connect(served.url)
    await agent.start(served.backend.addMember().token)
    expect(await agent.ask({ type: 'conversation.watch', conversationId })).toMatchObject({ sync: { headSeq: 40 } })
    expect(await agent.next('message.created')).toMatchObject({ seq: 41 })
  })

  it('a WebSocket whose link has died without a word is let go', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock })
    const { socket } = await upgrade(served.http, '/ws', { 'Sec-WebSocket-Protocol': WEBSOCKET_SUBPROTOCOL })
    socket.resume()
    const closed = once(socket, 'close')
    clock.advance(25_000)
    clock.advance(25_000)
    await closed
  })

  it('a WebSocket that answers a ping late is kept, however short the heartbeat is', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, heartbeatMs: 50 })
    const visitor = await connectWebSocket(served.url)
    await visitor.start(served.backend.addVisitor().token)
    // In one go: no answer to a ping can have been read in between.
    for (let beats = 0; beats < 20; beats += 1) clock.advance(50)
    for (let beats = 0; beats < 20; beats += 1) await visitor.next('heartbeat')
    expect(await visitor.ask({ type: 'history.load', conversationId: randomUUID(), limit: 1 })).toMatchObject({
      type: 'ack',
      ok: false,
    })
  })
})
