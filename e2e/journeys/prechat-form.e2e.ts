import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

const CONSENT = 'You may keep this to answer me.'

test('W8 [V1] what the owner asks in the console a visitor answers before they write, and an agent reads', async ({
  browser,
}) => {
  // Of its own: what is changed here is not the demo that others meet.
  const server = await ChatServer.launch()
  const people = peopleOf(browser, server)
  const editor = new WidgetEditorModel((await people.agent('admin@demo.test')).page)
  await editor.open()
  await editor.ask('How large is your team?', ['One person', 'Some people'], CONSENT)

  const page = await browser.newPage()
  const site = new DemoSiteModel(page, server.url)
  await site.visit()
  await site.widget.launcher.click()
  await expect(page.getByLabel('Your name')).toBeFocused()
  await page.keyboard.type('Anaya')
  // Neither a closed panel nor a page that is loaded anew forgets what was typed.
  await site.widget.minimise()
  await page.reload()
  await site.widget.launcher.click()
  await expect(page.getByLabel('Your name')).toHaveValue('Anaya')
  const start = page.getByRole('button', { name: 'Start the chat' })
  await start.click()
  await expect(page.getByLabel('Email')).toBeFocused()
  await expect(page.getByLabel('Email')).toHaveAccessibleDescription('Please fill this in.')
  await page.keyboard.type('anaya@example.com')
  await page.getByLabel('How large is your team? (optional)').selectOption('Some people')
  await page.getByLabel(CONSENT).check()
  // Without a connection: it is said as soon as there is one.
  await site.widget.loseNetwork()
  await start.click()
  await site.widget.say('Which plan suits us?')
  await page.context().setOffline(false)
  await expect(site.widget.deliveryOfLast()).toContainText('Sent')

  // Whoever has answered is not asked again, nor is a conversation that goes on.
  await page.reload()
  await site.widget.open()
  await expect(site.widget.message('Which plan suits us?')).toBeVisible()

  const desk = await people.agent()
  await desk.openConversation('Which plan suits us?')
  await expect(desk.row('Which plan suits us?')).toContainText('Anaya')
  const facts = desk.page.getByRole('region', { name: 'About the visitor' })
  for (const said of ['anaya@example.com', 'How large is your team?', 'Some people', CONSENT])
    await expect(facts).toContainText(said)

  await page.close()
  await people.leave()
  await server.dispose()
})
