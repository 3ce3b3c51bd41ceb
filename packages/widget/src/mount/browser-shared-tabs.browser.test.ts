import { createTestServer, type TestServer } from '@chatdesk/core/testing'
import { textOf } from '@chatdesk/protocol'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { openSharedPage, type SharedPage } from '../testing/shared-page.js'

let server: TestServer
let pages: SharedPage[] = []
beforeEach(() => {
  server = createTestServer({ settings: { tabs: 'shared' } })
})
afterEach(() => {
  for (const page of pages) page.kill()
  pages = []
})

async function open(options: { withoutLocks?: boolean } = {}): Promise<SharedPage> {
  const page = await openSharedPage(server, { tabId: `tab-0000000${pages.length}`, ...options })
  pages.push(page)
  return page
}

const texts = ({ client }: SharedPage) =>
  client.$timeline.get().flatMap((entry) => (entry.type === 'message' ? textOf(entry.parts) : []))
const sockets = () => pages.reduce((sum, page) => sum + page.sockets, 0)
const showAll = (expected: readonly string[]) =>
  expect.poll(() => pages.map((page) => texts(page))).toEqual(pages.map(() => expected))
/** What is held of our locks, and waited for, in the whole browser. */
async function locks(): Promise<[held: number, waiting: number]> {
  const { held = [], pending = [] } = await navigator.locks.query()
  const count = (list: readonly LockInfo[]) => list.filter(({ name }) => name?.startsWith('chatdesk_wk_demo/1/')).length
  return [count(held), count(pending)]
}

it('pages with a real lock and a real channel hold one connection, and each shows what any of them says', async () => {
  const [leader, follower] = [await open(), await open(), await open()]
  expect(pages.map((page) => page.sockets)).toEqual([1, 0, 0])
  await follower?.client.sendMessage('from one that follows')
  await leader?.client.sendMessage('from the one that leads')
  server.agentSays('to all')
  await showAll(['from one that follows', 'from the one that leads', 'to all'])
  expect(sockets()).toBe(1)
  expect(await locks()).toEqual([1, 2])
})

it('the page with the lock is taken away: another one takes over, and nothing is missed', async () => {
  await Promise.all([open(), open()])
  await open()
  await pages[2]?.client.sendMessage('before')
  await showAll(['before'])
  const leader = pages.find((page) => page.sockets === 1) as SharedPage
  pages = pages.filter((page) => page !== leader)
  leader.kill()
  server.agentSays('while nobody listens')
  await expect.poll(sockets).toBe(1)
  server.agentSays('afterwards')
  await showAll(['before', 'while nobody listens', 'afterwards'])
  expect(await locks()).toEqual([1, 1])
})

it('a page that is put away holds no lock and waits for none, which would cost it the way back, and follows when it is back', async () => {
  const [leader, follower] = [await open(), await open()]
  await leader.client.sendMessage('before')
  await showAll(['before'])
  follower.fire('pagehide')
  await expect.poll(locks).toEqual([1, 0])
  leader.fire('pagehide')
  await expect.poll(locks).toEqual([0, 0])
  server.agentSays('meanwhile')
  follower.fire('pageshow')
  await expect.poll(() => [leader.sockets, follower.sockets]).toEqual([0, 1])
  leader.fire('pageshow')
  await showAll(['before', 'meanwhile'])
  await expect.poll(locks).toEqual([1, 1])
  expect([leader.sockets, follower.sockets]).toEqual([0, 1])
})

it('where the browser has no locks, each page has a connection of its own', async () => {
  const [one, other] = [await open({ withoutLocks: true }), await open({ withoutLocks: true })]
  await one.client.sendMessage('hello')
  expect([one.sockets, other.sockets]).toEqual([1, 1])
  expect(await locks()).toEqual([0, 0])
})

it('[S12] where the server says isolated, no lock is asked for', async () => {
  server = createTestServer({ settings: { tabs: 'isolated' } })
  await open()
  await open()
  expect(pages.map((page) => page.sockets)).toEqual([1, 1])
  expect(await locks()).toEqual([0, 0])
})
