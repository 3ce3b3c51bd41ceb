import { randomUUID } from 'node:crypto'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS, type TestClient } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

/** Every frame that was sent before has come. */
const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  await client.next('heartbeat')
}

describe.each(CONNECTS)('the inbox over %s', (_name, connect) => {
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

  it('[I1] subscribes before it answers, and sends changed rows, several changes as one', async () => {
    const clock = createManualClock()
    const { visitor, conversationId, agentClient } = await scene(1, { clock })
    const { loadInbox, loadSummaries } = served.backend
    const asked: string[][] = []
    served.backend.loadSummaries = async (organizationId, ids) => {
      asked.push([...ids])
      return await loadSummaries(organizationId, ids)
    }
    const append = () =>
      served.backend.appendMessage(visitor.actor, {
        conversationId,
        clientMessageId: randomUUID(),
        parts: [{ type: 'text', text: 'x' }],
      })
    served.backend.loadInbox = async (...input) => {
      const page = await loadInbox(...input)
      await append()
      return page
    }
    expect(await agentClient.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({
      type: 'inbox.page',
      conversations: [{ id: conversationId, version: 2 }],
    })
    await append()
    await append()
    clock.advance(0)
    expect(await agentClient.next('inbox.changed')).toMatchObject({
      conversation: { version: 5, headSeq: 4, unread: 4 },
    })
    await append()
    clock.advance(99)
    expect(asked).toEqual([[conversationId]])
    clock.advance(1)
    expect(await agentClient.next('inbox.changed')).toMatchObject({ conversation: { version: 6 } })
    expect(asked).toEqual([[conversationId], [conversationId]])
  })

  it('[I1] refuses a visitor, and sends no row of another organization', async () => {
    const { visitorClient, agentClient } = await scene()
    expect(await visitorClient.ask({ type: 'inbox.load', limit: 1 })).toMatchObject({ error: { code: 'FORBIDDEN' } })
    await agentClient.ask({ type: 'inbox.load', limit: 10 })
    const foreign = served.backend.addVisitor({ organizationId: randomUUID() })
    await served.backend.addConversation(foreign.actor, 1)
    const own = await served.backend.addConversation(served.backend.addVisitor().actor, 1)
    expect(await agentClient.next('inbox.changed')).toMatchObject({ conversation: { id: own } })
    await settle(agentClient)
    expect(agentClient.frames.filter(({ type }) => type === 'inbox.changed')).toHaveLength(1)
  })

  it('reads no inbox rows when nobody is there to be sent them', async () => {
    const clock = createManualClock()
    const { visitor, conversationId, agentClient } = await scene(0, { clock })
    let asked = 0
    served.backend.loadSummaries = async () => {
      asked += 1
      return []
    }
    const touch = async () => {
      await served.backend.appendMessage(visitor.actor, {
        conversationId,
        clientMessageId: randomUUID(),
        parts: [{ type: 'text', text: 'x' }],
      })
      clock.advance(100)
    }
    await touch()
    expect(asked).toBe(0)
    await agentClient.ask({ type: 'inbox.load', limit: 10 })
    await touch()
    expect(asked).toBe(1)
    agentClient.close()
    const askedByTouch = async () => {
      const before = asked
      await touch()
      return asked - before
    }
    await expect.poll(askedByTouch).toBe(0)
  })
})
