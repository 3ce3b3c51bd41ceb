import { createHash } from 'node:crypto'
import type { Browser, Page } from '@playwright/test'
import pg from 'pg'
import { ChatServer } from '../harness/chat-server.js'
import { type HostSite, startHostSite } from '../harness/host-site.js'
import { strictPolicy } from '../harness/hosts.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { allowOrigin, createTestDatabase } from '../harness/test-database.js'
import { PopoutModel } from '../models/popout.js'
import { WidgetModel } from '../models/widget.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

let server: ChatServer
let databaseUrl: string
/** What the console prints for this build. */
let code: string
let site: HostSite

test.beforeAll(async ({ browser }) => {
  databaseUrl = await createTestDatabase()
  server = await ChatServer.launch({ DATABASE_URL: databaseUrl })
  const people = peopleOf(browser, server)
  const desk = await people.agent('owner@demo.test')
  code = await new WidgetEditorModel(desk.page).pinnedCode()
  await people.leave()
  // A policy with nonces asks for one at each of the scripts, the import map included.
  site = await startHostSite(
    `<!doctype html><html lang="en"><title>A site</title>${code.replaceAll('<script', '<script nonce="abc"')}<h1>A site</h1></html>`,
    { 'content-security-policy': strictPolicy(server.url) },
  )
  await allowOrigin(databaseUrl, site.origin)
})
test.afterAll(async () => {
  await site?.close()
  await server?.dispose()
})

/** A page whose server answers with one more line in the files named so, and what its developer is told. */
async function visit(
  browser: Browser,
  tampered?: RegExp,
): Promise<{ page: Page; widget: WidgetModel; said: string[] }> {
  const page = await (await browser.newContext()).newPage()
  const said: string[] = []
  page.on('console', (message) => message.type() === 'error' && said.push(message.text()))
  if (tampered)
    await page.route(tampered, async (route) => {
      const response = await route.fetch()
      await route.fulfill({ response, body: `${await response.text()}\nwindow.hacked = 1` })
    })
  await page.addInitScript(() => {
    addEventListener(
      'error',
      ({ target }) => {
        if (target instanceof HTMLScriptElement) document.title = `refused ${new URL(target.src).pathname}`
      },
      true,
    )
  })
  await page.goto(site.origin)
  return { page, widget: new WidgetModel(page), said }
}

const isHacked = (page: Page) => page.evaluate(() => 'hacked' in window)

test('threat 20: the digests are those of the files that are served, and no file is without one', {
  tag: '@firefox',
}, async ({ request }) => {
  const list = (await (await request.get(`${server.url}/widget/integrity.json`)).json()) as {
    loader: string
    integrity: Record<string, string>
  }
  const plain = await (await request.get(`${server.url}/widget.js`)).body()
  expect((await (await request.get(`${server.url}/${list.loader}`)).body()).equals(plain)).toBe(true)
  for (const [path, digest] of Object.entries(list.integrity)) {
    const response = await request.get(`${server.url}/${path}`)
    expect(response.headers()['cache-control'], path).toContain('immutable')
    expect(
      `sha384-${createHash('sha384')
        .update(await response.body())
        .digest('base64')}`,
      path,
    ).toBe(digest)
  }
  expect(Object.keys(list.integrity).length).toBeGreaterThan(30)
  // Whatever one file imports is on the list as well.
  for (const path of Object.keys(list.integrity)) {
    const text = await (await request.get(`${server.url}/${path}`)).text()
    for (const [, name] of text.matchAll(/(?:from|import\()\s*["'`]\.\/([\w-]+\.js)["'`]/g))
      expect(list.integrity, `${path} imports ${name}`).toHaveProperty([path.replace(/[^/]*$/, name ?? '')])
  }
})

test('threat 20: a page that names the digests has its chat, with all that is fetched on use', {
  tag: '@firefox',
}, async ({ browser }) => {
  const { page, widget, said } = await visit(browser)
  await widget.open()
  await widget.say('as it was built, **every** https://example.com of it')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  await page.getByRole('button', { name: 'Options' }).click()
  await page.getByRole('menuitem', { name: 'Search messages' }).click()
  await expect(page.getByRole('textbox', { name: 'Words to look for' })).toBeFocused()
  await page.keyboard.press('Escape')
  const fetched = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name))
  for (const name of ['panel', 'panel-extras', 'menu', 'search'])
    expect(
      fetched.some((path) => path.endsWith(`/${name}.js`)),
      name,
    ).toBe(true)
  const diagnosis = await page.evaluate(() =>
    (window as unknown as { chatdesk(name: string): Promise<{ findings: { check: string; ok: boolean }[] }> }).chatdesk(
      'diagnose',
    ),
  )
  expect(diagnosis.findings).toContainEqual(expect.objectContaining({ check: 'files', ok: true }))
  expect(said.filter((text) => !text.includes('favicon'))).toEqual([])
  await page.context().close()
})

test('threat 20: a loader that was changed is not run, and the page is told', { tag: '@firefox' }, async ({
  browser,
}) => {
  const { page } = await visit(browser, /\/widget-\w+\.js$/)
  await expect(page).toHaveTitle(/^refused \/widget-\w+\.js$/)
  await expect(page.locator('chatdesk-widget')).toHaveCount(0)
  expect(await isHacked(page)).toBe(false)
  await page.context().close()
})

test('threat 20: a panel that was changed is not run, however often it is tried; visitor and page are told', {
  tag: '@firefox',
}, async ({ browser }) => {
  const { page, widget, said } = await visit(browser, /\/panel\.js/)
  for (let attempt = 1; attempt <= 6; attempt++) {
    await widget.launcher.click()
    await expect.poll(() => said.filter((text) => text.includes('[chatdesk]')).length).toBeGreaterThanOrEqual(attempt)
  }
  await expect(page.locator('chatdesk-widget').getByRole('alert')).toHaveText(
    'The chat did not load. Press to try again.',
  )
  await expect(
    page.evaluate(() => (window as unknown as { chatdesk(name: string): Promise<unknown> }).chatdesk('open')),
  ).rejects.toThrow(/panel\.js failed to load/)
  expect(await isHacked(page)).toBe(false)
  await page.context().close()
})

test('threat 20: a window of its own runs the build that its page names, and no other', async ({ browser }) => {
  const client = new pg.Client(databaseUrl)
  await client.connect()
  await client.query(`update widgets set settings = settings || '{"tabs":"shared"}' where key = 'wk_demo'`)
  const { page, widget, said } = await visit(browser)
  await widget.open()
  await widget.say('as it was built')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  const popout = await PopoutModel.openFrom(widget)
  await expect(popout.widget.message('as it was built')).toBeVisible()
  const scripts = (of: Page) =>
    of.evaluate(() =>
      [...document.querySelectorAll('script')]
        .filter(({ type, integrity }) => type === 'importmap' || integrity)
        .map(({ src, integrity, text }) => [src, integrity, src ? '' : JSON.parse(text)]),
    )
  expect(await scripts(page)).toHaveLength(2)
  expect(await scripts(popout.page)).toEqual(await scripts(page))
  expect(said.filter((text) => !text.includes('favicon'))).toEqual([])
  await client.query(`update widgets set settings = settings || '{"tabs":"isolated"}' where key = 'wk_demo'`)
  await client.end()
  await page.context().close()
})

test('threat 20: a chunk that was changed is not run; the chat goes on without it, and `diagnose` names it', {
  tag: '@firefox',
}, async ({ browser }) => {
  const { page, widget } = await visit(browser, /\/panel-extras\.js/)
  await widget.open()
  // The promise is kept when the server has acknowledged the message; the word for it would be in the extras.
  await page.evaluate(() =>
    (window as unknown as { chatdesk(name: string, text: string): Promise<unknown> }).chatdesk('sendMessage', 'whole'),
  )
  await expect(widget.message('whole')).toBeVisible()
  const { ok, findings } = await page.evaluate(() =>
    (
      window as unknown as {
        chatdesk(name: string): Promise<{ ok: boolean; findings: { check: string; ok: boolean; says: string }[] }>
      }
    ).chatdesk('diagnose'),
  )
  expect(ok).toBe(false)
  expect(findings.filter((finding) => !finding.ok)).toEqual([
    { check: 'files', ok: false, says: expect.stringContaining('panel-extras.js') },
  ])
  expect(await isHacked(page)).toBe(false)
  await page.context().close()
})
