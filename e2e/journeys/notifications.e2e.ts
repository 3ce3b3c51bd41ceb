import type { BrowserContext, Page } from '@playwright/test'
import { ChatServer } from '../harness/chat-server.js'
import { type HostSite, startHostSite } from '../harness/host-site.js'
import { expect, type People, peopleOf, test } from '../harness/test.js'
import { WidgetModel } from '../models/widget.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

const shop = (serverUrl: string) => `<!doctype html><html lang="en"><title>A shop</title><h1>Our shop</h1>
<script>
  window.chatdesk = function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('init', { widgetKey: 'wk_demo', serviceWorker: '/chatdesk-sw.js' })
</script>
<script async src="${serverUrl}/widget.js"></script></html>`

let server: ChatServer
let site: HostSite
let people: People & { leave(): Promise<void> }

test.beforeAll(async ({ browser }) => {
  server = await ChatServer.launch()
  const worker = `importScripts('${server.url}/push-worker.js')`
  site = await startHostSite(shop(server.url), {}, { '/chatdesk-sw.js': worker })
  people = peopleOf(browser, server)
  const editor = new WidgetEditorModel((await people.agent('admin@demo.test')).page)
  await editor.open()
  await editor.allow(site.origin)
})
test.afterAll(async () => {
  await people.leave()
  await site.close()
  await server.dispose()
})

/** What a browser of a desktop has and one of a test has not: a voice, notifications that can be read, a push service. */
async function equip(context: BrowserContext): Promise<void> {
  await context.grantPermissions(['notifications'], { origin: site.origin })
  await context.addInitScript(() => {
    const page = globalThis as unknown as { heard: number; notices: string[][] }
    page.heard = 0
    page.notices = []
    const { createOscillator } = AudioContext.prototype
    AudioContext.prototype.createOscillator = function () {
      page.heard += 1
      return createOscillator.call(this)
    }
    const Real = Notification
    Object.defineProperty(globalThis, 'Notification', {
      value: class extends Real {
        constructor(title: string, options: NotificationOptions = {}) {
          super(title, options)
          page.notices.push([title, options.body ?? ''])
        }
      },
    })
    const subscription = {
      endpoint: 'https://push.example/a-browser',
      toJSON: () => ({
        endpoint: 'https://push.example/a-browser',
        keys: { p256dh: 'B'.repeat(87), auth: 'A'.repeat(22) },
      }),
    }
    PushManager.prototype.subscribe = async () => subscription as unknown as PushSubscription
  })
}

const heard = (page: Page) => page.evaluate(() => (globalThis as unknown as { heard: number }).heard)
const notices = (page: Page) => page.evaluate(() => (globalThis as unknown as { notices: string[][] }).notices)
/** Headless, every page counts as seen. */
const hide = (page: Page) =>
  page.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => 'hidden' })
    document.dispatchEvent(new Event('visibilitychange'))
  })

test('an answer is heard, announced without its words, and pushed where no page is open', async ({ page, context }) => {
  await equip(context)
  const widget = new WidgetModel(page)
  const notify = page.waitForResponse((response) => response.url().endsWith('/notify.js'))
  await page.goto(site.origin)
  await widget.launcher.waitFor()
  await widget.open()
  await widget.say('Is my parcel on its way?')
  await notify

  const subscribed = page.waitForResponse((response) => response.url().endsWith('/api/widget/push'))
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByRole('menuitem', { name: 'Turn notifications on' }).click()
  expect((await subscribed).status()).toBe(204)

  const desk = await people.agent()
  await desk.openConversation('Is my parcel on its way?')
  await desk.answer('Let me see')
  await expect(widget.message('Let me see')).toBeVisible()
  expect(await heard(page)).toBe(0)
  await widget.minimise()
  await desk.answer('It is')
  await expect(widget.badge).toHaveText('1')
  await expect.poll(() => heard(page)).toBe(2)
  expect(await notices(page)).toEqual([])

  await hide(page)
  await desk.answer('The code for the box is 4711')
  await expect.poll(() => notices(page)).toHaveLength(1)
  expect((await notices(page))[0]?.[1]).toBe('New message')
  await expect.poll(() => heard(page)).toBe(4)

  // Nobody speaks of it again after a reload.
  await page.reload()
  await expect(widget.badge).toHaveText('2')
  expect([await heard(page), await notices(page)]).toEqual([0, []])
})

test('the service worker shows what is pushed to it, and its press opens the chat', async ({ page, context }) => {
  await equip(context)
  const widget = new WidgetModel(page)
  await page.goto(site.origin)
  await widget.launcher.waitFor()
  await widget.open()
  await widget.say('Is my parcel lost?')
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByRole('menuitem', { name: 'Turn notifications on' }).click()
  await page.evaluate(() => navigator.serviceWorker.ready.then(() => {}))
  await widget.minimise()

  const cdp = await context.newCDPSession(page)
  const registered = new Promise<string>((resolve) => {
    cdp.on('ServiceWorker.workerRegistrationUpdated', ({ registrations }) => {
      const found = registrations.find(({ scopeURL }) => scopeURL.startsWith(site.origin))
      if (found) resolve(found.registrationId)
    })
  })
  await cdp.send('ServiceWorker.enable')
  const data = JSON.stringify({ title: 'The team', body: 'New message', tag: 'chatdesk_wk_demo' })
  await cdp.send('ServiceWorker.deliverPushMessage', { origin: site.origin, registrationId: await registered, data })
  const shown = () =>
    page.evaluate(async () => {
      const registration = await navigator.serviceWorker.ready
      return (await registration.getNotifications()).map(({ title, body, tag }) => ({ title, body, tag }))
    })
  await expect.poll(shown).toEqual([{ title: 'The team', body: 'New message', tag: 'chatdesk_wk_demo' }])

  await page.evaluate(() =>
    navigator.serviceWorker.dispatchEvent(
      new MessageEvent('message', { data: { chatdesk: 'open', tag: 'chatdesk_wk_demo' } }),
    ),
  )
  await expect(widget.panel).toBeVisible()
})
