import { textOf } from '@chatdesk/protocol'
import { afterEach, expect, it } from 'vitest'
import type { AgentClientOptions, AgentConversation } from '../agent-client.js'
import { createMemoryStorage } from '../storage/memory-storage.js'
import { createTestAgent, createTestServer, manualClock, settle } from '../testing/index.js'

const open: { dispose(): Promise<void> }[] = []
afterEach(async () => {
  for (const client of open.splice(0)) await client.dispose()
})

/** A browser with tabs, of which the test says which are alive. */
function setUp() {
  const clock = manualClock()
  const server = createTestServer({ clock })
  const storage = createMemoryStorage()
  const keys = new Set<string>()
  const kept = {
    ...storage,
    set(key: string, value: string) {
      keys.add(key)
      return storage.set(key, value)
    },
    remove(key: string) {
      keys.delete(key)
      return storage.remove(key)
    },
  }
  const alive = new Set<string>()
  const otherTabs = {
    keys: () => [...keys],
    async whileGone(tabId: string, run: () => Promise<void>) {
      if (!alive.has(tabId)) await run()
    },
  }
  const wakes = new Set<() => void>()
  const log = server.startConversation()
  const load = async (tabId: string, over: Partial<AgentClientOptions> = {}) => {
    alive.add(tabId)
    const onWake = (wake: () => void) => {
      wakes.add(wake)
      return () => void wakes.delete(wake)
    }
    const { client } = createTestAgent({
      clock,
      server,
      storage: kept,
      otherTabs,
      tabId,
      wakeSignals: { onWake },
      ...over,
    })
    open.push(client)
    const started = client.start()
    started.catch(() => {})
    await settle()
    return client
  }
  /** A tab writes without a network, and ends. */
  const leave = async (tabId: string, words: string, over: Partial<AgentClientOptions> = {}) => {
    const client = await load(tabId, over)
    const conversation = client.openConversation(log.id)
    await settle()
    server.setReachable(false)
    await settle()
    for (const text of words.split(', ')) conversation.sendMessage(text)
    await settle()
    await client.dispose()
    alive.delete(tabId)
    server.setReachable(true)
  }
  const wake = async () => {
    for (const one of wakes) one()
    await clock.advance(1_000)
    await settle()
  }
  const said = () => log.events.flatMap((event) => (event.type === 'message.created' ? [textOf(event.parts)] : []))
  return { clock, server, log, keys, alive, load, leave, wake, said, storage }
}

const texts = (conversation: AgentConversation) =>
  conversation.$timeline
    .get()
    .flatMap((entry) => (entry.type === 'message' ? [`${textOf(entry.parts)}:${entry.delivery}`] : []))

it('[C22] sends once and in order what a tab that is gone has left, and nothing is left of it', async () => {
  const { load, leave, said, keys } = setUp()
  await leave('tab-1', 'one, two')
  expect([...keys].map((key) => key.split('/').at(-1))).toEqual(['tab-1'])
  const client = await load('tab-2')
  await settle()
  expect(said()).toEqual(['one', 'two'])
  expect(await client.countUnsent()).toBe(0)
  expect([...keys]).toEqual([])
})

it('[C22] takes over when a tab goes while this one is open, and shows it where the conversation is open', async () => {
  const { load, leave, wake, said, log } = setUp()
  const client = await load('tab-2')
  const conversation = client.openConversation(log.id)
  await leave('tab-1', 'left behind')
  await wake()
  expect(said()).toEqual(['left behind'])
  expect(texts(conversation)).toEqual(['left behind:sent'])
})

it('[C22] leaves a tab that is alive its own', async () => {
  const { load, leave, said, alive, keys } = setUp()
  await leave('tab-1', 'mine')
  alive.add('tab-1')
  const client = await load('tab-2')
  expect(said()).toEqual([])
  expect(keys.size).toBe(1)
  expect(await client.countUnsent()).toBe(1)
})

it('[C22] shows and sends nothing of another account', async () => {
  const { load, leave, said, keys } = setUp()
  await leave('tab-1', 'of Acme', { account: 'acme/asha' })
  for (const account of ['acme/ashanti', 'beta/asha']) {
    const client = await load('tab-2', { account })
    expect(await client.countUnsent()).toBe(0)
    await client.forgetUnsent()
    await client.dispose()
  }
  expect(said()).toEqual([])
  expect(keys.size).toBe(1)
  await load('tab-3', { account: 'acme/asha' })
  expect(said()).toEqual(['of Acme'])
})

it('[C22] keeps what was refused in a tab that is gone for when its conversation is opened', async () => {
  const { load, leave, said, log, server, keys, storage } = setUp()
  await leave('tab-1', 'refused')
  const [key] = [...keys] as [string]
  const text = (await storage.get(key)) as string
  await storage.set(key, text.replace('"delivery":"queued"', '"delivery":"failed","error":{"code":"OVERTAKEN"}'))
  const client = await load('tab-2')
  expect(said()).toEqual([])
  expect(await client.countUnsent()).toBe(1)
  await client.dispose()
  const after = await load('tab-2')
  const conversation = after.openConversation(log.id)
  await settle()
  expect(texts(conversation)).toEqual(['refused:failed'])
  expect(server.received.filter(({ type }) => type === 'message.send')).toEqual([])
})

it('[C22] counts what is unsent in all tabs, and leaves nothing of it when it is given up', async () => {
  const { load, leave, said, log, server, alive, keys } = setUp()
  await leave('tab-1', 'elsewhere')
  alive.add('tab-1')
  const client = await load('tab-2')
  const conversation = client.openConversation(log.id)
  await settle()
  server.setReachable(false)
  await settle()
  conversation.sendMessage('here')
  await settle()
  expect(await client.countUnsent()).toBe(2)
  await client.forgetUnsent()
  expect(await client.countUnsent()).toBe(0)
  expect([...keys]).toEqual([])
  expect(texts(conversation)).toEqual([])
  server.setReachable(true)
  await settle()
  expect(said()).toEqual([])
})

it('[C22] takes nothing away that cannot be kept here: what is taken twice is sent once', async () => {
  const { load, leave, said, keys, storage } = setUp()
  await leave('tab-1', 'precious')
  const full = { ...storage, set: () => Promise.reject(new Error('full')) }
  const client = await load('tab-2', { storage: full })
  expect(said()).toEqual(['precious'])
  expect(keys.size).toBe(1)
  await client.dispose()
  await load('tab-3')
  expect(said()).toEqual(['precious'])
  expect(keys.size).toBe(0)
})

it('says that other tabs cannot be looked at, and goes on', async () => {
  const { load, wake } = setUp()
  const keys = () => Promise.reject(new Error('denied'))
  const client = await load('tab-1', { otherTabs: { keys, whileGone: async () => {} } })
  const errors: string[] = []
  client.on('error', ({ message }) => errors.push(message))
  await wake()
  expect(errors).toEqual(['What other tabs have left cannot be read.'])
})
