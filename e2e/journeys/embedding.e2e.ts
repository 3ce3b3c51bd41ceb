import { ChatServer } from '../harness/chat-server.js'
import { type HostSite, startHostSite } from '../harness/host-site.js'
import { scriptTag, strictPolicy, trustingPolicy } from '../harness/hosts.js'
import { watchPolicy } from '../harness/policy-violations.js'
import { snippet } from '../harness/snippet.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { allowOrigin, createTestDatabase } from '../harness/test-database.js'
import { WidgetModel } from '../models/widget.js'

const pageWith = (body: string) =>
  `<!doctype html><html lang="en"><title>A customer</title><h1>A customer's page</h1>${body}</html>`

let server: ChatServer
let databaseUrl: string
test.beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  server = await ChatServer.launch({ DATABASE_URL: databaseUrl })
})
test.afterAll(() => server?.dispose())

test('the snippet works unchanged on the page of an origin that is allowed', { tag: '@firefox' }, async ({
  browser,
}) => {
  const site: HostSite = await startHostSite(pageWith(snippet(server.url)))
  await allowOrigin(databaseUrl, site.origin)
  const page = await browser.newPage()
  await page.goto(site.origin)
  const widget = new WidgetModel(page)
  await widget.open()
  await widget.say('hello from a customer')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  const people = peopleOf(browser, server)
  const desk = await people.agent()
  await desk.openConversation('hello from a customer')
  await desk.answer('welcome')
  await expect(widget.message('welcome')).toBeVisible()
  // The snippet's own two names, and nothing else of ours, stand in the page's scope.
  expect(
    await page.evaluate(() =>
      Object.keys(window)
        .filter((name) => /chatdesk/i.test(name))
        .sort(),
    ),
  ).toEqual(['ChatDesk', 'chatdesk'])
  await page.close()
  await people.leave()
  await site.close()
})

test('the snippet is refused on the page of an origin that is not allowed', async ({ browser }) => {
  const site = await startHostSite(pageWith(snippet(server.url)))
  const page = await browser.newPage()
  await page.goto(site.origin)
  const widget = new WidgetModel(page)
  const told = page.waitForEvent('console', (message) => message.text().includes('[chatdesk] FORBIDDEN_ORIGIN'))
  const refused = page.waitForResponse((response) => response.url().endsWith('/api/widget/init') && !response.ok())
  await widget.open()
  expect(await (await refused).json()).toMatchObject({ error: { code: 'FORBIDDEN_ORIGIN' } })
  await expect(widget.banner).toContainText('not set up for this website')
  await told
  await widget.say('nobody may read this')
  await expect(widget.deliveryOfLast()).not.toContainText(/Sent|Read/)
  await page.close()
  await site.close()
})

const byNonce = () =>
  snippet(server.url, ' nonce="abc"').replace("widgetKey: 'wk_demo',", "widgetKey: 'wk_demo', styleNonce: 'abc',")
const STRICT: Record<string, () => { policy: string; body: string }> = {
  'a strict policy': () => ({ policy: strictPolicy(server.url), body: byNonce() }),
  'Trusted Types and no policy for them': () => ({
    policy: trustingPolicy(server.url),
    body: scriptTag(server.url),
  }),
}

for (const [name, strict] of Object.entries(STRICT))
  test(`threat 21: a page with ${name} needs to name only our server and its own nonce`, { tag: '@firefox' }, async ({
    browser,
  }) => {
    const { policy, body } = strict()
    const site = await startHostSite(pageWith(body), { 'content-security-policy': policy })
    await allowOrigin(databaseUrl, site.origin)
    const page = await browser.newPage()
    const violations = await watchPolicy(page)
    await page.goto(site.origin)
    const widget = new WidgetModel(page)
    await widget.open()
    await widget.say('under a strict policy')
    await expect(widget.deliveryOfLast()).toContainText('Sent')
    await expect(widget.launcher).toHaveCSS('border-radius', /50%|28px|999/)
    expect(violations()).toEqual([])
    await page.close()
    await site.close()
  })

test('threat 21: a snippet that is pasted three times makes one widget', async ({ browser }) => {
  const site = await startHostSite(pageWith(snippet(server.url).repeat(3)))
  await allowOrigin(databaseUrl, site.origin)
  const page = await browser.newPage()
  await page.goto(site.origin)
  const widget = new WidgetModel(page)
  await widget.open()
  await expect(widget.launcher).toHaveCount(1)
  await widget.say('pasted three times')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  await page.close()
  await site.close()
})
