import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { ChatServer } from '../harness/chat-server.js'
import { HOSTS, strictHost } from '../harness/hosts.js'
import { watchPolicy } from '../harness/policy-violations.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { allowOrigin, createTestDatabase } from '../harness/test-database.js'
import { VisitorJourney } from '../models/visitor-journey.js'
import { WidgetModel } from '../models/widget.js'

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

/** Has the server refuse each message with these words the first time that it is sent. */
async function refuseAtFirst(page: Page, words: string): Promise<void> {
  const refused = new Set<string>()
  await page.routeWebSocket(/\/ws$/, (socket) => {
    const server = socket.connectToServer()
    socket.onMessage((text) => {
      const frame = JSON.parse(String(text)) as { type: string; commandId: string; clientMessageId: string }
      const isMeant = frame.type === 'message.send' && String(text).includes(words)
      if (!isMeant || refused.has(frame.clientMessageId)) return server.send(text)
      refused.add(frame.clientMessageId)
      const error = { code: 'VALIDATION_FAILED', message: 'Not this time.' }
      socket.send(JSON.stringify({ type: 'ack', commandId: frame.commandId, ok: false, error }))
    })
  })
}

for (const [name, startHost] of Object.entries({ ...HOSTS, 'strict policy': strictHost }))
  test(`threat 21: a visitor of a site by ${name} does all that there is to do by keyboard alone, against no policy`, async ({
    browser,
  }) => {
    const site = await startHost(server.url)
    await allowOrigin(databaseUrl, site.origin)
    const people = peopleOf(browser, server)
    const desk = await people.agent()
    const page = await browser.newPage()
    const refused = await watchPolicy(page)
    await refuseAtFirst(page, 'not at first')
    await page.goto(site.origin)
    const journey = new VisitorJourney(new WidgetModel(page))
    const words = `by keyboard from ${name}`

    await journey.open()
    await journey.write(words)
    await desk.openConversation(words)
    await desk.answer('the answer of the team')
    await expect(journey.widget.message('the answer of the team')).toBeVisible()
    await journey.failAndPress(`not at first, ${name}`, 'Try again')
    await expect(desk.message(`not at first, ${name}`)).toHaveCount(1)
    await journey.failAndPress('not at first, nor ever', 'Delete')
    await expect(journey.widget.message('nor ever')).toHaveCount(0)
    await journey.chooseEmoji('fire')
    await journey.attach({
      name: 'certificate.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from('%PDF-1.4\n%%EOF\n'),
    })
    await expect(desk.bubbles.last()).toContainText('🔥')
    await expect(desk.log).toContainText('certificate.pdf')
    await journey.expand()
    await journey.readHistory()
    await journey.search('answer')
    await journey.close()

    expect(refused()).toEqual([])
    await page.close()
    await people.leave()
    await site.close()
  })
