import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS, type TestClient } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  await client.next('heartbeat')
}
const typingOf = (client: TestClient) =>
  client.frames.flatMap((frame) => (frame.type === 'typing.changed' ? [frame.active] : []))

describe.each(CONNECTS)('typing over %s', (_name, connect) => {
  const scene = async (role: 'agent' | 'client_user' = 'agent') => {
    const clock = createManualClock()
    served = await serveRealtime({ clock })
    const visitor = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(visitor.actor)
    const member = served.backend.addMember({ role })
    const visitorClient = await connect(served.url)
    await visitorClient.start(visitor.token)
    const agentClient = await connect(served.url)
    await agentClient.start(member.token)
    await agentClient.ask({ type: 'conversation.watch', conversationId })
    return { clock, conversationId, visitorClient, agentClient, visitor, member }
  }

  it('[Y1] tells the other side who types, and that it stopped; never its author, on no connection', async () => {
    const { conversationId, visitorClient, agentClient, member } = await scene()
    const secondTab = await connect(served.url)
    await secondTab.start(member.token)
    await secondTab.ask({ type: 'conversation.watch', conversationId })
    agentClient.send({ type: 'typing.set', conversationId, active: true })
    expect(await visitorClient.next('typing.changed')).toEqual({
      type: 'typing.changed',
      conversationId,
      author: { kind: 'agent', id: member.actor.memberId, name: 'Asha' },
      active: true,
    })
    agentClient.send({ type: 'typing.set', conversationId, active: false })
    expect(await visitorClient.next('typing.changed')).toMatchObject({ active: false })
    for (const client of [agentClient, secondTab]) {
      await settle(client)
      expect(typingOf(client)).toEqual([])
    }
  })

  it("[Y1] ends by the server's clock 6 seconds after it was last said", async () => {
    const { clock, conversationId, visitorClient, agentClient } = await scene()
    visitorClient.send({ type: 'typing.set', conversationId, active: true })
    await agentClient.next('typing.changed')
    clock.advance(3000)
    visitorClient.send({ type: 'typing.set', conversationId, active: true })
    await agentClient.next('typing.changed')
    clock.advance(5999)
    await settle(agentClient)
    expect(typingOf(agentClient)).toEqual([true, true])
    clock.advance(1)
    expect(await agentClient.next('typing.changed')).toMatchObject({ active: false, author: { kind: 'visitor' } })
  })

  it('[Y1] ends with a message of its author, and not with one of its connections', async () => {
    const { conversationId, visitorClient, agentClient } = await scene()
    visitorClient.send({ type: 'typing.set', conversationId, active: true })
    await agentClient.next('typing.changed')
    const clientMessageId = randomUUID()
    await visitorClient.ask({
      type: 'message.send',
      conversationId,
      clientMessageId,
      parts: [{ type: 'text', text: 'done' }],
    })
    expect(await agentClient.next('typing.changed')).toMatchObject({ active: false })
    visitorClient.send({ type: 'typing.set', conversationId, active: true })
    expect(await agentClient.next('typing.changed')).toMatchObject({ active: true })
    visitorClient.close()
    await visitorClient.closed
    await settle(agentClient)
    expect(typingOf(agentClient)).toEqual([true, false, true])
  })

  it('threat 86: a spoofed sign is ignored: of a foreign conversation, with a foreign author, of a reader', async () => {
    const { conversationId, visitorClient, agentClient } = await scene('client_user')
    const stranger = await connect(served.url)
    await stranger.start(served.backend.addVisitor().token)
    stranger.send({ type: 'typing.set', conversationId, active: true })
    agentClient.send({ type: 'typing.set', conversationId, active: true })
    for (const client of [stranger, agentClient, visitorClient]) await settle(client)
    expect(typingOf(visitorClient)).toEqual([])
    visitorClient.send({ type: 'typing.set', conversationId, active: true, author: { kind: 'agent', name: 'Asha' } })
    expect(await agentClient.next('typing.changed')).toMatchObject({ author: { kind: 'visitor' } })
    expect(typingOf(agentClient)).toEqual([true])
  })

  it("[N3] a visitor's typing is a sign of it, told once for each event; an agent's is none", async () => {
    const { conversationId, visitorClient, agentClient, visitor } = await scene()
    const type = async (client: TestClient) => {
      client.send({ type: 'typing.set', conversationId, active: true })
      client.send({ type: 'typing.set', conversationId, active: false })
      await settle(client)
    }
    await type(agentClient)
    expect(served.backend.signs).toEqual([])
    await type(visitorClient)
    await type(visitorClient)
    expect(served.backend.signs).toEqual([conversationId])
    await served.backend.appendMessage(visitor.actor, { conversationId, clientMessageId: randomUUID(), parts: [] })
    await type(visitorClient)
    expect(served.backend.signs).toEqual([conversationId, conversationId])
  })

  it('[N3] [N1] so is that the visitor is active again; not that it is inactive, nor what an agent says', async () => {
    const { conversationId, visitorClient, agentClient } = await scene()
    visitorClient.send({ type: 'activity.set', active: false })
    agentClient.send({ type: 'activity.set', active: true })
    for (const client of [visitorClient, agentClient]) await settle(client)
    expect(served.backend.signs).toEqual([])
    visitorClient.send({ type: 'activity.set', active: true })
    await settle(visitorClient)
    expect(served.backend.signs).toEqual([conversationId])
  })

  it('drops signs above their rate', async () => {
    const { conversationId, visitorClient, agentClient } = await scene()
    for (let sent = 0; sent < 30; sent += 1)
      visitorClient.send({ type: 'typing.set', conversationId, active: sent % 2 === 0 })
    await settle(visitorClient)
    await settle(agentClient)
    expect(typingOf(agentClient)).toHaveLength(10)
  })
})
