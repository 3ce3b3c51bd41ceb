import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ChatServer } from '../harness/chat-server.js'
import { HOSTS, strictHost } from '../harness/hosts.js'
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

for (const [name, startHost] of Object.entries({ ...HOSTS, 'strict policy': strictHost }))
  test(`threat 21: a visitor of a site by ${name} does all that there is to do by keyboard alone, against no policy`, async ({
    browser,
  }) => {
    const site = await startHost(server.url)
    await allowOrigin(databaseUrl, site.origin)
    const people = peopleOf(browser, server)
    const desk = await people.agent()
    const page = await browser.newPage()
    const refused: string[] = []
    page.on('console', (message) => {
      if (/content security policy|trusted/i.test(message.text()) && !message.text().includes('favicon'))
        refused.push(message.text())
    })
    await page.goto(site.origin)
    const journey = new VisitorJourney(new WidgetModel(page))
    const words = `by keyboard from ${name}`

    await journey.open()
    await journey.write(words)
    await desk.openConversation(words)
    await desk.answer('the answer of the team')
    await expect(journey.widget.message('the answer of the team')).toBeVisible()
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

    expect(refused).toEqual([])
    await page.close()
    await people.leave()
    await site.close()
  })
