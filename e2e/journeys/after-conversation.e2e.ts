import { createMailSink, partsOf } from '../../reference-server/src/platform/testing/mail-sink.js'
import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { chooseFromMenu } from '../models/menu.js'

test('[J1] a visitor ends the chat and rates it, and the agent can read what they thought', async ({
  people,
  server,
}) => {
  const [{ widget, page }, desk] = [await people.visitor(), await people.agent()]
  await widget.say('A question to be rated')
  await desk.openConversation('A question to be rated')
  await desk.answer('An answer to be rated')
  await expect(widget.message('An answer to be rated')).toBeVisible()

  await chooseFromMenu(page, 'End chat')
  await page.getByRole('button', { name: 'End chat', exact: true }).click()
  const rating = page.getByRole('region', { name: 'How was this conversation?' })
  await rating.getByRole('button', { name: 'Very good' }).click()
  await rating.getByRole('textbox').fill('Quick and kind')
  await rating.getByRole('button', { name: 'Send rating' }).click()
  await expect(rating).toContainText('Thank you for your rating!')

  const [conversationId] = /[0-9a-f-]{36}/.exec(desk.page.url()) ?? []
  const answer = await desk.page.request.get(`${server.url}/api/chat-widget/conversations/${conversationId}/visitor`)
  expect(await answer.json()).toMatchObject({ rating: { score: 5, comment: 'Quick and kind' } })

  await page.reload()
  await widget.launcher.waitFor()
  await widget.open()
  await expect(rating.getByRole('img', { name: 'Very good' })).toBeVisible()
})

test('[C13] [C14] a visitor keeps the conversation as a file, and has it sent by mail', async ({ browser }) => {
  const sink = await createMailSink()
  const server = await ChatServer.launch((url) => ({
    ...{ SMTP_URL: sink.url, MAIL_FROM: 'chat@demo.test', CHATDESK_PUBLIC_URL: url },
  }))
  const people = peopleOf(browser, server)
  const [{ widget, page }, desk] = [await people.visitor(), await people.agent()]
  await widget.say('Please write this down')
  await chooseFromMenu(page, 'Transcript')
  await page.getByRole('textbox', { name: 'Email address' }).fill('visitor@example.com')
  await page.getByRole('button', { name: 'Send by email' }).click()
  await expect(page.getByText('It can be sent once somebody has answered you.')).toBeVisible()

  await desk.openConversation('Please write this down')
  await desk.answer('It is written')
  await page.getByRole('button', { name: 'Send by email' }).click()
  await expect(page.getByText('Sent to visitor@example.com.')).toBeVisible()
  expect(sink.mails.map(({ to }) => to)).toEqual([['visitor@example.com']])
  const text = sink.mails[0] && partsOf(sink.mails[0])['text/plain']
  expect(text).toContain('Please write this down')
  expect(text).toContain('It is written')

  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Download as text' }).click(),
  ])
  expect(download.suggestedFilename()).toBe('transcript.txt')

  await people.leave()
  await server.dispose()
  await sink.close()
})

test('[W8] a visitor deletes what is theirs, and nobody has it any more', async ({ people }) => {
  const [{ widget, page }, desk] = [await people.visitor(), await people.agent()]
  await widget.say('Forget that I said this')
  await expect(desk.row('Forget that I said this')).toBeVisible()
  await chooseFromMenu(page, 'Your data')
  await page.getByRole('button', { name: 'Delete my data' }).click()
  await page.getByRole('button', { name: 'Yes, delete' }).click()
  await page.getByRole('button', { name: 'Delete for good' }).click()
  await expect(page.getByText('1 conversation and everything about you was deleted.')).toBeVisible()
  await page.getByRole('button', { name: 'Back' }).click()
  await expect(widget.message('Forget that I said this')).toHaveCount(0)
  await desk.page.reload()
  await expect(desk.page.getByRole('heading', { name: 'Inbox', level: 2 })).toBeVisible()
  await expect(desk.row('Forget that I said this')).toHaveCount(0)
  await widget.say('Hello again')
  await expect(desk.row('Hello again')).toBeVisible()
})
