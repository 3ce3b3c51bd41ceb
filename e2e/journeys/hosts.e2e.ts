import { ChatServer } from '../harness/chat-server.js'
import { HOSTS } from '../harness/hosts.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { allowOrigin, createTestDatabase } from '../harness/test-database.js'
import { WidgetModel } from '../models/widget.js'

let server: ChatServer
let databaseUrl: string
test.beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  server = await ChatServer.launch({ DATABASE_URL: databaseUrl })
})
test.afterAll(() => server?.dispose())

for (const [name, startHost] of Object.entries(HOSTS))
  test(`a visitor of a site by ${name} converses, offline too, and in each tab apart`, async ({ browser }) => {
    const site = await startHost(server.url)
    await allowOrigin(databaseUrl, site.origin)
    const people = peopleOf(browser, server)
    const desk = await people.agent()
    const context = await browser.newContext()
    const page = await context.newPage()
    const widget = new WidgetModel(page)
    await page.goto(site.origin)
    await widget.open()

    await widget.say(`hello by ${name}`)
    await desk.openConversation(`hello by ${name}`)
    await widget.minimise()
    await desk.answer('welcome')
    await expect(widget.badge).toHaveText('1')
    await widget.open()
    await expect(widget.message('welcome')).toBeVisible()

    // What is written offline is sent once, after a reload as before it.
    await widget.loseNetwork()
    await widget.say('written offline')
    await expect(widget.deliveryOfLast()).toContainText('Waiting to be sent')
    await context.setOffline(false)
    await expect(widget.deliveryOfLast()).toContainText(/Sent|Read/)
    await page.reload()
    await widget.launcher.waitFor()
    await widget.open()
    await expect(widget.message('written offline')).toBeVisible()
    await expect(desk.bubbles).toHaveText([`hello by ${name}`, 'welcome', 'written offline'])

    // Another tab is another conversation.
    const other = new WidgetModel(await context.newPage())
    await other.page.goto(site.origin)
    await other.open()
    await other.say('in another tab')
    await expect(other.deliveryOfLast()).toContainText('Sent')
    await expect(other.message('welcome')).toHaveCount(0)
    await expect(widget.message('in another tab')).toHaveCount(0)

    await context.close()
    await people.leave()
    await site.close()
  })
