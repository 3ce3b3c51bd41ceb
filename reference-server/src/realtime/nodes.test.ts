import { randomUUID } from 'node:crypto'
import type { LogEvent, ServerFrame } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHintBus } from '../nodes/testing/memory-hint-bus.js'
import type { Actor } from '../organizations/actor.js'
import type { KnownLog } from './backend.js'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { connectWebSocket, type TestClient } from './testing/test-client.js'

const SWEEP_MS = 2_000

let served: ServedRealtime
afterEach(() => served.close())

/** One node, with a visitor and an agent who watches the visitor's conversation and the inbox. */
const scene = async ({ messages = 0, sweepMs = undefined as number | undefined } = {}) => {
  const clock = createManualClock()
  const hints = createMemoryHintBus()
  served = await serveRealtime({ clock, hints, sweepMs, random: () => 0.5, heartbeatMs: 3_600_000 })
  const { backend } = served
  const visitor = backend.addVisitor()
  const conversationId = await backend.addConversation(visitor.actor, messages)
  const member = backend.addMember()
  const visitorClient = await connectWebSocket(served.url)
  await visitorClient.start(visitor.token)
  const agentClient = await connectWebSocket(served.url)
  await agentClient.start(member.token)
  await agentClient.ask({ type: 'inbox.load', limit: 10 })
  await agentClient.ask({ type: 'conversation.watch', conversationId })
  const { organizationId } = visitor.actor
  const changed = { type: 'conversation.changed' as const, organizationId, conversationId }

  /** Written by another node: this one is not told. */
  const elsewhere = async (write: () => Promise<unknown>) => {
    served.lose(1)
    await write()
  }
  const say = (text: string, actor: Actor = visitor.actor) =>
    backend.appendMessage(actor, { conversationId, clientMessageId: randomUUID(), parts: [{ type: 'text', text }] })
  /** What the reads of logs were asked for. */
  const asked: (readonly KnownLog[])[] = []
  const { loadChanges } = backend
  backend.loadChanges = async (known) => {
    asked.push(
      known.map(({ organizationId, conversationId, headSeq, reads }) => ({
        organizationId,
        conversationId,
        headSeq,
        reads,
      })),
    )
    return await loadChanges(known)
  }
  return {
    clock,
    hints,
    backend,
    visitor,
    member,
    conversationId,
    visitorClient,
    agentClient,
    changed,
    elsewhere,
    say,
    asked,
  }
}

/** Every frame that was sent before has come; the answer is its heads. */
const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  return (await client.next('heartbeat')).heads
}
const isEvent = (frame: ServerFrame): frame is LogEvent =>
  frame.type === 'message.created' || frame.type === 'conversation.changed'
const seqsOf = (client: TestClient) => client.frames.filter(isEvent).map(({ seq }) => seq)

describe('a hint', () => {
  it('has the log read, and everybody here is sent what is new in it', async () => {
    const { hints, backend, visitor, conversationId, visitorClient, agentClient, changed, elsewhere, say } =
      await scene({
        messages: 1,
      })
    await elsewhere(() => say('from afar'))
    hints.deliver(changed)
    for (const client of [visitorClient, agentClient])
      expect(await client.next('message.created')).toMatchObject({ seq: 2, parts: [{ text: 'from afar' }] })
    await elsewhere(() => backend.markRead(visitor.actor, { conversationId, upToSeq: 2 }))
    hints.deliver(changed)
    expect(await agentClient.next('message.read')).toMatchObject({ reader: 'visitor', upToSeq: 2 })
    expect(await settle(visitorClient)).toEqual({ [conversationId]: 2 })
  })

  it('brings a row of the inbox that nobody here has open', async () => {
    const { clock, hints, backend, agentClient, changed, elsewhere } = await scene()
    const other = backend.addVisitor()
    let conversationId = ''
    await elsewhere(async () => {
      conversationId = await backend.addConversation(other.actor)
    })
    hints.deliver({ ...changed, conversationId })
    clock.advance(100)
    expect(await agentClient.next('inbox.changed')).toMatchObject({ conversation: { id: conversationId } })
  })

  it('doubled or late changes nothing; of many, one more read at most follows the one under way', async () => {
    const { hints, backend, visitorClient, changed, elsewhere, say, asked } = await scene()
    await elsewhere(() => say('one'))
    const { loadChanges } = backend
    let release = () => {}
    const held = new Promise<void>((resolve) => {
      release = resolve
    })
    backend.loadChanges = async (known) => {
      const changes = await loadChanges(known)
      await held
      return changes
    }
    for (let times = 0; times < 50; times += 1) hints.deliver(changed)
    await elsewhere(() => say('two'))
    hints.deliver(changed)
    release()
    await visitorClient.next('message.created')
    expect(await visitorClient.next('message.created')).toMatchObject({ seq: 2 })
    hints.deliver(changed)
    await settle(visitorClient)
    expect(seqsOf(visitorClient)).toEqual([1, 2])
    expect(asked.map((known) => known.map(({ headSeq }) => headSeq))).toEqual([[0], [1], [2]])
  })

  it('that overtakes or follows the word of this process itself: everything once and in order', async () => {
    const { hints, visitorClient, agentClient, changed, elsewhere, say } = await scene()
    await elsewhere(() => say('afar'))
    await say('here')
    hints.deliver(changed)
    await say('here again')
    hints.deliver(changed)
    for (const client of [visitorClient, agentClient]) {
      await expect.poll(() => seqsOf(client)).toHaveLength(3)
      await settle(client)
      expect(seqsOf(client)).toEqual([1, 2, 3])
    }
  })

  it('of more than one read brings has each reader go on by itself', async () => {
    const { hints, visitorClient, changed, elsewhere, say } = await scene()
    for (let count = 0; count < 45; count += 1) await elsewhere(() => say(`line ${count}`))
    hints.deliver(changed)
    await expect.poll(() => seqsOf(visitorClient)).toHaveLength(45)
    expect(seqsOf(visitorClient)).toEqual(Array.from({ length: 45 }, (_, index) => index + 1))
  })

  it('threat 44: forged, delivers no content, raises no head, and finds nothing of another organization', async () => {
    const { clock, hints, backend, conversationId, visitorClient, agentClient, changed, elsewhere, asked } =
      await scene({
        messages: 2,
      })
    const before = [visitorClient.frames.length, agentClient.frames.length]
    const foreign = backend.addVisitor({ organizationId: randomUUID() })
    let foreignId = ''
    await elsewhere(async () => {
      foreignId = await backend.addConversation(foreign.actor)
    })
    const content = {
      headSeq: 99,
      events: [{ type: 'message.created', seq: 3, parts: [{ type: 'text', text: 'forged' }] }],
    }
    for (const forged of [
      changed,
      { ...changed, ...content },
      { ...changed, conversationId: foreignId },
      { ...changed, organizationId: foreign.actor.organizationId },
      { ...changed, organizationId: foreign.actor.organizationId, conversationId: foreignId },
      { ...changed, conversationId: randomUUID() },
    ])
      hints.deliver(forged)
    clock.advance(100)
    expect(await settle(visitorClient)).toEqual({ [conversationId]: 2 })
    expect(await settle(agentClient)).toEqual({ [conversationId]: 2 })
    const sent = (client: TestClient, from = 0) =>
      client.frames.slice(from).filter(({ type }) => type !== 'heartbeat' && type !== 'inbox.changed')
    expect(sent(visitorClient, before[0])).toEqual([])
    // What is not in the own inbox may be said to be gone.
    expect(sent(agentClient, before[1]).map(({ type }) => type)).toEqual(['inbox.removed', 'inbox.removed'])
    for (const frame of agentClient.frames)
      if (frame.type === 'inbox.removed') expect(frame.conversationId).not.toBe(conversationId)
      else if (frame.type === 'inbox.changed')
        expect(frame.conversation).toMatchObject({ id: conversationId, headSeq: 2 })
    expect(asked.flat().every((known) => known.conversationId === conversationId)).toBe(true)
  })

  it('threat 44: a flood of ids that somebody made up costs bounded memory and few queries', async () => {
    const { clock, hints, backend, agentClient, changed, asked } = await scene()
    const { loadSummaries } = backend
    const queried: number[] = []
    backend.loadSummaries = async (organizationId, ids) => {
      queried.push(ids.length)
      return await loadSummaries(organizationId, ids)
    }
    for (let count = 0; count < 30_000; count += 1) hints.deliver({ ...changed, conversationId: randomUUID() })
    for (let tick = 0; tick < 100; tick += 1) {
      clock.advance(100)
      await settle(agentClient)
    }
    expect(asked).toEqual([])
    expect(queried.reduce((sum, length) => sum + length, 0)).toBe(10_000)
  })

  it('goes out for everything that is committed here, and not for what was read on the word of others', async () => {
    const { hints, visitorClient, changed, elsewhere, say } = await scene()
    const before = hints.published.length
    await say('here')
    expect(hints.published.slice(before)).toEqual([changed])
    await elsewhere(() => say('afar'))
    hints.deliver(changed)
    await visitorClient.next('message.created')
    await visitorClient.next('message.created')
    expect(hints.published.slice(before)).toEqual([changed])
  })
})

describe('typing between nodes', () => {
  const typingOf = (client: TestClient) =>
    client.frames.flatMap((frame) => (frame.type === 'typing.changed' ? [frame.active] : []))

  it('[Y1] is told with who types and nothing else, and shown as if said here; never its author', async () => {
    const { hints, member, conversationId, visitorClient, agentClient, changed } = await scene()
    agentClient.send({ type: 'typing.set', conversationId, active: true })
    await visitorClient.next('typing.changed')
    const author = { kind: 'agent' as const, id: member.actor.memberId, name: 'Asha' }
    const said = { ...changed, type: 'typing.changed' as const, author, active: true }
    expect(hints.published.at(-1)).toEqual(said)
    agentClient.send({ type: 'typing.set', conversationId, active: false })
    expect(await visitorClient.next('typing.changed')).toMatchObject({ active: false })
    const published = hints.published.length

    hints.deliver(said)
    expect(await visitorClient.next('typing.changed')).toMatchObject({ active: true, author })
    await settle(agentClient)
    expect(typingOf(agentClient)).toEqual([])
    expect(hints.published).toHaveLength(published)
  })

  it('threat 44: a forged sign lasts 6 seconds, is shown in its own organization only, and does not pile up', async () => {
    const { clock, hints, visitorClient, changed } = await scene()
    const forged = (facts: object) => {
      const author = { kind: 'agent' as const, id: randomUUID(), name: 'Nobody' }
      hints.deliver({ ...changed, type: 'typing.changed', author, active: true, ...facts })
    }
    forged({ organizationId: randomUUID() })
    await settle(visitorClient)
    expect(typingOf(visitorClient)).toEqual([])
    for (let count = 0; count < 100; count += 1) forged({})
    await settle(visitorClient)
    expect(typingOf(visitorClient)).toEqual(Array(20).fill(true))
    clock.advance(6_000)
    await settle(visitorClient)
    expect(typingOf(visitorClient).slice(20)).toEqual(Array(20).fill(false))
  })

  it('[Y1] ends everywhere 6 seconds after it was said last, and with a message that was written elsewhere', async () => {
    const { clock, hints, member, conversationId, visitorClient, agentClient, changed, elsewhere, say } = await scene()
    const author = { kind: 'agent' as const, id: member.actor.memberId, name: 'Asha' }
    hints.deliver({ ...changed, type: 'typing.changed', author, active: true })
    expect(await visitorClient.next('typing.changed')).toMatchObject({ active: true })
    await elsewhere(() => say('done', member.actor))
    hints.deliver(changed)
    expect(await visitorClient.next('typing.changed')).toMatchObject({ active: false })
    agentClient.send({ type: 'typing.set', conversationId, active: true })
    await visitorClient.next('typing.changed')
    clock.advance(6_000)
    expect(await visitorClient.next('typing.changed')).toMatchObject({ active: false })
  })
})

describe('the sweep', () => {
  it('finds within its time what no hint has told: messages, read marks, rows of the inbox', async () => {
    const { clock, backend, visitor, conversationId, visitorClient, agentClient, elsewhere, say } = await scene({
      sweepMs: SWEEP_MS,
    })
    await elsewhere(() => say('one'))
    await elsewhere(() => say('two'))
    clock.advance(SWEEP_MS)
    await visitorClient.next('message.created')
    expect(await visitorClient.next('message.created')).toMatchObject({ seq: 2 })
    await settle(agentClient)
    clock.advance(100)
    const row = await agentClient.next('inbox.changed')
    expect(row).toMatchObject({ conversation: { id: conversationId, headSeq: 2, unread: 2 } })

    await elsewhere(() => backend.markRead(visitor.actor, { conversationId, upToSeq: 2 }))
    clock.advance(SWEEP_MS)
    expect(await agentClient.next('message.read')).toMatchObject({ reader: 'visitor', upToSeq: 2 })
  })

  it('sends no row of the inbox twice', async () => {
    const { clock, visitorClient, agentClient, say } = await scene({ sweepMs: SWEEP_MS })
    await say('here')
    for (let sweep = 0; sweep < 5; sweep += 1) {
      clock.advance(SWEEP_MS)
      await settle(visitorClient)
      clock.advance(100)
      await settle(agentClient)
    }
    expect(agentClient.frames.filter(({ type }) => type === 'inbox.changed')).toHaveLength(1)
  })

  it('for an inbox alone does not end the reading of logs', async () => {
    const { clock, conversationId, visitorClient, agentClient, elsewhere, say, asked } = await scene({
      sweepMs: SWEEP_MS,
    })
    visitorClient.close()
    await visitorClient.closed
    await agentClient.ask({ type: 'conversation.unwatch', conversationId })
    const askedBySweep = async () => {
      const before = asked.length
      clock.advance(SWEEP_MS)
      await settle(agentClient)
      return asked.length - before
    }
    await expect.poll(askedBySweep).toBe(0)
    await agentClient.ask({ type: 'conversation.watch', conversationId })
    await elsewhere(() => say('one'))
    clock.advance(SWEEP_MS)
    expect(await agentClient.next('message.created')).toMatchObject({ seq: 1 })
  })

  it('asks nothing when nobody is connected', async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, sweepMs: SWEEP_MS })
    const { backend } = served
    let asked = 0
    const count = async () => {
      asked += 1
      return []
    }
    backend.loadChanges = count
    backend.loadVersions = count
    const turn = () => new Promise((resolve) => setImmediate(resolve))
    const sweep = async () => {
      clock.advance(2 * SWEEP_MS)
      await turn()
    }
    await sweep()
    expect(asked).toBe(0)
    const client = await connectWebSocket(served.url)
    await client.start(backend.addMember().token)
    await client.ask({ type: 'inbox.load', limit: 10 })
    await client.ask({
      type: 'conversation.watch',
      conversationId: await backend.addConversation(backend.addVisitor().actor),
    })
    await sweep()
    expect(asked).toBe(2)
    client.close()
    const askedBySweep = async () => {
      const before = asked
      await sweep()
      return asked - before
    }
    await expect.poll(askedBySweep).toBe(0)
  })

  it('looks once at a time, and no more once the server is closed', async () => {
    const { clock, backend, visitorClient } = await scene({ sweepMs: SWEEP_MS })
    let [asked, release] = [0, () => {}]
    backend.loadChanges = () => {
      asked += 1
      return new Promise((resolve) => {
        release = () => resolve([])
      })
    }
    clock.advance(10 * SWEEP_MS)
    expect(asked).toBe(1)
    release()
    await settle(visitorClient)
    clock.advance(SWEEP_MS)
    expect(asked).toBe(2)
    await served.realtime.close()
    release()
    await new Promise((resolve) => setImmediate(resolve))
    expect(clock.pending).toBe(0)
  })

  it('goes on after a failure, and looks back to before it', async () => {
    const { clock, backend, visitorClient, agentClient, elsewhere, say } = await scene({ sweepMs: SWEEP_MS })
    const { loadChanges, loadVersions } = backend
    const windows: number[] = []
    let isDown = true
    const fail = async () => {
      throw new Error('the database is away')
    }
    backend.loadChanges = (known) => (isDown ? fail() : loadChanges(known))
    backend.loadVersions = (organizationIds, withinMs) => {
      windows.push(withinMs)
      return isDown ? fail() : loadVersions(organizationIds, withinMs)
    }
    await elsewhere(() => say('one'))
    for (let sweep = 0; sweep < 4; sweep += 1) {
      if (sweep === 2) isDown = false
      clock.advance(SWEEP_MS)
      await settle(visitorClient)
    }
    expect(windows).toEqual([SWEEP_MS, 2 * SWEEP_MS, 3 * SWEEP_MS, SWEEP_MS])
    expect(seqsOf(visitorClient)).toEqual([1])
    clock.advance(100)
    expect(await agentClient.next('inbox.changed')).toMatchObject({ conversation: { headSeq: 1 } })
    expect(served.logged()).toContain('the database is away')
  })

  it('is not there when no other process writes to the database', async () => {
    const { clock, visitorClient, asked } = await scene()
    clock.advance(3_000_000)
    await settle(visitorClient)
    expect(asked).toEqual([])
  })
})

it('[R5] what one reader finds in the log, which nobody has told of, the others are sent as well', async () => {
  const { backend, visitor, member, conversationId, visitorClient, agentClient, elsewhere, say } = await scene()
  await elsewhere(() => say('unheard'))
  await elsewhere(() => backend.markRead(visitor.actor, { conversationId, upToSeq: 1 }))
  const second = await connectWebSocket(served.url)
  await second.start(member.token)
  await second.ask({ type: 'conversation.watch', conversationId })
  for (const client of [visitorClient, agentClient])
    expect(await client.next('message.created')).toMatchObject({ seq: 1, parts: [{ text: 'unheard' }] })
  expect(await agentClient.next('message.read')).toMatchObject({ reader: 'visitor', upToSeq: 1 })
})
