import { ChatServer } from '../harness/chat-server.js'
import { startHostSite } from '../harness/host-site.js'
import { snippet } from '../harness/snippet.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { allowOrigin, createTestDatabase } from '../harness/test-database.js'
import { WidgetModel } from '../models/widget.js'

/** Styles as frameworks and resets have them, and as nobody should. */
const HOSTILE_STYLES = `<style>
  * { all: revert; box-sizing: content-box !important; font-size: 40px !important; letter-spacing: 9px !important; word-spacing: 30px !important; text-transform: uppercase !important; color: red !important }
  button, textarea, dialog, div, p { display: none !important; position: static !important; transform: rotate(9deg) !important }
  body > *, html > * { opacity: 1; filter: none }
  chatdesk-widget > *, .panel, .launcher { background: lime !important; visibility: hidden !important }
</style>`

let server: ChatServer
let databaseUrl: string
test.beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  server = await ChatServer.launch({ DATABASE_URL: databaseUrl })
})
test.afterAll(() => server?.dispose())

const pageWith = (body: string) =>
  `<!doctype html><html lang="en"><title>A site</title><body><h1>A site</h1>${body}</body></html>`

test('threat 21: an app that swaps its body and changes its address keeps the chat, and what is written in it', async ({
  browser,
}) => {
  const site = await startHostSite(pageWith(snippet(server.url)))
  await allowOrigin(databaseUrl, site.origin)
  const people = peopleOf(browser, server)
  const desk = await people.agent()
  const page = await browser.newPage()
  const widget = new WidgetModel(page)
  await page.goto(site.origin)
  await widget.open()
  await widget.say('before the app moved on')
  await desk.openConversation('before the app moved on')
  await widget.input.fill('half a sentence')
  await page.evaluate(() => {
    history.pushState({}, '', '/another/view')
    const body = document.createElement('body')
    body.innerHTML = '<h1>Another view</h1>'
    document.body.replaceWith(body)
  })
  await expect(page.getByRole('heading', { name: 'Another view' })).toBeVisible()
  await expect(widget.input).toHaveValue('half a sentence')
  await desk.answer('said to another view')
  await expect(widget.message('said to another view')).toHaveCount(1)
  await widget.say('from another view')
  await expect(desk.message('from another view')).toHaveCount(1)
  await page.goBack()
  await widget.say('and back')
  await expect(desk.bubbles).toHaveText([
    'before the app moved on',
    'said to another view',
    'from another view',
    'and back',
  ])
  await page.close()
  await people.leave()
  await site.close()
})

test('threat 21: a page in a frame of another site has its chat there', async ({ browser }) => {
  const site = await startHostSite(pageWith(snippet(server.url)))
  await allowOrigin(databaseUrl, site.origin)
  const outer = await startHostSite(
    pageWith(`<iframe title="The shop" src="${site.origin}" width="700" height="600"></iframe>`),
  )
  const page = await browser.newPage()
  await page.goto(outer.origin)
  const frame = page.frameLocator('iframe')
  await frame.locator('[data-part="launcher"]').click()
  await frame.locator('[data-part="input"]').fill('from within a frame')
  await frame.locator('[data-part="input"]').press('Enter')
  await expect(frame.locator('[data-part="meta"]').last()).toContainText('Sent')
  await expect(page.locator('chatdesk-widget')).toHaveCount(0)
  await page.close()
  await outer.close()
  await site.close()
})

test('threat 21: no style of the page reaches what the chat looks like', async ({ browser }) => {
  const plain = await startHostSite(pageWith(snippet(server.url)))
  const hostile = await startHostSite(pageWith(HOSTILE_STYLES + snippet(server.url)))
  const looks: unknown[] = []
  for (const site of [plain, hostile]) {
    await allowOrigin(databaseUrl, site.origin)
    const page = await browser.newPage({ reducedMotion: 'reduce' })
    const widget = new WidgetModel(page)
    await page.goto(site.origin)
    await widget.open()
    await widget.say('how do I look')
    await expect(widget.deliveryOfLast()).toContainText('Sent')
    looks.push(
      await widget.panel.evaluate((panel) => {
        const root = panel.getRootNode() as ShadowRoot
        return ['panel', 'header', 'bubble', 'input', 'send', 'meta'].map((part) => {
          const element = root.querySelector(`[data-part="${part}"]`) as Element
          const { display, color, backgroundColor, fontSize, letterSpacing, textTransform, visibility } =
            getComputedStyle(element)
          const { x, y, width, height } = element.getBoundingClientRect()
          return {
            part,
            display,
            color,
            backgroundColor,
            fontSize,
            letterSpacing,
            textTransform,
            visibility,
            x,
            y,
            width,
            height,
          }
        })
      }),
    )
    await page.close()
    await site.close()
  }
  expect(looks[1]).toEqual(looks[0])
})

test('threat 7: what a script has stolen of one page opens nothing on another', async ({ browser }) => {
  const shop = await startHostSite(pageWith(snippet(server.url)))
  const thief = await startHostSite(pageWith(snippet(server.url)))
  for (const { origin } of [shop, thief]) await allowOrigin(databaseUrl, origin)
  const page = await browser.newPage()
  const widget = new WidgetModel(page)
  await page.goto(shop.origin)
  await widget.open()
  await widget.say('between us')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  const stolen = await page.evaluate(() => ({
    cookie: document.cookie,
    session: { ...sessionStorage },
    local: { ...localStorage },
  }))
  expect(JSON.stringify(stolen)).toMatch(/chatdesk/)

  const elsewhere = await browser.newContext()
  const other = new WidgetModel(await elsewhere.newPage())
  await elsewhere.addInitScript(({ cookie, session, local }) => {
    // biome-ignore lint/suspicious/noDocumentCookie: a thief has no need of the newer way
    for (const pair of cookie.split('; ')) document.cookie = `${pair}; path=/`
    for (const [name, value] of Object.entries(session)) sessionStorage.setItem(name, value)
    for (const [name, value] of Object.entries(local)) localStorage.setItem(name, value)
  }, stolen)
  await other.page.goto(thief.origin)
  await other.open()
  await other.say('is somebody here')
  await expect(other.deliveryOfLast()).toContainText('Sent')
  expect(await other.texts()).toEqual(['is somebody here'])
  await elsewhere.close()
  await page.close()
  await shop.close()
  await thief.close()
})
