import { type Author, type ClientFrame, textOf } from '@chatdesk/protocol'
import { afterEach, expect, it } from 'vitest'
import type { AgentConversation } from '../agent-client.js'
import { createMemoryStorage } from '../storage/memory-storage.js'
import { createTestAgent, createTestServer, manualClock, serverId, settle } from '../testing/index.js'

const RAVI: Author = { kind: 'agent', id: serverId(0xa2), name: 'Ravi' }
const open: { dispose(): Promise<void> }[] = []
afterEach(async () => {
  for (const client of open.splice(0)) await client.dispose()
})

/** One conversation with a question, and an agent who has read it. */
async function setUp() {
  const clock = manualClock()
  const server = createTestServer({ clock })
  const storage = createMemoryStorage()
  const log = server.startConversation()
  server.visitorSays('Hello?')
  const load = async () => {
    const { client } = createTestAgent({ clock, server, storage })
    open.push(client)
    await client.start()
    const conversation = client.openConversation(log.id)
    await settle()
    return { client, conversation }
  }
  /** A colleague answers; unless `told`, this agent's connection does not say so yet. */
  const raviSays = (text: string, told = true) => {
    const { appended } = log.append({ author: RAVI, parts: [{ type: 'text', text }] })
    if (told) for (const event of appended) server.push(event)
  }
  const sends = () =>
    server.received.filter(
      (frame): frame is Extract<ClientFrame, { type: 'message.send' }> => frame.type === 'message.send',
    )
  return { clock, server, log, load, raviSays, sends }
}

const texts = (conversation: AgentConversation) =>
  conversation.$timeline
    .get()
    .flatMap((entry) => (entry.type === 'message' ? [`${textOf(entry.parts)}:${entry.delivery}`] : []))
const errors = (conversation: AgentConversation) =>
  conversation.$timeline.get().flatMap((entry) => (entry.type === 'message' && entry.error ? [entry.error.code] : []))

it('[C20] says with each message how far its author had been shown the log', async () => {
  const { load, server, sends } = await setUp()
  const { conversation } = await load()
  await conversation.sendMessage('one')
  server.visitorSays('and?')
  await settle()
  await conversation.sendMessage('two')
  expect(sends().map(({ seenSeq }) => seenSeq)).toEqual([1, 4])
})

it('[C19] [C20] keeps what a colleague has overtaken, and sends it again from what is shown by then', async () => {
  const { load, server, raviSays, sends, log } = await setUp()
  const { conversation } = await load()
  raviSays('I was faster', false)
  await expect(conversation.sendMessage('mine')).rejects.toMatchObject({ code: 'OVERTAKEN' })
  expect(errors(conversation)).toEqual(['OVERTAKEN'])
  server.heartbeat()
  await settle()
  expect(texts(conversation)).toEqual(['Hello?:sent', 'I was faster:sent', 'mine:failed'])
  const key = conversation.$timeline.get().at(-1)?.key as string
  await conversation.retryMessage(key)
  expect(sends().map(({ seenSeq, clientMessageId }) => [seenSeq, clientMessageId])).toEqual([
    [1, key],
    [3, key],
  ])
  expect(log.events.at(-1)).toMatchObject({ parts: [{ text: 'mine' }] })
})

it('[C20] [C22] says after a reload what was shown before it, and keeps what was refused', async () => {
  const { load, server, raviSays, sends, clock } = await setUp()
  const before = await load()
  server.setReachable(false)
  await settle()
  before.conversation.sendMessage('written without a network')
  await settle()
  await before.client.dispose()
  raviSays('meanwhile', false)
  server.setReachable(true)
  await clock.advance(1_000)
  const after = await load()
  expect(sends().map(({ seenSeq }) => seenSeq)).toEqual([1])
  expect(texts(after.conversation)).toEqual(['Hello?:sent', 'meanwhile:sent', 'written without a network:failed'])
  await after.client.dispose()
  const again = await load()
  expect(texts(again.conversation).at(-1)).toBe('written without a network:failed')
  expect(errors(again.conversation)).toEqual(['OVERTAKEN'])
  await again.conversation.discardMessage(again.conversation.$timeline.get().at(-1)?.key as string)
  expect(texts(again.conversation)).toHaveLength(2)
})

it('[C21] knows which colleagues watch, until the connection is lost', async () => {
  const { load, server, log } = await setUp()
  const { conversation } = await load()
  expect(conversation.$viewers.get()).toEqual([])
  const viewers = [{ id: RAVI.id as string, name: 'Ravi' }]
  server.push({ type: 'conversation.viewers', conversationId: log.id, viewers })
  server.push({ type: 'conversation.viewers', conversationId: serverId(77), viewers: [] })
  await settle()
  expect(conversation.$viewers.get()).toEqual(viewers)
  server.setReachable(false)
  await settle()
  expect(conversation.$viewers.get()).toEqual([])
})
