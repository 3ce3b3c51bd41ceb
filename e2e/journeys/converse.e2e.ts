import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { createTestDatabase } from '../harness/test-database.js'

const DATABASES = {
  PGlite: async () => ({}),
  Postgres: async () => ({ DATABASE_URL: await createTestDatabase() }),
}

for (const [name, environment] of Object.entries(DATABASES)) {
  test(`a visitor and an agent hold a conversation, whole after reloads (${name})`, async ({ browser }) => {
    const server = await ChatServer.launch(await environment())
    const people = peopleOf(browser, server)
    const [{ widget }, desk] = await Promise.all([people.visitor(), people.agent()])

    await widget.say('Hello, is somebody there?')
    await expect(desk.row('Hello, is somebody there?')).toContainText('1 unread')
    await desk.openConversation('Hello, is somebody there?')
    await expect(desk.row('Hello, is somebody there?')).not.toContainText('unread')
    await expect(widget.deliveryOfLast()).toContainText('Read')

    await widget.input.pressSequentially('I wonder')
    await expect(desk.log.getByRole('status')).toContainText('typing')
    await desk.reply.pressSequentially('Let me')
    await expect(widget.typing).toContainText('is typing')
    await widget.input.fill('')
    await expect(desk.log.getByRole('status')).toBeEmpty()

    await widget.minimise()
    await desk.answer('Yes, how can I help?')
    await expect(widget.badge).toHaveText('1')
    await widget.open()
    await expect(widget.message('Yes, how can I help?')).toBeVisible()
    await expect(widget.typing).toBeHidden()
    await expect(desk.log.locator('article').last()).toContainText('Read')

    await widget.say('What does a registration cost?')
    await expect(desk.message('What does a registration cost?')).toBeVisible()
    const said = ['Hello, is somebody there?', 'Yes, how can I help?', 'What does a registration cost?']
    expect(await desk.texts()).toEqual(said)
    await desk.page.reload()
    await expect(desk.bubbles).toHaveText(said)
    await widget.page.reload()
    await widget.launcher.waitFor()
    await widget.open()
    await expect(widget.message('What does a registration cost?')).toBeVisible()
    expect((await widget.texts()).slice(-3)).toEqual(said)

    await people.leave()
    await server.dispose()
  })
}

test('an ended conversation says so, and opens again when the visitor writes', async ({ people }) => {
  const [{ widget }, desk] = [await people.visitor(), await people.agent()]
  await widget.say('One more thing')
  await desk.openConversation('One more thing')
  await desk.answer('Gladly')
  await desk.page.getByRole('button', { name: 'End the conversation' }).click()
  await desk.page.getByRole('dialog').getByRole('button', { name: 'End conversation' }).click()
  await expect(widget.panel).toContainText('The conversation has ended')
  await widget.say('Wait, I forgot something')
  await expect(widget.panel).toContainText('The conversation was reopened')
  await expect(desk.message('Wait, I forgot something')).toBeVisible()
})
