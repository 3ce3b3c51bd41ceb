import type { Browser } from '@playwright/test'
import pg from 'pg'
import { ChatServer } from '../harness/chat-server.js'
import { type HostSite, startHostSite } from '../harness/host-site.js'
import { HOSTS, scriptTag, strictPolicy, trustingPolicy } from '../harness/hosts.js'
import { snippet } from '../harness/snippet.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { allowOrigin, createTestDatabase } from '../harness/test-database.js'
import { chooseFromMenu } from '../models/menu.js'
import { PopoutModel } from '../models/popout.js'
import { WidgetModel } from '../models/widget.js'

let server: ChatServer
let databaseUrl: string

test.beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  server = await ChatServer.launch({ DATABASE_URL: databaseUrl })
  const client = new pg.Client(databaseUrl)
  await client.connect()
  // As an administrator will.
  await client.query(`update widgets set settings = settings || '{"tabs":"shared"}' where key = 'wk_demo'`)
  await client.end()
})
test.afterAll(() => server?.dispose())

const pageWith = (body: string) => `<!doctype html><html lang="en"><title>A site</title><h1>A site</h1>${body}</html>`

/** A visitor on a site, who has said something, and what their page is told of its policy. */
async function visit(browser: Browser, site: HostSite, words: string) {
  await allowOrigin(databaseUrl, site.origin)
  const context = await browser.newContext()
  const page = await context.newPage()
  const violations: string[] = []
  context.on('console', (message) => {
    if (/content security policy|trusted/i.test(message.text()) && !message.text().includes('favicon'))
      violations.push(message.text())
  })
  await page.goto(site.origin)
  const widget = new WidgetModel(page)
  await widget.open()
  await widget.say(words)
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  return { context, page, widget, violations }
}

for (const [name, startHost] of Object.entries({ snippet: HOSTS.snippet, npm: HOSTS.npm }))
  test(`[C7] a window of its own goes on with the conversation of a site by ${name}, also without the page`, async ({
    browser,
  }) => {
    if (!startHost) throw new Error('no such host')
    const site = await startHost(server.url)
    const people = peopleOf(browser, server)
    const { context, page, widget } = await visit(browser, site, `asked on the page by ${name}`)
    const desk = await people.agent()
    await desk.openConversation(`asked on the page by ${name}`)

    const popout = await PopoutModel.openFrom(widget)
    await expect(popout.widget.message(`asked on the page by ${name}`)).toBeVisible()
    expect(await popout.address()).toBe(`${site.origin}/`)
    expect(await popout.violations()).toEqual([])
    await expect(popout.widget.input).toBeFocused()
    expect(await popout.colors()).toEqual([expect.stringMatching(/^rgb\(/)])
    await popout.widget.say('written in the window')
    await widget.open()
    await expect(widget.message('written in the window')).toBeVisible()
    await widget.say('written on the page')
    await expect(popout.widget.message('written on the page')).toBeVisible()

    // Whoever asks for it again gets the same one.
    await chooseFromMenu(page, 'Open in a window')
    await expect(widget.panel).toBeHidden()
    expect(context.pages()).toHaveLength(2)

    await page.goto('about:blank')
    await desk.answer('answered without the page')
    await expect(popout.widget.message('answered without the page')).toBeVisible()
    await popout.widget.say('and gone on')
    await expect(popout.widget.deliveryOfLast()).toContainText(/Sent|Read/)
    await expect(desk.bubbles).toHaveText([
      `asked on the page by ${name}`,
      'written in the window',
      'written on the page',
      'answered without the page',
      'and gone on',
    ])

    // Reloaded it would be empty; the page has what was said in it.
    const closed = popout.page.waitForEvent('close')
    await popout.page.reload().catch(() => {})
    await closed
    await page.goto(site.origin)
    await widget.open()
    await expect(widget.message('and gone on')).toBeVisible()
    await context.close()
    await people.leave()
    await site.close()
  })

const STRICT: Record<string, () => [policy: string, body: string]> = {
  'a strict policy': () => [
    strictPolicy(server.url),
    snippet(server.url, ' nonce="abc"').replace("widgetKey: 'wk_demo',", "widgetKey: 'wk_demo', styleNonce: 'abc',"),
  ],
  'Trusted Types that allow the policy chatdesk': () => [
    trustingPolicy(server.url).replace("trusted-types 'none'", 'trusted-types chatdesk'),
    scriptTag(server.url),
  ],
}

for (const [name, strict] of Object.entries(STRICT))
  test(`threat 21: a page with ${name} has a window under the same policy`, async ({ browser }) => {
    const [policy, body] = strict()
    const site = await startHostSite(pageWith(body), { 'content-security-policy': policy })
    const { context, widget, violations } = await visit(browser, site, 'under a strict policy')
    const popout = await PopoutModel.openFrom(widget)
    await popout.widget.say('in a window under it')
    await expect(popout.widget.deliveryOfLast()).toContainText('Sent')
    await expect(popout.widget.panel).toHaveCSS('display', 'flex')
    expect(violations).toEqual([])
    const outcome = await popout.page.evaluate(async () => {
      const script = document.createElement('script')
      const blocked = new Promise((resolve) => document.addEventListener('securitypolicyviolation', resolve))
      script.nonce = 'another'
      try {
        script.textContent = 'window.ran = true'
        document.head.append(script)
        await blocked
      } catch {
        // Trusted Types refuse the text before the policy is asked.
      }
      return 'ran' in window
    })
    expect(outcome).toBe(false)
    await context.close()
    await site.close()
  })

const REFUSALS: Record<string, { policy?: () => string; body: () => string; blocked?: boolean }> = {
  'the browser opens no window': { body: () => snippet(server.url), blocked: true },
  'the page allows no policy of Trusted Types': {
    policy: () => trustingPolicy(server.url),
    body: () => scriptTag(server.url),
  },
}

for (const [name, { policy, body, blocked }] of Object.entries(REFUSALS))
  test(`where ${name}, the panel stays and the command says why`, async ({ browser }) => {
    const site = await startHostSite(pageWith(body()), policy ? { 'content-security-policy': policy() } : {})
    const { context, page, widget } = await visit(browser, site, 'asked on the page')
    if (blocked)
      await page.evaluate(() => {
        window.open = () => null
      })
    const code = await page.evaluate('chatdesk("popout").catch(({ code }) => code)')
    expect(code).toBe('FORBIDDEN')
    await expect.poll(() => context.pages().length).toBe(1)
    await expect(widget.panel).toBeVisible()
    await context.close()
    await site.close()
  })
