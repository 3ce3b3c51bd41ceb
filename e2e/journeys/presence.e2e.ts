import { expect, test } from '../harness/test.js'

test('an agent sees that a visitor is there, leaves and comes back; a visitor, who joins them and that they write', async ({
  people,
}) => {
  const { page, widget } = await people.visitor()
  const desk = await people.agent()
  await widget.say('anybody there?')
  await desk.openConversation('anybody there?')
  await expect(desk.presence).toHaveText('Online')

  await desk.reply.pressSequentially('I am')
  await expect(widget.typing).toBeVisible()
  await desk.reply.press('Enter')
  await expect(widget.message('I am')).toBeVisible()
  await expect(widget.typing).toBeHidden()
  await expect(widget.panel).toContainText('Asha Rao joined')

  await page.goto('about:blank')
  // Ten seconds later, since a reload is no absence.
  await expect(desk.presence).toHaveText('Left', { timeout: 30_000 })
  await page.goBack()
  // A tab that has a session goes on with it by itself.
  await expect(desk.presence).toHaveText('Online')
  await widget.open()
  await expect(widget.message('I am')).toBeVisible()
})
