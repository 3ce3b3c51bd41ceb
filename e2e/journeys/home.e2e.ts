import { expect, test } from '../harness/test.js'
import { chooseFromMenu } from '../models/menu.js'

test('a visitor begins a second conversation, keeps the first, and finds both when they come back', async ({
  people,
}) => {
  const [{ widget, page }, desk] = [await people.visitor(), await people.agent()]
  await widget.say('What is the fee?')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  await chooseFromMenu(page, 'Conversations')
  await page.getByRole('button', { name: 'New conversation' }).click()
  await expect(widget.input).toBeFocused()
  await expect(widget.message('What is the fee?')).toHaveCount(0)
  await widget.say('And how long does it take?')
  await expect(widget.deliveryOfLast()).toContainText('Sent')

  // The agent has two, and answers in the first.
  await expect(desk.row('And how long does it take?')).toBeVisible()
  await desk.openConversation('What is the fee?')
  await desk.answer('It is 4,999.')

  await page.reload()
  await widget.launcher.waitFor()
  await widget.launcher.click()
  const rows = page.locator('[data-part="conversation"]')
  await expect(rows).toHaveCount(2)
  const first = rows.filter({ hasText: 'It is 4,999.' })
  await expect(first).toContainText('1 new message')
  await first.click()
  await expect(widget.message('It is 4,999.')).toBeVisible()
  await expect(widget.message('And how long does it take?')).toHaveCount(0)
  await widget.say('Thank you')
  await expect(desk.message('Thank you')).toBeVisible()
})

test('a page opens the panel with what it asks for', async ({ people }) => {
  const { widget, page } = await people.visitor()
  await widget.say('One thing')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  const open = (target: string) =>
    page.evaluate(
      (wanted) => (window as unknown as { chatdesk: (...args: string[]) => Promise<void> }).chatdesk('open', wanted),
      target,
    )
  await widget.minimise()
  await open('home')
  await expect(page.locator('[data-part="conversation"]')).toHaveCount(1)
  await open('new')
  await expect(widget.input).toBeFocused()
  await expect(widget.message('One thing')).toHaveCount(0)
})
