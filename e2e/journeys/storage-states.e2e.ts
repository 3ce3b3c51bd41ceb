import type { BrowserContext } from '@playwright/test'
import { expect, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'

/** Ways in which browsers keep a page from storing anything, by what each of them does. */
const STATES: Readonly<Record<string, () => void>> = {
  'refuses storage by name': () => {
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB'])
      Object.defineProperty(window, name, {
        get() {
          throw new DOMException('The operation is insecure.', 'SecurityError')
        },
      })
  },
  'has no room left': () => {
    Storage.prototype.setItem = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
    IDBFactory.prototype.open = () => {
      throw new DOMException('The quota has been exceeded.', 'QuotaExceededError')
    }
  },
  'opens no database, as private windows did': () => {
    IDBFactory.prototype.open = () => {
      const request = new EventTarget() as IDBOpenDBRequest
      Object.defineProperty(request, 'error', {
        value: new DOMException('A mutation was refused.', 'InvalidStateError'),
      })
      queueMicrotask(() => {
        const event = new Event('error')
        request.onerror?.(event)
        request.dispatchEvent(event)
      })
      return request
    }
  },
  'takes no cookie': () => {
    Object.defineProperty(Document.prototype, 'cookie', { get: () => '', set: () => undefined })
  },
  'has things of others under our names': () => {
    for (const store of [localStorage, sessionStorage])
      for (const name of ['chatdesk', 'chatdesk.tab', 'chatdesk.wk_demo']) store.setItem(name, '{"not": ["ours"')
    indexedDB.open('chatdesk', 1).onupgradeneeded = (event) =>
      (event.target as IDBOpenDBRequest).result.createObjectStore('values')
  },
}

/** Opens the demo's page in a browser that is in such a state before any script runs. */
async function visit(context: BrowserContext, url: string, state: () => void): Promise<DemoSiteModel> {
  const page = await context.newPage()
  await page.addInitScript(state)
  const site = new DemoSiteModel(page, url)
  await site.visit()
  await site.widget.open()
  return site
}

for (const [name, state] of Object.entries(STATES))
  test(`a visitor whose browser ${name} has a conversation`, { tag: '@firefox' }, async ({
    browser,
    server,
    people,
  }) => {
    const context = await browser.newContext()
    const { widget } = await visit(context, server.url, state)
    const words = `from one whose browser ${name}`
    await widget.say(words)
    await expect(widget.deliveryOfLast()).toContainText('Sent')
    const desk = await people.agent()
    await desk.openConversation(words)
    await desk.answer(`heard: ${name}`)
    await expect(widget.message(`heard: ${name}`)).toBeVisible()
    await context.close()
  })
