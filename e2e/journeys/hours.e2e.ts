import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

const HOUR_MS = 3_600_000
const OFFLINE = 'We are asleep. Write to us all the same.'

/** Hours of each day by a clock on which it is about noon, whenever this runs. */
function everyDay(from: string, to: string) {
  const behind = new Date().getUTCHours() - 12
  return {
    timeZone: `Etc/GMT${behind < 0 ? '' : '+'}${behind}`,
    week: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ day, from, to })),
    exceptions: [],
  }
}

test('W9: a page that stays open over the boundary of the hours says so, and leaves messages to be answered', async ({
  browser,
}) => {
  const server = await ChatServer.launch()
  const people = peopleOf(browser, server)
  const editor = new WidgetEditorModel((await people.agent('admin@demo.test')).page)
  await editor.open()
  const said = { expectedReply: 'Usually within 5 minutes', offlineMessage: OFFLINE }
  await editor.set({ ...said, businessHours: everyDay('06:00', '18:00') })

  const page = await browser.newPage()
  await page.clock.install()
  const { widget } = await visit(page, server)
  await expect(widget.panel).toContainText('Usually within 5 minutes')
  await widget.say('before the evening')
  await page.clock.fastForward(7 * HOUR_MS)
  await expect(widget.panel).toContainText(OFFLINE)
  await expect(widget.input).toHaveAttribute('placeholder', 'Leave a message')
  await widget.say('after the evening')

  // What the owner changes counts at once, on a page whose clock is right.
  await editor.set({ businessHours: everyDay('18:00', '24:00') })
  const later = await browser.newPage()
  await later.clock.install()
  const night = await visit(later, server)
  await expect(later.getByRole('heading', { name: 'Leave a message' })).toBeVisible()
  await later.getByLabel('Email address').fill('anaya@example.com')
  await later.getByLabel('Your message').fill('What does it cost?')
  await later.getByRole('button', { name: 'Send message' }).click()
  await expect(night.widget.message('What does it cost?')).toBeVisible()
  await expect(night.widget.panel).toContainText(/Back (today|tomorrow) at /)
  await later.clock.fastForward(7 * HOUR_MS)
  // The place in the queue stands there instead, as soon as it is known.
  await expect(night.widget.panel).toContainText(/Usually within 5 minutes|in the queue/)
  await expect(night.widget.panel).not.toContainText(OFFLINE)

  const desk = await people.agent()
  await desk.openConversation('What does it cost?')
  await expect(desk.page.getByRole('region', { name: 'About the visitor' })).toContainText('anaya@example.com')

  await Promise.all([page.close(), later.close()])
  await people.leave()
  await server.dispose()
})

async function visit(page: ConstructorParameters<typeof DemoSiteModel>[0], server: ChatServer) {
  const site = new DemoSiteModel(page, server.url)
  await site.visit()
  await site.widget.launcher.click()
  return site
}
