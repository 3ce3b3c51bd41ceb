import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

test('A1 A5 [B1] [B2] [B4]: the assistant answers with its source, says what it does not know, hands over, and is silent then', async ({
  browser,
}) => {
  // Of its own: on the demo that others meet the team answers.
  const server = await ChatServer.launch()
  const people = peopleOf(browser, server)
  const editor = new WidgetEditorModel((await people.agent('admin@demo.test')).page)
  await editor.open()
  await editor.letAssistantAnswer()
  const desk = await people.agent('agent@demo.test')
  const { widget } = await people.visitor()

  await widget.say('When are you open?')
  await expect(widget.message('You can write at any time.')).toContainText('From: What are your hours?')

  await widget.say('Which wallaby thermostat fits a zeppelin?')
  await expect(widget.message('I do not know that.')).toBeVisible()
  await widget.panel.getByRole('button', { name: 'Talk to a person' }).click()
  await expect(widget.message('I hand you over to a colleague. You are next')).toBeVisible()

  await desk.openConversation('I hand you over to a colleague. You are next')
  await desk.answer('Hello, this is Asha')
  await expect(widget.message('Hello, this is Asha')).toBeVisible()
  await widget.say('And when are you open?')
  await desk.answer('Always')
  await expect(widget.message('Always')).toBeVisible()
  await expect(widget.message('You can write at any time.')).toHaveCount(1)

  await people.leave()
  await server.dispose()
})

test('A7 [B14]: without a key the demo answers from what its company offers, says what it does not know, hands over, and keeps leads', async ({
  browser,
}) => {
  const server = await ChatServer.launch({ CHATDESK_DEMO: '1' })
  const people = peopleOf(browser, server)
  const desk = await people.agent()
  const { widget } = await people.visitor()
  await widget.say('how long does GST registration take')
  await expect(widget.message('The GSTIN is usually issued within 3 to 7 working days.')).toContainText('From: GST')
  await expect(widget.panel.getByText('Automatic assistant')).toBeVisible()
  await widget.say('who won the cricket match')
  await expect(widget.message('I do not know that.')).toBeVisible()
  await widget.say('let me talk to a human')
  await expect(widget.message('I hand you over to a colleague. You are next')).toBeVisible()
  await desk.openConversation('I hand you over to a colleague. You are next')
  await desk.answer('Hello, this is Asha')
  await expect(widget.message('Hello, this is Asha')).toBeVisible()

  // A7: whoever may become a customer is asked for a way to be reached, and is a lead once they leave it.
  const { widget: customer } = await people.visitor()
  await customer.say('I want to buy a trademark registration')
  await expect(customer.message('Leave your e-mail address or phone number here')).toBeVisible()
  await customer.say('anna@example.test')
  await expect(customer.message('a colleague gets back to you at anna@example.test')).toBeVisible()
  const leads = await desk.page.request.get(`${server.url}/api/chat-widget/leads`)
  expect(await leads.json()).toMatchObject({ leads: [{ email: 'anna@example.test', status: 'new' }] })
  await people.leave()
  await server.dispose()
})
