import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

const PATH = `/conversations/${sampleId(1)}`
const bar = () => page.getByRole('dialog', { name: 'Commands' })
const field = () => bar().getByRole('combobox')

async function opened(path = PATH) {
  const fake = createFakeConsole({ role: 'client_admin' })
  const { location } = await mountConsole(fake, { path })
  await expect.element(page.getByRole('main')).toBeVisible()
  return { fake, location }
}

it('goes to any page, without the mouse', async () => {
  const { location } = await opened('/')
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(field()).toHaveFocus()
  await expect.element(bar().getByRole('option', { name: /^Audit trail/ })).toBeInTheDocument()
  await userEvent.keyboard('audit{Enter}')
  await expect.poll(() => location.history.at(-1)).toBe('/settings/audit')
  await expect.element(bar()).not.toBeInTheDocument()
})

it('goes to a view of the inbox', async () => {
  const { fake, location } = await opened('/tickets')
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(bar().getByRole('option', { name: /^Visitors/ })).toBeInTheDocument()
  await userEvent.keyboard('unassigned{Enter}')
  await expect.poll(() => location.history.at(-1)).toBe('/')
  expect(fake.services.$inboxChoice.get().view).toBe('unassigned')
})

it('opens from within a text field, goes by the arrows, and closes by its own key', async () => {
  const { fake } = await opened()
  await page.getByRole('textbox', { name: 'Reply to Anaya Deshmukh' }).click()
  await userEvent.keyboard('{Meta>}k{/Meta}')
  await expect.element(field()).toHaveFocus()
  expect(await axeViolations()).toEqual([])
  const active = () =>
    document.getElementById(field().element().getAttribute('aria-activedescendant') ?? '')?.textContent
  expect(active()).toMatch(/^Assign or transfer/)
  await userEvent.keyboard('{ArrowDown}')
  expect(active()).toMatch(/^Back to the queue/)
  await userEvent.keyboard('{ArrowUp}{ArrowUp}')
  expect(active()).toMatch(/^Switch to dark colours/)
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(bar()).not.toBeInTheDocument()
  expect(fake.calls).toEqual([])
})

it('makes a ticket, whether the details are shown or not', async () => {
  const { fake } = await opened()
  await userEvent.keyboard('d{Control>}k{/Control}')
  await expect.element(bar().getByRole('option', { name: /^Make a ticket/ })).toBeInTheDocument()
  await userEvent.keyboard('make a ticket{Enter}')
  await page.getByLabelText('What is to be done?').fill('Call her back')
  await page.getByRole('button', { name: 'Make it' }).click()
  await expect.poll(() => fake.calls.join()).toContain('create ticket')
})

it('sets one’s own status, and shows where to try again if that is refused', async () => {
  const { fake } = await opened('/tickets')
  const account = (status: string) => page.getByRole('button', { name: `Account of Priya Raman, ${status}` })
  await expect.element(account('available')).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(bar().getByRole('option', { name: /^Set yourself away/ })).toBeInTheDocument()
  await userEvent.keyboard('set yourself{Enter}')
  await expect.element(account('away')).toBeVisible()
  expect(fake.calls).toEqual(['update team {"availability":"away"}'])
  fake.admin.team.update = () => Promise.reject(new ChatError('UNAVAILABLE', 'Down.'))
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.keyboard('set yourself{Enter}')
  await expect.element(page.getByRole('radio', { name: 'Away' })).toBeChecked()
})

it('hands the focus to what a command opens', async () => {
  await opened()
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.keyboard('tags{Enter}')
  await expect.element(page.getByRole('combobox', { name: 'Tags' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('write a note{Enter}')
  await expect.element(page.getByRole('textbox', { name: 'Note for the team' })).toHaveFocus()
})

it('says when no command is of that name, and does nothing over another dialog', async () => {
  await opened()
  await userEvent.keyboard('?')
  await expect.element(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await userEvent.keyboard('{Control>}k{/Control}')
  await userEvent.keyboard('xyzzy')
  await expect.element(bar().getByRole('status')).toHaveTextContent('No command of this name.')
})

it('takes in what a conversation can do once it has come, also while it is open', async () => {
  const { fake } = await opened()
  const { $conversation } = fake.client.conversation(sampleId(1))
  $conversation.set({ ...$conversation.get(), synced: false })
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(bar().getByRole('option', { name: /^Audit trail/ })).toBeInTheDocument()
  await expect.element(bar().getByRole('option', { name: /^Assign or transfer/ })).not.toBeInTheDocument()
  $conversation.set({ ...$conversation.get(), synced: true })
  await expect.element(bar().getByRole('option', { name: /^Assign or transfer/ })).toBeInTheDocument()
})

it('goes on with the one that is chosen when the list moves below a pointer that rests', async () => {
  await opened()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(field()).toHaveFocus()
  const [first, second] = bar().getByRole('option').elements()
  second?.dispatchEvent(new MouseEvent('mousemove', { bubbles: true }))
  await expect.element(field()).toHaveAttribute('aria-activedescendant', first?.id)
  second?.dispatchEvent(new MouseEvent('mousemove', { bubbles: true, movementY: 1 }))
  await expect.element(field()).toHaveAttribute('aria-activedescendant', second?.id)
})
