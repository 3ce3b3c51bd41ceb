import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ChatServer } from '../harness/chat-server.js'
import { startHostSite } from '../harness/host-site.js'
import { trustingPolicy } from '../harness/hosts.js'
import { watchPolicy } from '../harness/policy-violations.js'
import { takeTurn } from '../harness/take-turn.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { allowOrigin, createTestDatabase } from '../harness/test-database.js'
import { corpusMessages, XSS_CORPUS } from '../harness/xss-corpus.js'
import { WidgetModel } from '../models/widget.js'

/** What the page tells of its visitor: each fact is another text of the corpus. */
const [name, email, city, plan] = [
  '<img src=x onerror=hacked=1>',
  '"><svg/onload=hacked=1>@example.com',
  '</script><script>hacked=1</script>',
  'javascript:hacked=1',
]

let server: ChatServer
let databaseUrl: string
let folder: string
test.beforeAll(async () => {
  databaseUrl = await createTestDatabase()
  folder = mkdtempSync(join(tmpdir(), 'chatdesk-files-'))
  server = await ChatServer.launch({ DATABASE_URL: databaseUrl, CHATDESK_FILES: folder })
})
test.afterAll(async () => {
  await server?.dispose()
  if (folder) rmSync(folder, { recursive: true, force: true })
})

/** Notes what a page should never say: a dialog, or that its policy had to step in. */
async function watch(page: Page): Promise<() => readonly string[]> {
  const dialogs: string[] = []
  page.on('dialog', (dialog) => {
    dialogs.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  const refused = await watchPolicy(page)
  return () => [...dialogs, ...refused()]
}

test('threats 55, 56 and 64: the corpus runs nothing and fetches nothing from elsewhere, in widget and console, in words, profiles, names of files and answers', {
  tag: '@firefox',
}, async ({ browser }) => {
  const traits = JSON.stringify({ name, email, custom: { city, plan } }).replaceAll('<', '\\u003c')
  const site = await startHostSite(
    `<!doctype html><html lang="en"><title>${'&lt;img src=x onerror=hacked=1&gt;'}</title><h1>A site</h1>
    <script nonce="abc">
      window.chatdesk = window.chatdesk || function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
      chatdesk('init', { widgetKey: 'wk_demo', styleNonce: 'abc', traits: ${traits} })
    </script>
    <script nonce="abc" async src="${server.url}/widget.js"></script></html>`,
    { 'content-security-policy': trustingPolicy(server.url) },
  )
  await allowOrigin(databaseUrl, site.origin)
  const people = peopleOf(browser, server)
  const desk = await people.agent()
  const page = await browser.newPage()
  const asked: string[] = []
  desk.page.on('request', (request) => asked.push(request.url()))
  const said = await Promise.all([page, desk.page].map(watch))
  const widget = new WidgetModel(page)
  await page.goto(`${site.origin}/?from=<img src=x onerror=hacked=1>#"><svg onload=hacked=1>`)
  await widget.open()
  await widget.say('where it begins')
  await desk.openConversation('where it begins')

  await widget.input.fill('![pixel](https://tracker.example/pixel.png) and https://tracker.example/page')
  await widget.input.press('Enter')
  for (const [index, text] of corpusMessages().entries()) {
    await takeTurn(page)
    await widget.input.fill(text)
    await widget.input.press('Enter')
    await widget.say(`that was ${index} of the visitor`)
    await expect(desk.message(`that was ${index} of the visitor`)).toHaveCount(1)
    await desk.send(text)
    await desk.answer(`that was ${index} of the agent`)
    await expect(widget.message(`that was ${index} of the agent`)).toHaveCount(1)
  }
  await expect(widget.bubbles.filter({ hasText: 'hacked' })).toHaveCount(2 * corpusMessages().length)

  await page.locator('chatdesk-widget input[type=file]').setInputFiles(
    XSS_CORPUS.slice(0, 5).map((text) => ({
      name: `${text}.pdf`,
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    })),
  )
  await widget.say('with files')
  await expect(desk.log.getByRole('button', { name: /^Download / })).toHaveCount(5)
  await expect(desk.page.getByRole('complementary', { name: 'Details' })).toContainText(name)

  for (const each of [page, desk.page]) {
    // What runs on the focus, on the pointer or at the end of a task would have run by now.
    await each.mouse.move(200, 200)
    await each.mouse.move(900, 400)
    expect(await each.evaluate(() => new Promise((done) => setTimeout(() => done('hacked' in window))))).toBe(false)
  }
  for (const bubbles of [widget.bubbles, desk.bubbles])
    expect(
      await bubbles.evaluateAll((all) =>
        all.flatMap((bubble) =>
          // But for our own icons, which no text can make.
          [...bubble.querySelectorAll(':not(svg[aria-hidden="true"], svg[aria-hidden="true"] *)')]
            .filter(
              (element) =>
                /^(script|iframe|object|embed|form|style|link|meta|base|svg|math|video|audio|template)$/i.test(
                  element.tagName,
                ) ||
                element.getAttributeNames().some((attribute) => /^on|^srcdoc$|^style$/.test(attribute)) ||
                !/^(https?:|mailto:|tel:|blob:|\/|$)/.test(element.getAttribute('href') ?? ''),
            )
            .map(({ outerHTML }) => outerHTML.slice(0, 120)),
        ),
      ),
    ).toEqual([])
  // Threat 64: nobody learns who reads it, and from where.
  expect(asked.filter((url) => !/^(data|blob):/.test(url) && new URL(url).origin !== server.url)).toEqual([])
  expect(said.map((words) => words())).toEqual([[], []])
  await page.close()
  await people.leave()
  await site.close()
})
