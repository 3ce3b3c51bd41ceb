import { randomUUID } from 'node:crypto'
import { type ServerFrame, textOf } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS, type TestClient } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

const seqsOf = (client: TestClient) =>
  client.frames.flatMap((frame) => (frame.type === 'message.created' ? [frame.seq] : []))
const typesOf = (client: TestClient) => client.frames.map(({ type }) => type)
const say = (conversationId: string, text = 'hello', clientMessageId: string = randomUUID()) => ({
  type: 'message.send',
  commandId: randomUUID(),
  conversationId,
  clientMessageId,
  parts: [{ type: 'text', text }],
})
/** Every frame that was sent before has come. */
const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  await client.next('heartbeat')
}
const gate = () => {
  let open = () => {}
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { opened, open }
}

describe.each(CONNECTS)('live over %s', (_name, connect) => {
  const scene = async (messages = 0, options: Parameters<typeof serveRealtime>[0] = {}) => {
    served = await serveRealtime(options)
    const visitor = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(visitor.actor, messages)
    const visitorClient = await connect(served.url)
    await visitorClient.start(visitor.token)
    const member = served.backend.addMember()
    const agentClient = await connect(served.url)
    await agentClient.start(member.token)
    return { visitor, member, conversationId, visitorClient, agentClient }
  }

  it('brings a message to both sides, as it stands in the log', async () => {
    const { conversationId, visitorClient, agentClient } = await scene()
    await agentClient.ask({ type: 'conversation.watch', conversationId })
    await visitorClient.ask(say(conversationId, 'my order?'))
    await agentClient.ask(say(conversationId, 'on its way'))
    for (const client of [visitorClient, agentClient]) {
      const events = [await client.next('message.created'), await client.next('message.created')]
      expect(events).toEqual(served.backend.log(conversationId))
    }
  })

  it('sends nothing of a conversation that is not watched, or no longer', async () => {
    const { conversationId, visitorClient, agentClient } = await scene()
    await visitorClient.ask(say(conversationId))
    await agentClient.ask({ type: 'conversation.watch', conversationId })
    await agentClient.ask({ type: 'conversation.unwatch', conversationId })
    await visitorClient.ask(say(conversationId))
    await settle(agentClient)
    expect(seqsOf(agentClient)).toEqual([])
    expect(agentClient.frames.at(-1)).toEqual({ type: 'heartbeat', heads: {} })
  })

  it('[C1] answers NOT_FOUND to a visitor who watches what belongs to another', async () => {
    const { visitorClient } = await scene()
    const foreign = await served.backend.addConversation(served.backend.addVisitor().actor, 1)
    for (const command of [
      { type: 'conversation.watch' },
      { type: 'history.load', limit: 1 },
      { type: 'conversation.end' },
    ])
      expect(await visitorClient.ask({ ...command, conversationId: foreign })).toMatchObject({
        error: { code: 'NOT_FOUND' },
      })
    expect(await visitorClient.ask(say(foreign))).toMatchObject({ error: { code: 'NOT_FOUND' } })
    await settle(visitorClient)
    expect(visitorClient.frames.at(-1)).not.toHaveProperty(`heads.${foreign}`)
  })

  it('[C1] tells and takes nothing while it is being found out whose the conversation is', async () => {
    const { conversationId, visitorClient: owner } = await scene(3)
    const stranger = await connect(served.url)
    await stranger.start(served.backend.addVisitor().token)
    const { syncConversation } = served.backend
    const { opened, open } = gate()
    served.backend.syncConversation = async (...input) => {
      await opened
      return await syncConversation(...input)
    }
    const watched = stranger.ask({ type: 'conversation.watch', conversationId })
    stranger.send({ type: 'typing.set', conversationId, active: true })
    stranger.send({ type: 'ping' })
    expect(await stranger.next('heartbeat')).toEqual({ type: 'heartbeat', heads: {} })
    open()
    expect(await watched).toMatchObject({ error: { code: 'NOT_FOUND' } })
    await settle(owner)
    expect(typesOf(owner)).not.toContain('typing.changed')
  })

  it('[C2] starts a conversation once, and sends it from then on', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor()
    const client = await connect(served.url)
    await client.start(token)
    const start = { type: 'conversation.start', clientConversationId: randomUUID() }
    const first = await client.ask(start)
    const conversationId = first.type === 'ack' && first.ok ? (first.conversationId ?? '') : ''
    expect(await client.ask(start)).toMatchObject({ ok: true, conversationId })
    await client.ask(say(conversationId))
    expect(await client.next('message.created')).toMatchObject({ conversationId, seq: 1 })
  })

  it('[C2] [B1] says behind the answer that it is not the team that it waits for', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor()
    const { syncConversation } = served.backend
    served.backend.syncConversation = async (...input) => ({ ...(await syncConversation(...input)), status: 'open' })
    const client = await connect(served.url)
    await client.start(token)
    const start = { type: 'conversation.start', clientConversationId: randomUUID() }
    const started = await client.ask(start)
    const { conversationId } = started as { conversationId?: string }
    expect(await client.next('session.ready')).toMatchObject({
      ...{ commandId: '', conversations: [{ conversationId, status: 'open', events: [] }] },
    })
    await client.ask(say(conversationId ?? ''))
    expect(await client.next('message.created')).toMatchObject({ conversationId, seq: 1 })
  })

  it('[Q5] follows the answer for a conversation that has a log already with its head', async () => {
    served = await serveRealtime()
    const { token } = served.backend.addVisitor()
    const start = { type: 'conversation.start', clientConversationId: randomUUID() }
    const [first, second] = [await connect(served.url), await connect(served.url)]
    await first.start(token)
    await second.start(token)
    const started = await first.ask(start)
    const conversationId = started.type === 'ack' && started.ok ? (started.conversationId ?? '') : ''
    await first.ask(say(conversationId))
    await second.ask(start)
    expect(await second.next('heartbeat')).toEqual({ type: 'heartbeat', heads: { [conversationId]: 1 } })
  })

  it('[Q7] appends what one author sends in a row in that row, without waiting for answers', async () => {
    const { conversationId, visitorClient } = await scene()
    const texts = Array.from({ length: 40 }, (_, index) => `line ${index + 1}`)
    const commands = texts.map((text) => say(conversationId, text))
    for (const command of commands) visitorClient.send(command)
    visitorClient.send({ type: 'conversation.end', commandId: 'the-end-', conversationId })
    await expect.poll(() => visitorClient.frames).toContainEqual({ type: 'ack', commandId: 'the-end-', ok: true })
    const log = served.backend.log(conversationId)
    expect(log.map((event) => (event.type === 'message.created' ? textOf(event.parts) : event.status))).toEqual([
      ...texts,
      'resolved',
    ])
    for (const [index, { commandId }] of commands.entries())
      expect(visitorClient.frames).toContainEqual({ type: 'ack', commandId, ok: true, seq: index + 1 })
  })

  it('[Q7] lets a command wait for the messages before it, and a slow one hold up nobody else', async () => {
    const { conversationId, visitorClient, agentClient } = await scene()
    const { appendMessage } = served.backend
    const { opened, open } = gate()
    served.backend.appendMessage = async (...input) => {
      await opened
      return await appendMessage(...input)
    }
    const other = await served.backend.addConversation(served.backend.addVisitor().actor)
    const sent = visitorClient.ask(say(conversationId))
    const page = visitorClient.ask({ type: 'history.load', conversationId, limit: 1 })
    expect(await agentClient.ask({ type: 'conversation.watch', conversationId: other })).toMatchObject({
      type: 'conversation.synced',
    })
    await settle(visitorClient)
    expect(typesOf(visitorClient)).not.toContain('history.page')
    open()
    expect(await sent).toMatchObject({ ok: true, seq: 1 })
    expect(await page).toMatchObject({ type: 'history.page', headSeq: 1 })
  })

  it('[R5] sends what is committed while the answer is read behind it, without hole or duplicate', async () => {
    const { visitor, conversationId, agentClient } = await scene(3)
    const { syncConversation } = served.backend
    served.backend.syncConversation = async (actor, input) => {
      const sync = await syncConversation(actor, input)
      for (const text of ['between', 'the', 'two'])
        await served.backend.appendMessage(visitor.actor, {
          conversationId,
          clientMessageId: randomUUID(),
          parts: [{ type: 'text', text }],
        })
      await served.backend.markRead(visitor.actor, { conversationId, upToSeq: 5 })
      return sync
    }
    const synced = await agentClient.ask({ type: 'conversation.watch', conversationId })
    expect(synced).toMatchObject({ sync: { headSeq: 3, reads: { visitor: 0 } } })
    await expect.poll(() => seqsOf(agentClient)).toEqual([4, 5, 6])
    expect(await agentClient.next('message.read')).toMatchObject({ reader: 'visitor', upToSeq: 5 })
    const events = agentClient.frames.filter(({ type }) => type === 'message.created')
    expect(events).toEqual(served.backend.log(conversationId).slice(3))
    expect(agentClient.frames.indexOf(synced)).toBeLessThan(agentClient.frames.indexOf(events[0] as ServerFrame))
  })

  it('[R5] the same for session.start, in several conversations', async () => {
    served = await serveRealtime()
    const { token, actor } = served.backend.addVisitor()
    const ids = [await served.backend.addConversation(actor, 1), await served.backend.addConversation(actor, 2)]
    const { syncConversation, appendMessage } = served.backend
    served.backend.syncConversation = async (...input) => {
      const sync = await syncConversation(...input)
      for (const conversationId of ids)
        await appendMessage(actor, {
          conversationId,
          clientMessageId: randomUUID(),
          parts: [{ type: 'text', text: 'x' }],
        })
      return sync
    }
    const client = await connect(served.url)
    const ready = await client.start(token)
    const received = (conversationId: string, index: number) => [
      ...((ready.type === 'session.ready' && ready.conversations[index]?.events) || []),
      ...client.frames.filter((frame) => frame.type === 'message.created' && frame.conversationId === conversationId),
    ]
    await expect.poll(() => ids.map(received)).toEqual(ids.map((id) => served.backend.log(id)))
    expect(client.frames[0]).toBe(ready)
  })

  it('[R5] fills from the log a hole that a lost change left', async () => {
    const { visitor, conversationId, visitorClient } = await scene()
    const { log } = served.backend
    const append = (text: string) =>
      served.backend.appendMessage(visitor.actor, {
        conversationId,
        clientMessageId: randomUUID(),
        parts: [{ type: 'text', text }],
      })
    await append('one')
    await visitorClient.next('message.created')
    served.lose(2)
    await append('two')
    await append('three')
    await append('four')
    await expect.poll(() => seqsOf(visitorClient)).toEqual([1, 2, 3, 4])
    expect(visitorClient.frames.filter(({ type }) => type === 'message.created')).toEqual(log(conversationId))
  })

  it('[Q5] shows in the heartbeat what could not be read, and catches up with the next event', async () => {
    const { visitor, conversationId, visitorClient } = await scene()
    const { loadHistory } = served.backend
    served.backend.loadHistory = async () => {
      throw new Error('no database')
    }
    const append = () =>
      served.backend.appendMessage(visitor.actor, {
        conversationId,
        clientMessageId: randomUUID(),
        parts: [{ type: 'text', text: 'x' }],
      })
    served.lose(1)
    await append()
    await append()
    await expect.poll(() => served.logged()).toContain('could not catch up')
    visitorClient.send({ type: 'ping' })
    expect(await visitorClient.next('heartbeat')).toMatchObject({ heads: { [conversationId]: 2 } })
    expect(seqsOf(visitorClient)).toEqual([])
    served.backend.loadHistory = loadHistory
    await append()
    await expect.poll(() => seqsOf(visitorClient)).toEqual([1, 2, 3])
  })

  it('[H1] pages back and forth and refuses both at once', async () => {
    const { conversationId, visitorClient } = await scene(9)
    const load = async (bounds: object) => {
      const page = await visitorClient.ask({ type: 'history.load', conversationId, limit: 3, ...bounds })
      return page.type === 'history.page' ? page.events.map(({ seq }) => seq) : page
    }
    expect(await load({})).toEqual([7, 8, 9])
    expect(await load({ beforeSeq: 7 })).toEqual([4, 5, 6])
    expect(await load({ afterSeq: 4 })).toEqual([5, 6, 7])
    expect(await load({ beforeSeq: 7, afterSeq: 1 })).toMatchObject({
      error: { code: 'VALIDATION_FAILED', field: 'beforeSeq' },
    })
  })

  it('[H2] tells both sides of a read mark that moved, clamped to the head, and of no other', async () => {
    const { conversationId, visitorClient, agentClient } = await scene(3)
    await agentClient.ask({ type: 'conversation.watch', conversationId })
    for (const upToSeq of [2, 1, 99]) await agentClient.ask({ type: 'message.markRead', conversationId, upToSeq })
    for (const client of [visitorClient, agentClient]) {
      await settle(client)
      expect(
        client.frames.flatMap((frame) => (frame.type === 'message.read' ? [[frame.reader, frame.upToSeq]] : [])),
      ).toEqual([
        ['team', 2],
        ['team', 3],
      ])
    }
  })
})
