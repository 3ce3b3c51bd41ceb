import type { BrowserContext, Page } from '@playwright/test'
import pg from 'pg'
import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { createTestDatabase } from '../harness/test-database.js'
import { DemoSiteModel } from '../models/demo-site.js'

let server: ChatServer
let databaseUrl: string

async function query(text: string): Promise<void> {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query(text)
  await client.end()
}

test.beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  server = await ChatServer.launch({ DATABASE_URL: databaseUrl })
  // As an administrator will.
  await query(`update widgets set settings = settings || '{"tabs":"shared"}' where key = 'wk_demo'`)
})
test.afterAll(() => server?.dispose())

/** One tab with the chat open, and the WebSockets that it holds. */
class Tab extends DemoSiteModel {
  readonly sockets = new Set<unknown>()

  constructor(page: Page) {
    super(page, server.url)
    page.on('websocket', (socket) => {
      this.sockets.add(socket)
      socket.on('close', () => this.sockets.delete(socket))
    })
  }

  static async open(context: BrowserContext): Promise<Tab> {
    const tab = new Tab(await context.newPage())
    await tab.visit()
    await tab.widget.open()
    return tab
  }

  /** As when its process dies: nothing of the page runs any more. */
  async crash(): Promise<void> {
    const session = await this.page.context().newCDPSession(this.page)
    const crashed = this.page.waitForEvent('crash')
    void session.send('Page.crash').catch(() => {})
    await crashed
    this.sockets.clear()
  }
}

const leadersOf = (tabs: readonly Tab[]) => tabs.filter((tab) => tab.sockets.size > 0)
const socketsOf = (tabs: readonly Tab[]) => tabs.reduce((sum, tab) => sum + tab.sockets.size, 0)

/** As many tabs of one visitor. */
async function openTabs(context: BrowserContext, count: number): Promise<Tab[]> {
  const tabs: Tab[] = []
  for (let number = 0; number < count; number += 1) tabs.push(await Tab.open(context))
  await expect.poll(() => socketsOf(tabs)).toBe(1)
  return tabs
}

/** The tab with the socket, and the others. */
function apart(tabs: readonly Tab[]): [leader: Tab, ...followers: Tab[]] {
  const [leader] = leadersOf(tabs)
  if (!leader) throw new Error('no tab leads')
  return [leader, ...tabs.filter((tab) => tab !== leader)]
}

test('[S12] [C7] eight shared tabs hold one socket, and what is said in any of them is in all, once', async ({
  browser,
}) => {
  const context = await browser.newContext()
  const people = peopleOf(browser, server)
  const tabs = await openTabs(context, 8)
  const [leader, follower, closed] = apart(tabs) as [Tab, Tab, Tab]
  await follower.widget.say('said in a tab that follows')
  for (const { widget } of tabs) await expect(widget.message('said in a tab that follows')).toHaveCount(1)
  await leader.widget.say('said in the tab that leads')
  for (const { widget } of tabs) await expect(widget.message('said in the tab that leads')).toHaveCount(1)

  const desk = await people.agent()
  await desk.openConversation('said in the tab that leads')
  await closed.widget.minimise()
  await desk.answer('answered to all of them')
  for (const { widget } of [leader, follower]) await expect(widget.message('answered to all of them')).toHaveCount(1)
  // Read where it is in view, and so read in the tab that is closed.
  await expect(closed.widget.badge).toBeEmpty()
  await desk.reply.pressSequentially('typing')
  await expect(follower.widget.typing).toBeVisible()
  await expect(desk.bubbles).toHaveText([
    'said in a tab that follows',
    'said in the tab that leads',
    'answered to all of them',
  ])
  expect(socketsOf(tabs)).toBe(1)

  // A tab that comes later shows it all at once, and holds no socket either.
  const late = await Tab.open(context)
  await expect(late.widget.bubbles.filter({ hasText: /said in|answered to/ })).toHaveCount(3)
  expect(socketsOf([...tabs, late])).toBe(1)
  await people.leave()
  await context.close()
})

for (const how of ['closed', 'crashed'] as const)
  test(`a leader that is ${how} is replaced, and what it had under way is sent once`, async ({ browser }) => {
    const context = await browser.newContext()
    const people = peopleOf(browser, server)
    // While it is held, what the leader sends gets no further than its own page; only a leader speaks by WebSocket.
    let held = false
    await context.routeWebSocket(/\/ws$/, (socket) => {
      const far = socket.connectToServer()
      socket.onMessage((text) => held || far.send(text))
    })
    const tabs = await openTabs(context, 3)
    const [leader, follower, witness] = apart(tabs) as [Tab, Tab, Tab]
    await follower.widget.say(`before it is ${how}`)
    for (const { widget } of tabs) await expect(widget.message(`before it is ${how}`)).toHaveCount(1)
    held = true
    await leader.widget.say(`under way when it is ${how}`)
    await expect(leader.widget.deliveryOfLast()).toContainText('Sending')

    if (how === 'closed') await leader.page.close()
    else await leader.crash()
    held = false
    const left = [follower, witness]
    await expect.poll(() => socketsOf(left)).toBe(1)
    for (const { widget } of left) await expect(widget.message(`under way when it is ${how}`)).toHaveCount(1)
    await follower.widget.say(`after it was ${how}`)
    for (const { widget } of left) await expect(widget.message(`after it was ${how}`)).toHaveCount(1)
    const desk = await people.agent()
    await desk.openConversation(`after it was ${how}`)
    await expect(desk.bubbles).toHaveText([`before it is ${how}`, `under way when it is ${how}`, `after it was ${how}`])
    expect(socketsOf(left)).toBe(1)
    await people.leave()
    if (how === 'closed') await context.close()
  })

test('[S12] the cookie is deleted and the session token ends: whichever tab is renewed first, all keep their visitor', async ({
  browser,
}) => {
  const context = await browser.newContext()
  const tabs = await openTabs(context, 2)
  const [leader, follower] = apart(tabs) as [Tab, Tab]
  const said = ['before the cookie is deleted']
  await leader.widget.say(said[0] as string)
  const visitor = () =>
    context.cookies().then((cookies) => cookies.find(({ name }) => name === 'chatdesk_wk_demo')?.value)
  const before = await visitor()
  for (const tab of [follower, leader]) {
    await context.clearCookies({ name: 'chatdesk_wk_demo' })
    await query('update visitor_sessions set token_hash = sha256(token_hash)')
    await tab.page.reload()
    await tab.widget.launcher.waitFor()
    await tab.widget.open()
    for (const text of said) await expect(tab.widget.message(text)).toHaveCount(1)
    said.push(`said by renewed tab ${said.length}`)
    await tab.widget.say(said.at(-1) as string)
    for (const { widget } of tabs) await expect(widget.message(said.at(-1) as string)).toHaveCount(1)
    expect(await visitor()).toBe(before)
  }
  await context.close()
})
