import { randomUUID } from 'node:crypto'
import { ChatError } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

const ORIGIN = 'https://shop.example'
const parts = [{ type: 'text', text: 'hello' }]

describe.each(CONNECTS)('sessions over %s', (name, connect) => {
  const codeOf = (code: number) => (name === 'websocket' ? code : 1006)

  it('[S1] answers session.start with who the client is and where its conversations stand', async () => {
    served = await serveRealtime()
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor, 3)
    const client = await connect(served.url)
    expect(await client.start(token)).toMatchObject({
      type: 'session.ready',
      sessionId: actor.sessionId,
      protocolVersion: 1,
      self: { kind: 'visitor', id: actor.visitorId },
      heartbeatMs: 25_000,
      conversations: [{ conversationId, recovery: 'fresh', headSeq: 3 }],
    })
  })

  it('[S1] ends a connection whose first frame is another, or is bad', async () => {
    served = await serveRealtime()
    for (const first of [{ type: 'ping' }, 'nonsense', { type: 'inbox.load', commandId: randomUUID(), limit: 1 }]) {
      const client = await connect(served.url)
      client.send(first)
      expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
      expect(await client.closed).toBe(codeOf(4001))
      expect(client.frames.at(-1)?.type).toBe('session.ended')
    }
  })

  it('[S1] ends a connection that says nothing for 5 seconds', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock })
    const client = await connect(served.url)
    clock.advance(4999)
    expect(client.frames).toEqual([])
    clock.advance(1)
    // To be tried again: on a slow line the frame that says who it is may be on its way.
    expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAVAILABLE' } })
    await client.closed
  })

  it('[S1] refuses an unknown token and ends the connection', async () => {
    served = await serveRealtime()
    const client = await connect(served.url)
    expect(await client.start('vt_unknown')).toMatchObject({ ok: false, error: { code: 'UNAUTHENTICATED' } })
    expect(await client.closed).toBe(codeOf(4001))
  })

  it('[S2] refuses a newer protocol', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url)
    expect(await client.start(token, { protocolVersion: 2 })).toMatchObject({ error: { code: 'UNSUPPORTED_VERSION' } })
    await client.closed
  })

  it('[S5] beats once in each heartbeatMs and at once after a ping, with the head of every subscribed log', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, heartbeatMs: 20_000 })
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor, 2)
    const client = await connect(served.url)
    await client.start(token)
    client.send({ type: 'ping' })
    expect(await client.next('heartbeat')).toEqual({ type: 'heartbeat', heads: { [conversationId]: 2 } })
    clock.advance(19_999)
    await client.ask({ type: 'history.load', conversationId, limit: 1 })
    expect(client.frames.filter(({ type }) => type === 'heartbeat')).toHaveLength(1)
    clock.advance(1)
    expect(await client.next('heartbeat')).toEqual({ type: 'heartbeat', heads: { [conversationId]: 2 } })
  })

  it('[S6] ends a session whose credential was revoked, at the next heartbeat', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock })
    const { token, actor } = served.backend.addMember()
    const client = await connect(served.url)
    await client.start(token)
    served.backend.revoke(actor)
    clock.advance(25_000)
    expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    expect(await client.closed).toBe(codeOf(4001))
  })

  it('[S6] ends a session whose token has expired before anything more is done with it', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock })
    const { token, actor } = served.backend.addVisitor({ expiresAt: new Date(clock.now() + 1000) })
    const conversationId = await served.backend.addConversation(actor)
    const client = await connect(served.url)
    await client.start(token)
    clock.advance(1000)
    client.send({ type: 'message.send', commandId: randomUUID(), conversationId, clientMessageId: randomUUID(), parts })
    expect(await client.next('session.ended')).toMatchObject({ error: { code: 'UNAUTHENTICATED' } })
    expect(served.backend.log(conversationId)).toEqual([])
  })

  it('[S6] keeps a session while its credential cannot be checked', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock })
    const { token } = served.backend.addVisitor()
    served.backend.isStillValid = async () => {
      throw new ChatError('UNAVAILABLE', 'No database.')
    }
    const client = await connect(served.url)
    await client.start(token)
    clock.advance(25_000)
    await client.next('heartbeat')
    client.send({ type: 'ping' })
    await client.next('heartbeat')
  })

  it('[E1] a database that does not answer is UNAVAILABLE, at the start and after it, and the log knows why', async () => {
    served = await serveRealtime()
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const down = async () => {
      throw Object.assign(new Error('terminating connection'), { code: '57P01' })
    }
    const unavailable = { error: { code: 'UNAVAILABLE', retryAfterMs: expect.any(Number) } }
    const client = await connect(served.url)
    await client.start(token)
    Object.assign(served.backend, { authenticate: down, loadHistory: down })
    expect(await client.ask({ type: 'history.load', conversationId, limit: 1 })).toMatchObject(unavailable)
    const unlucky = await connect(served.url)
    expect(await unlucky.start(token)).toMatchObject(unavailable)
    expect(await unlucky.closed).toBe(codeOf(4013))
    expect(served.logged()).toContain('terminating connection')
  })

  it('[S6] sends clients away when draining, after their commands are answered, each for another while', async () => {
    const moments = [0.2, 0.6]
    served = await serveRealtime({ random: () => moments.shift() ?? 0 })
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const { appendMessage } = served.backend
    let release = () => {}
    const gate = new Promise<void>((resolve) => {
      release = resolve
    })
    served.backend.appendMessage = async (...input) => {
      await gate
      return await appendMessage(...input)
    }
    const [busy, idle] = [await connect(served.url), await connect(served.url)]
    await busy.start(token)
    await idle.start(token)
    const waiting = busy.ask({ type: 'message.send', conversationId, clientMessageId: randomUUID(), parts })
    busy.send({ type: 'ping' })
    await busy.next('heartbeat')

    const drained = served.realtime.drain()
    expect(await idle.next('session.ended')).toMatchObject({ error: { code: 'UNAVAILABLE', retryAfterMs: 3000 } })
    expect(await busy.ask({ type: 'history.load', conversationId, limit: 1 })).toMatchObject({
      ok: false,
      error: { code: 'UNAVAILABLE' },
    })
    release()
    expect(await waiting).toMatchObject({ ok: true, seq: 1 })
    expect(await busy.next('session.ended')).toMatchObject({ error: { code: 'UNAVAILABLE', retryAfterMs: 1000 } })
    await drained
    expect(await idle.closed).toBe(codeOf(4013))

    const late = await connect(served.url)
    expect(await late.next('session.ended')).toMatchObject({ error: { code: 'UNAVAILABLE' } })
  })

  it('[S7] refuses a page that is not on the list and serves one that is', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor({ origin: ORIGIN })
    const stranger = await connect(served.url, { origin: 'https://evil.example' })
    expect(await stranger.start(token)).toMatchObject({ ok: false, error: { code: 'FORBIDDEN_ORIGIN' } })
    expect(await stranger.closed).toBe(codeOf(4003))
    const client = await connect(served.url, { origin: ORIGIN })
    expect(await client.start(token)).toMatchObject({ type: 'session.ready' })
  })

  it('[R1] resumes from the cursor, in order, and [R6] looks at no cursor of another conversation', async () => {
    served = await serveRealtime()
    const { token, actor } = served.backend.addVisitor()
    const stranger = served.backend.addVisitor().actor
    const conversationId = await served.backend.addConversation(actor, 4)
    const foreign = await served.backend.addConversation(stranger, 2)
    const cursorOf = (id: string, seq: number) => ({
      conversationId: id,
      seq,
      eventId: served.backend.log(id)[seq - 1]?.id ?? '',
    })
    const client = await connect(served.url)
    const ready = await client.start(token, { cursors: [cursorOf(foreign, 1), cursorOf(conversationId, 2)] })
    expect(ready).toMatchObject({ conversations: [{ conversationId, recovery: 'resumed', headSeq: 4 }] })
    const events = ready.type === 'session.ready' ? ready.conversations[0]?.events : []
    expect(events?.map(({ seq }) => seq)).toEqual([3, 4])
  })

  it('[R1] lets a session in that started more conversations than one connection is sent', async () => {
    served = await serveRealtime({ limits: { subscriptions: 60 } })
    const { token, actor } = served.backend.addVisitor()
    const ids: string[] = []
    for (let count = 0; count < 70; count += 1) ids.push(await served.backend.addConversation(actor))
    const client = await connect(served.url)
    const ready = await client.start(token)
    const resumed =
      ready.type === 'session.ready' ? ready.conversations.map(({ conversationId }) => conversationId) : []
    expect(resumed).toEqual(ids.slice(-50))
    expect(await client.ask({ type: 'conversation.watch', conversationId: ids[0] })).toMatchObject({
      type: 'conversation.synced',
    })
  })
})
