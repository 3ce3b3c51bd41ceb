import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { JONAS, PRIYA, sampleId } from '../../testing/sample-data.js'

const ID = sampleId(1)
const PATH = `/conversations/${ID}`
const WAITING = `/conversations/${sampleId(2)}`
const log = () => page.getByRole('log')
const option = (name: string | RegExp) => page.getByRole('option', { name })

async function opened(path = PATH) {
  const fake = createFakeConsole()
  await mountConsole(fake, { path })
  await expect.element(log()).toBeVisible()
  return fake
}

it('[C15] assigns a waiting conversation to oneself by one key', async () => {
  const fake = await opened(WAITING)
  await expect.element(page.getByRole('button', { name: 'Assign', exact: true })).toBeVisible()
  await userEvent.keyboard('a')
  await expect.element(page.getByRole('button', { name: 'Assigned to Priya Raman' })).toBeVisible()
  expect(fake.calls).toEqual([`assign {"agentId":"${PRIYA.id}","expectedAgentId":null}`])
})

it('[C15] transfers to a colleague who answers, found by name, with the keyboard alone', async () => {
  const fake = await opened()
  await userEvent.keyboard('t')
  const field = page.getByRole('combobox', { name: 'Assign to' })
  await expect.element(field).toHaveFocus()
  await expect.element(option(/^Jonas Weber/)).toHaveTextContent('seen 30m ago')
  await expect.element(option(/Wei Zhang/)).not.toBeInTheDocument()
  await userEvent.keyboard('jon{Enter}')
  await expect.element(field).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Assigned to Jonas Weber' })).toBeVisible()
  expect(fake.calls).toEqual([`assign {"agentId":"${JONAS.id}","expectedAgentId":"${PRIYA.id}"}`])
})

it('shows of a colleague who is away when they will be back, before anything goes to them', async () => {
  const fake = createFakeConsole()
  const jonas = (await fake.admin.team.list()).find(({ id }) => id === JONAS.id)
  Object.assign(jonas ?? {}, {
    availability: 'away',
    backAt: new Date(fake.services.$now.get() + 60_000).toISOString(),
  })
  await mountConsole(fake, { path: PATH })
  await expect.element(log()).toBeVisible()
  await userEvent.keyboard('t')
  await expect.element(option(/^Jonas Weber/)).toHaveTextContent(/Away, back at \d/)
  expect(await axeViolations()).toEqual([])
})

it('[C15] says who was faster, and asks before it takes anything from them', async () => {
  const fake = await opened(WAITING)
  const { assign } = fake.admin.teamWork
  const asked: unknown[] = []
  let faster = true
  fake.admin.teamWork.assign = async (id, input) => {
    asked.push(input.expectedAgentId)
    if (faster) {
      faster = false
      await assign(id, { agentId: JONAS.id ?? '', expectedAgentId: null })
    }
    return assign(id, input)
  }
  await userEvent.keyboard('a')
  const dialog = page.getByRole('dialog', { name: 'Jonas Weber has it now' })
  await expect.element(dialog.getByRole('button', { name: 'Leave it' })).toHaveFocus()
  await dialog.getByRole('button', { name: 'Assign to me anyway' }).click()
  await expect.element(page.getByRole('button', { name: 'Assigned to Priya Raman' })).toBeVisible()
  expect(asked).toEqual([null, JONAS.id])
})

it('[C16] sends back to the queue of a department', async () => {
  const fake = await opened()
  await userEvent.keyboard('t')
  await userEvent.keyboard('sales{Enter}')
  await expect.poll(() => fake.calls).toEqual([`release {"departmentId":"${sampleId(1100)}"}`])
  await expect.element(page.getByRole('button', { name: 'Assign', exact: true })).toBeVisible()
})

it('[C17] reopens what has ended', async () => {
  const fake = await opened(`/conversations/${sampleId(8)}`)
  await expect.element(page.getByRole('button', { name: 'Reopen the conversation' })).toBeVisible()
  await userEvent.keyboard('o')
  await expect.element(page.getByRole('button', { name: 'End the conversation' })).toBeVisible()
  expect(fake.calls).toEqual(['reopen'])
})

it('[C18] snoozes until a usual moment, a typed one or any other, and wakes', async () => {
  const fake = await opened()
  await userEvent.keyboard('s')
  await option(/^Tomorrow morning/).click()
  await expect.element(page.getByText(/^Snoozed until/)).toBeVisible()
  await page.getByRole('button', { name: 'Wake' }).click()
  await expect.element(page.getByText(/^Snoozed until/)).not.toBeInTheDocument()
  await userEvent.keyboard('s')
  await userEvent.keyboard('90m{Enter}')
  await expect.element(page.getByText(/^Snoozed until/)).toBeVisible()
  // It goes in a moment, and a press on its button meanwhile would be for the one that goes.
  await expect.element(page.getByRole('option')).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Snooze', exact: true }).click()
  await option('Another time…').click()
  const time = page.getByLabelText('Snooze until')
  await time.fill('2020-01-01T09:00')
  await expect.element(page.getByText('This is past.')).toBeVisible()
  await time.fill('2030-01-01T09:00')
  await userEvent.keyboard('{Enter}')
  const until = new Date(2030, 0, 1, 9).toISOString()
  await expect.poll(() => fake.calls.at(-1)).toBe(`update {"snoozedUntil":"${until}"}`)
  expect(fake.calls).toHaveLength(4)
})

it('[C18] shows a priority at once, and takes it back when it is refused', async () => {
  const fake = await opened()
  let refuse = (_error: ChatError) => {}
  fake.admin.teamWork.update = () =>
    new Promise((_resolve, reject) => {
      refuse = reject
    })
  await userEvent.keyboard('p')
  await userEvent.keyboard('urg{Enter}')
  const urgent = page.getByRole('button', { name: 'Priority: Urgent' })
  await expect.element(urgent).toBeVisible()
  refuse(new ChatError('FORBIDDEN', 'No.'))
  await expect.element(page.getByRole('alert')).toHaveTextContent('Not done. You are not allowed to do this.')
  await expect.element(urgent).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

it('[C18] tags with what there is, and makes what is typed', async () => {
  const fake = await opened()
  await userEvent.keyboard('l')
  await userEvent.keyboard('vip{Enter}')
  await expect.element(option('vip')).toHaveAttribute('aria-selected', 'true')
  await userEvent.keyboard('Trade fair{Enter}')
  await expect.poll(() => fake.calls).toHaveLength(3)
  await userEvent.keyboard('vip{Enter}{Escape}')
  const tags = page.getByRole('list', { name: 'Tags' }).first()
  await expect.element(tags).toHaveTextContent(/^Trade fair$/)
  const [first, made, , last] = fake.calls
  expect([first, made, last]).toEqual([
    `update {"tagIds":["${sampleId(1604)}"]}`,
    'create tag "Trade fair"',
    `update {"tagIds":["${sampleId(2400)}"]}`,
  ])
})

it('has the rest in one menu, whose choice takes its place', async () => {
  await opened()
  const more = page.getByRole('button', { name: 'More actions' })
  await more.click()
  await expect.element(option(/^Back to the queue/)).toBeVisible()
  await option(/^Priority/).click()
  await expect.element(page.getByRole('combobox', { name: 'Priority' })).toHaveFocus()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('combobox')).not.toBeInTheDocument()
})

it('says that names did not load, with another try', async () => {
  const fake = createFakeConsole()
  const { list } = fake.admin.members
  fake.admin.members.list = () => Promise.reject(new ChatError('OFFLINE', 'Not reachable.'))
  await mountConsole(fake, { path: PATH })
  await expect.element(log()).toBeVisible()
  await userEvent.keyboard('t')
  await expect.element(page.getByRole('alert')).toHaveTextContent('Names did not load.')
  fake.admin.members.list = list
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(option(/^Jonas Weber/)).toBeVisible()
})

it('calls each picker by what it asks, and shows the visitor’s name whole beside the details', async () => {
  await mountConsole(createFakeConsole(), { path: `/conversations/${sampleId(1)}`, width: 1280 })
  const name = page.getByRole('heading', { name: 'Anaya Deshmukh' })
  await expect.element(name).toBeVisible()
  expect(name.element().scrollWidth).toBeLessThanOrEqual(name.element().clientWidth)
  await userEvent.keyboard('p')
  const priority = page.getByRole('dialog', { name: 'Priority', exact: true })
  await expect.element(priority).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await userEvent.keyboard('l')
  await expect.element(page.getByRole('dialog', { name: 'Tags', exact: true })).toBeVisible()
})
