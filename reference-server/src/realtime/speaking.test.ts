import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createMemoryHintBus } from '../nodes/testing/memory-hint-bus.js'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS, connectWebSocket, type TestClient } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  await client.next('heartbeat')
}
const signsOf = (client: TestClient) =>
  client.frames.flatMap((frame) =>
    frame.type === 'typing.changed' ? [frame.active ? (frame.draft ?? 'types') : 'ended'] : [],
  )

async function scene(connect = connectWebSocket) {
  const [clock, hints] = [createManualClock(), createMemoryHintBus()]
  served = await serveRealtime({ clock, hints, heartbeatMs: 3_600_000 })
  const visitor = served.backend.addVisitor()
  const conversationId = await served.backend.addConversation(visitor.actor)
  const visitorClient = await connect(served.url)
  await visitorClient.start(visitor.token)
  const { organizationId } = visitor.actor
  const place = {
    organizationId,
    conversationId,
    author: { kind: 'assistant' as const, id: randomUUID(), name: 'Acme' },
    afterSeq: 1,
  }
  return { clock, hints, visitor, conversationId, visitorClient, place }
}

describe.each(CONNECTS)('the assistant writes, over %s', (_name, connect) => {
  it('[B7] from its beginning to its end, said again before it runs out', async () => {
    const { clock, visitorClient, place } = await scene(connect)
    const speaking = served.realtime.speak(place)
    clock.advance(3_000)
    clock.advance(3_000)
    clock.advance(3_000)
    speaking.end()
    speaking.end()
    await settle(visitorClient)
    expect(signsOf(visitorClient)).toEqual(['types', 'types', 'types', 'types', 'ended'])
  })

  it('[B7] each frame has all the words, and those that come fast come together', async () => {
    const { clock, visitorClient, place, conversationId } = await scene(connect)
    const speaking = served.realtime.speak(place)
    for (const words of ['One.', 'One. Two.', 'One. Two. Three.']) speaking.say(words)
    clock.advance(49)
    await settle(visitorClient)
    expect(signsOf(visitorClient)).toEqual(['types', 'One.'])
    clock.advance(1)
    await settle(visitorClient)
    expect(signsOf(visitorClient)).toEqual(['types', 'One.', 'One. Two. Three.'])
    expect(visitorClient.frames.at(-2)).toEqual({
      ...{ type: 'typing.changed', conversationId, author: place.author, active: true },
      draft: 'One. Two. Three.',
    })
  })
})

describe('what the assistant writes', () => {
  it('[B7] is shown to whoever comes later, with the next sign', async () => {
    const { clock, visitor, place } = await scene()
    served.realtime.speak(place).say('One.')
    const late = await connectWebSocket(served.url)
    await late.start(visitor.token)
    clock.advance(3_000)
    await settle(late)
    expect(signsOf(late)).toEqual(['One.'])
  })

  it('[B7] is shown to nobody once another event is behind it', async () => {
    const { clock, visitorClient, place, conversationId } = await scene()
    const speaking = served.realtime.speak(place)
    for (let said = 0; said <= place.afterSeq; said++)
      await visitorClient.ask({
        type: 'message.send',
        conversationId,
        clientMessageId: randomUUID(),
        parts: [{ type: 'text', text: 'And?' }],
      })
    speaking.say('One.')
    clock.advance(50)
    await settle(visitorClient)
    expect(signsOf(visitorClient)).toEqual(['types'])
  })

  it('[B7] is shown to no agent, who sees that it types', async () => {
    const { place, conversationId } = await scene()
    const agent = await connectWebSocket(served.url)
    await agent.start(served.backend.addMember().token)
    await agent.ask({ type: 'conversation.watch', conversationId })
    const speaking = served.realtime.speak(place)
    speaking.say('One.')
    speaking.end()
    await settle(agent)
    expect(signsOf(agent)).toEqual(['types', 'ended'])
  })

  it('[B7] ends no poll with each word', async () => {
    const { visitor, place } = await scene()
    const start = {
      type: 'session.start',
      commandId: randomUUID(),
      protocolVersion: 1,
      token: visitor.token,
      cursors: [],
    }
    const poll = async (seen: string) => {
      const response = await fetch(`${served.url}/poll?seen=${seen}`, { method: 'POST', body: JSON.stringify(start) })
      return (await response.text()).split('\n')
    }
    const [seen = ''] = await poll('')
    const answer = poll(seen)
    await expect.poll(() => served.realtime.connections).toBe(2)
    const speaking = served.realtime.speak(place)
    speaking.say('One.')
    const [, ...frames] = await answer
    expect(frames.map((text) => JSON.parse(text)).filter(({ type }) => type === 'typing.changed')).toEqual([
      expect.not.objectContaining({ draft: expect.anything() }),
    ])
  })

  it('is not shown for ever, whatever becomes of the turn', async () => {
    const { clock, visitorClient, place } = await scene()
    served.realtime.speak(place)
    for (let second = 0; second < 60; second++) clock.advance(1_000)
    await settle(visitorClient)
    expect(signsOf(visitorClient).at(-1)).toBe('ended')
    expect(clock.pending).toBeLessThan(10)
  })

  it('[B7] is told to the other nodes, which show it', async () => {
    const { hints, visitorClient, place } = await scene()
    const { afterSeq, ...where } = place
    const elsewhere = { type: 'typing.changed' as const, ...where, active: true }
    hints.deliver({ ...elsewhere, draft: { afterSeq, text: 'One.' } })
    await settle(visitorClient)
    expect(signsOf(visitorClient)).toEqual(['One.'])
    served.realtime.speak(place).say('Two.')
    expect(hints.published.at(-1)).toEqual({ ...elsewhere, draft: { afterSeq, text: 'Two.' } })
  })
})
