import { randomUUID } from 'node:crypto'
import { LIMITS } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

const parts = [{ type: 'text', text: 'hello' }]

describe.each(CONNECTS)('frames over %s', (_name, connect) => {
  it('[F2] refuses what is no frame, names the field where there is one, and goes on', async () => {
    served = await serveRealtime()
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const client = await connect(served.url)
    await client.start(token)

    for (const text of ['', 'nonsense', '[]', '"text"', 'null', '{"type":"message.fly"}']) {
      client.send(text)
      expect(await client.next('ack')).toMatchObject({ commandId: '', ok: false, error: { code: 'BAD_FRAME' } })
    }
    const spaces = [{ type: 'text', text: '   ' }]
    const wrong = { type: 'message.send', conversationId, clientMessageId: randomUUID(), parts: spaces }
    expect(await client.ask(wrong)).toMatchObject({
      ok: false,
      error: { code: 'VALIDATION_FAILED', field: 'parts.0.text' },
    })
    expect(served.backend.log(conversationId)).toEqual([])
    expect(await client.ask({ ...wrong, parts })).toMatchObject({ ok: true, seq: 1 })
  })

  it('[F3] ignores unknown fields and stores none of them', async () => {
    served = await serveRealtime()
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const client = await connect(served.url)
    await client.start(token, { shoeSize: 43 })
    const author = { kind: 'agent', name: 'Mallory' }
    const spoofed = [{ type: 'text', text: 'hello', author, html: '<b>' }]
    const command = { type: 'message.send', conversationId, clientMessageId: randomUUID(), author, seq: 7 }
    expect(await client.ask({ ...command, parts: spoofed })).toMatchObject({ ok: true, seq: 1 })
    expect(served.backend.log(conversationId)[0]).toMatchObject({ author: { kind: 'visitor' }, parts })
  })

  it('[F4] answers each command exactly once, and signs never', async () => {
    served = await serveRealtime()
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor, 2)
    const client = await connect(served.url)
    await client.start(token)
    const commands = [
      { type: 'conversation.start', clientConversationId: randomUUID() },
      { type: 'message.send', conversationId, clientMessageId: randomUUID(), parts },
      { type: 'message.markRead', conversationId, upToSeq: 1 },
      { type: 'history.load', conversationId, limit: 10 },
      { type: 'history.load', conversationId, limit: 0 },
      { type: 'conversation.watch', conversationId },
      { type: 'conversation.watch', conversationId: randomUUID() },
      { type: 'conversation.unwatch', conversationId },
      { type: 'conversation.end', conversationId },
      { type: 'inbox.load', limit: 10 },
      { type: 'session.start', protocolVersion: 1, token, cursors: [] },
    ].map((command) => ({ ...command, commandId: randomUUID() }))
    client.send({ type: 'typing.set', conversationId, active: true })
    client.send({ type: 'ping' })
    for (const command of commands) client.send(command)
    await client.ask({ type: 'history.load', conversationId, limit: 1 })
    const answersTo = (id: string) => client.frames.filter((frame) => 'commandId' in frame && frame.commandId === id)
    await expect
      .poll(() => commands.map(({ type, commandId }) => [type, answersTo(commandId).length]))
      .toEqual(commands.map(({ type }) => [type, 1]))
    expect(client.frames.filter((frame) => 'commandId' in frame && frame.commandId === '')).toEqual([])
  })

  it('[F5] refuses a frame above 65,536 bytes, one that is too deep, and survives one too large for the transport', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url)
    await client.start(token)
    client.send(JSON.stringify({ type: 'ping', fill: 'x'.repeat(LIMITS.frameBytes) }).slice(0, LIMITS.frameBytes + 1))
    expect(await client.next('ack')).toMatchObject({ ok: false, error: { code: 'PAYLOAD_TOO_LARGE' } })
    client.send(`{"type":"ping","deep":${'['.repeat(16)}${']'.repeat(16)}}`)
    expect(await client.next('ack')).toMatchObject({ ok: false, error: { code: 'BAD_FRAME' } })
    client.send(JSON.stringify({ type: 'ping', fill: 'x'.repeat(1024 * 1024) }))
    await client.closed

    const other = await connect(served.url)
    expect(await other.start(token)).toMatchObject({ type: 'session.ready' })
  })

  it('[F7] ends a session at the 21st bad frame within a minute, and not at 20 a minute', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, heartbeatMs: 3600_000 })
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url)
    await client.start(token)
    const sendBadFrames = async (count: number) => {
      for (let sent = 0; sent < count; sent += 1) {
        client.send('nonsense')
        await client.next('ack')
      }
    }
    await sendBadFrames(20)
    clock.advance(60_000)
    await sendBadFrames(20)
    client.send('nonsense')
    expect(await client.next('session.ended')).toMatchObject({ error: { code: 'RATE_LIMITED', retryAfterMs: 60_000 } })
    await client.closed
  })

  it('refuses binary messages as no frames', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url)
    await client.start(token)
    client.sendBinary(new TextEncoder().encode('{"type":"ping"}'))
    expect(await client.next('ack')).toMatchObject({ ok: false, error: { code: 'BAD_FRAME' } })
  })

  it('refuses messages above their rate with the time to wait, and takes them again then', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, limits: { messages: { perSecond: 10, burst: 2 } } })
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const client = await connect(served.url)
    await client.start(token)
    const send = () => client.ask({ type: 'message.send', conversationId, clientMessageId: randomUUID(), parts })
    expect(await send()).toMatchObject({ ok: true })
    expect(await send()).toMatchObject({ ok: true })
    expect(await send()).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED', retryAfterMs: 100 } })
    clock.advance(100)
    expect(await send()).toMatchObject({ ok: true, seq: 3 })
  })

  it('refuses conversations above the same rate: each is a row in the inbox of the team', async () => {
    served = await serveRealtime({ limits: { messages: { perSecond: 1e-6, burst: 2 } } })
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url)
    await client.start(token)
    const start = () => client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    expect(await start()).toMatchObject({ ok: true })
    expect(await start()).toMatchObject({ ok: true })
    expect(await start()).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
  })

  it('ends a session that sends frames far above their rate', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, limits: { frames: { perSecond: 1, burst: 3 }, badFramesPerMinute: 2 } })
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url)
    await client.start(token)
    for (let sent = 0; sent < 5; sent += 1) client.send({ type: 'ping' })
    expect(await client.next('session.ended')).toMatchObject({ error: { code: 'RATE_LIMITED' } })
    expect(client.frames.filter(({ type }) => type === 'heartbeat')).toHaveLength(2)
  })

  it('refuses commands above those that may wait, and answers the others', async () => {
    served = await serveRealtime({ limits: { commandsInFlight: 2 } })
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
    const client = await connect(served.url)
    await client.start(token)
    const send = () => client.ask({ type: 'message.send', conversationId, clientMessageId: randomUUID(), parts })
    const waiting = [send(), send()]
    expect(await send()).toMatchObject({ ok: false, error: { code: 'RATE_LIMITED' } })
    release()
    expect(await Promise.all(waiting)).toMatchObject([{ ok: true }, { ok: true }])
  })

  it('threat 45: counts the messages of a session over all of its connections', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, limits: { messages: { perSecond: 10, burst: 2 } } })
    const { token, actor } = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(actor)
    const answers = []
    for (let connection = 0; connection < 3; connection += 1) {
      const client = await connect(served.url)
      await client.start(token)
      answers.push(await client.ask({ type: 'message.send', conversationId, clientMessageId: randomUUID(), parts }))
    }
    expect(answers).toMatchObject([{ ok: true }, { ok: true }, { ok: false, error: { code: 'RATE_LIMITED' } }])
  })

  it('threat 45: a session has so many connections and no more: a new one ends the oldest', async () => {
    served = await serveRealtime({ limits: { connectionsPerSession: 2 } })
    const { token } = served.backend.addVisitor()
    const clients = []
    for (let count = 0; count < 3; count += 1) {
      const client = await connect(served.url)
      clients.push(client)
      expect(await client.start(token)).toMatchObject({ type: 'session.ready' })
    }
    const [first, second, third] = clients
    const error = { code: 'RATE_LIMITED', retryAfterMs: 10_000 }
    expect(await first?.next('session.ended')).toMatchObject({ error })
    await first?.closed
    second?.close()
    await second?.closed
    await (await connect(served.url)).start(token)
    third?.send({ type: 'ping' })
    await third?.next('heartbeat')
  })
})
