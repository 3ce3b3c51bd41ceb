import type { InitRequest, InitResponse } from '@chatdesk/protocol'
import type { Page } from '@playwright/test'
import { expect, test } from '../harness/test.js'
import { WatchedPage } from '../models/watched-page.js'

/** Files that the widget is made of: they are the same for everybody. */
const isStatic = (address: string) => /^(\/a-shop|\/widget(\.js|\/[\da-f]+\/[\w-]+\.js))$/.test(address)

/** The next session of a page: what it asks for, and what it is given. */
async function nextSession(page: Page): Promise<{ request: InitRequest; answer: InitResponse }> {
  const response = await page.waitForResponse((given) => given.url().endsWith('/api/widget/init'))
  return { request: response.request().postDataJSON(), answer: await response.json() }
}

test('threat 83: while consent is required, an idle page keeps, reads and sends nothing', async ({
  context,
  server,
}) => {
  // An earlier visit, with consent, has left everything that there is.
  const earlier = await WatchedPage.open(context, server.url)
  await earlier.widget.open()
  await earlier.widget.say('last week')
  await expect(earlier.widget.deliveryOfLast()).toContainText('Sent')
  const left = await earlier.stored()
  expect(left).toContain('cookie chatdesk_wk_demo')
  await earlier.page.close()

  const site = await WatchedPage.open(context, server.url, { consent: 'required', autoOpen: true, fingerprint: true })
  await site.page.clock.install()
  await site.visit()
  await site.page.clock.runFor('10:00')
  expect(await site.touched()).toEqual([])
  expect(site.requests.filter((address) => !isStatic(address))).toEqual([])
  await expect(site.widget.panel).toHaveCount(0)
})

test('threat 83: a page that says nothing keeps and sends nothing either until the chat is touched', async ({
  context,
  server,
}) => {
  const site = await WatchedPage.open(context, server.url, { fingerprint: true })
  await site.page.clock.install()
  await site.visit()
  await site.page.clock.runFor('10:00')
  // It looks whether this tab has a session, and asks how the launcher looks.
  expect(new Set(await site.touched())).toEqual(new Set(['sessionStorage', 'fetch']))
  const sent = site.requests.filter((address) => !isStatic(address))
  expect(new Set(sent)).toEqual(new Set(['/api/chat-widget/public/widget/wk_demo/config']))
  expect(await site.stored()).toEqual([])
})

test('a chat without consent lives in memory, and leaves nothing behind', async ({ context, server, people }) => {
  const site = await WatchedPage.open(context, server.url, { consent: 'required', fingerprint: true })
  await site.widget.open()
  await site.widget.say('nobody writes this down')
  await expect(site.widget.deliveryOfLast()).toContainText('Sent')
  const desk = await people.agent()
  await desk.openConversation('nobody writes this down')
  await desk.answer('Hello there')
  await expect(site.widget.message('Hello there')).toBeVisible()
  await site.widget.input.fill('a draft')
  await site.widget.minimise()
  for (const name of ['cookie', 'localStorage', 'sessionStorage', 'indexedDB', 'getContext'])
    expect(await site.touched()).not.toContain(name)
  expect(await site.stored()).toEqual([])
  await site.visit()
  await site.widget.open()
  await expect(site.widget.input).toHaveValue('')
  await expect(site.widget.message('nobody writes this down')).toHaveCount(0)
})

test('a chat that began in memory is one to come back to from the moment of consent', async ({ context, server }) => {
  const site = await WatchedPage.open(context, server.url, { consent: 'required' })
  await site.widget.open()
  await site.widget.say('before you asked me')
  await expect(site.widget.deliveryOfLast()).toContainText('Sent')
  await site.consent(true)
  await expect.poll(() => site.stored()).toEqual(['chatdesk_wk_demo', 'cookie chatdesk_wk_demo'])
  await site.visit()
  // As the page's own banner does on the next page: the tab's session is taken up without a touch.
  const session = nextSession(site.page)
  await site.consent(true)
  expect((await session).request.token).toMatch(/^vs_/)
  await site.widget.open()
  await expect(site.widget.message('before you asked me')).toBeVisible()
})

for (const consent of ['required', 'on-interaction', 'granted'])
  test(`consent withdrawn takes everything away, and the chat goes on (${consent})`, async ({
    context,
    server,
    people,
  }) => {
    const words = `in a page that says ${consent}`
    const site = await WatchedPage.open(context, server.url, { consent })
    if (consent === 'required') await site.consent(true)
    await site.widget.open()
    await site.widget.say(words)
    await expect(site.widget.deliveryOfLast()).toContainText('Sent')
    // While the network is away, the outbox has something in it.
    await site.widget.loseNetwork()
    await site.widget.say('on its way')
    await site.widget.input.fill('a draft')
    await expect
      .poll(() => site.stored())
      .toEqual([
        'chatdesk.draft.wk_demo',
        // That they were asked whether they want to be notified.
        'chatdesk.notify.wk_demo',
        expect.stringMatching(/^chatdesk\/outbox\/wk_demo\//),
        'chatdesk_wk_demo',
        'cookie chatdesk_wk_demo',
      ])
    await context.setOffline(false)
    await site.consent(false)
    await expect.poll(() => site.stored()).toEqual([])

    const desk = await people.agent()
    await site.widget.say('and now from memory')
    await desk.openConversation('and now from memory')
    await expect(desk.message(words)).toBeVisible()
    await expect(desk.message('on its way')).toBeVisible()
    await desk.answer('Still here')
    await expect(site.widget.message('Still here')).toBeVisible()
    await site.page.goto('about:blank')
    await site.page.goBack()
    expect(await site.stored()).toEqual([])
  })

test('[S9] a device hint is made after consent alone, and two browsers with the same one are two visitors', async ({
  browser,
  server,
}) => {
  const sessionOf = async (options: Record<string, unknown>) => {
    const context = await browser.newContext()
    const site = await WatchedPage.open(context, server.url, options)
    const session = nextSession(site.page)
    await site.widget.open()
    const { request, answer } = await session
    const foreign = site.requests.filter((address) => /^https?:/.test(address))
    const { requests } = site
    await context.close()
    return { hint: request.deviceHint, visitor: answer.visitorId, foreign, requests }
  }
  for (const options of [{ fingerprint: true }, { fingerprint: true, consent: 'required' }, { consent: 'granted' }]) {
    const { hint, requests } = await sessionOf(options)
    expect(hint, JSON.stringify(options)).toBeUndefined()
    expect(requests.join()).not.toContain('fingerprint')
  }
  const [one, other] = [
    await sessionOf({ fingerprint: true, consent: 'granted' }),
    await sessionOf({ fingerprint: true, consent: 'granted' }),
  ]
  expect(one.hint).toMatch(/^[\da-f]{32}$/)
  expect(other.hint).toBe(one.hint)
  expect(other.visitor).not.toBe(one.visitor)
  expect([...one.foreign, ...other.foreign]).toEqual([])
})
