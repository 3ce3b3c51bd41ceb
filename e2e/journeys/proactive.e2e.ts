import type { Page } from '@playwright/test'
import { ChatServer } from '../harness/chat-server.js'
import { type HostSite, startHostSite } from '../harness/host-site.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { WidgetModel } from '../models/widget.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

const shop = (serverUrl: string) => `<!doctype html><html lang="en"><title>A shop</title><h1>Our shop</h1>
<button onclick="history.pushState(null, '', '/pricing/team')">Prices</button>
<button onclick="chatdesk('track', 'cart:filled')">Into the cart</button>
<div style="height: 3000px"></div>
<script>
  window.chatdesk = function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('init', { widgetKey: 'wk_demo' })
</script>
<script async src="${serverUrl}/widget.js"></script></html>`

const RULES = [
  { message: 'Which plan fits you?', fields: { 'On pages': '/pricing/*' } },
  { message: 'Have you found it?', fields: { 'On pages': '/slow', 'After seconds': '1' } },
  { message: 'There is more to read', fields: { 'On pages': '/long', 'After scrolling': '50' } },
  { message: 'Good to see you again', fields: { 'On pages': '/again', 'Who reads message 4': 'true' } },
  { message: 'Leaving so soon?', fields: { 'On pages': '/leave', 'As the pointer leaves': true as const } },
  { message: 'Shall we ship it?', fields: { 'After an event': 'cart:filled' } },
]

let server: ChatServer
let site: HostSite

test.beforeAll(async ({ browser }) => {
  server = await ChatServer.launch()
  site = await startHostSite(shop(server.url))
  const people = peopleOf(browser, server)
  const editor = new WidgetEditorModel((await people.agent('admin@demo.test')).page)
  await editor.open()
  await editor.allow(site.origin)
  await editor.addRules(RULES)
  await people.leave()
})
test.afterAll(async () => {
  await site.close()
  await server.dispose()
})

const teaser = (page: Page) => page.locator('[data-part="teaser"]')

const KINDS: { kind: string; path: string; words: string; act?: (page: Page) => Promise<unknown> }[] = [
  {
    kind: 'an address that an app changes to',
    path: '/',
    words: 'Which plan fits you?',
    act: (page) => page.getByRole('button', { name: 'Prices' }).click(),
  },
  { kind: 'seconds on a page', path: '/slow', words: 'Have you found it?' },
  { kind: 'scrolling', path: '/long', words: 'There is more to read', act: (page) => page.mouse.wheel(0, 2000) },
  {
    kind: 'a visitor who comes back',
    path: '/again',
    words: 'Good to see you again',
    // Another tab of the same browser.
    act: (page) => page.evaluate(() => sessionStorage.clear()).then(() => page.reload()),
  },
  {
    kind: 'a pointer that leaves',
    path: '/leave',
    words: 'Leaving so soon?',
    // Playwright's pointer cannot leave the window.
    act: (page) => page.dispatchEvent('h1', 'mouseout', { clientY: -1, relatedTarget: null }),
  },
  {
    kind: 'an event that the page tracks',
    path: '/cart',
    words: 'Shall we ship it?',
    act: (page) => page.getByRole('button', { name: 'Into the cart' }).click(),
  },
]

for (const { kind, path, words, act } of KINDS)
  test(`a rule speaks by ${kind}, once, and its press opens the chat with its words`, async ({ page }) => {
    const widget = new WidgetModel(page)
    // The panel is there once its extras are: a rule waits in one of their chunks.
    const waits = () => page.waitForResponse((response) => response.url().endsWith('/proactive.js'))
    const first = waits()
    await page.goto(site.origin + path)
    await first
    await expect(page.locator('.teaser-region')).toBeAttached()
    if (act) await act(page)
    await expect(teaser(page)).toContainText(words)
    await expect(widget.panel).toBeHidden()
    await teaser(page).getByRole('button', { name: words }).click()
    await expect(widget.panel).toBeVisible()
    await expect(widget.bubbles.first()).toHaveText(words)
    await expect(teaser(page)).toHaveCount(0)
    await widget.say('Yes, please')

    // Not again: neither in this tab nor in the next.
    await page.reload()
    await widget.launcher.waitFor()
    await expect(page.locator('.teaser-region')).toBeAttached()
    await expect(teaser(page)).toHaveCount(0)
  })
