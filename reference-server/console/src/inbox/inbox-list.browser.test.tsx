import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { minutesAgo, sampleId, sampleRow } from '../testing/sample-data.js'

const list = () => page.getByRole('region', { name: 'Conversations', exact: true })
const rows = () => list().getByRole('link')
const view = (name: string | RegExp) =>
  list().getByRole('group', { name: 'Which conversations' }).getByRole('button', { name })

it('shows who, last words, waiting time and unread count', async () => {
  await mountConsole(createFakeConsole())
  await expect
    .element(rows().nth(2))
    .toHaveAccessibleName(/Visitor 3f2a .* Hello\? Is anybody there Waiting 14m 3 unread/)
  await expect.element(list().getByText('Waiting 14m')).toHaveAttribute('data-urgency', 'overdue')
  await expect.element(list().getByText('Waiting 4m')).toHaveAttribute('data-urgency', 'late')
})

it('counts what is unread in the title of the page, live', async () => {
  const fake = createFakeConsole()
  fake.admin.inbox.page = async () => ({ conversations: [], nextCursor: null })
  await mountConsole(fake)
  await expect.poll(() => document.title).toBe('(5) Inbox · ChatDesk')
  fake.client.$inbox.set([])
  await expect.poll(() => document.title).toBe('Inbox · ChatDesk')
})

it('follows the inbox as it changes', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake)
  await expect.element(rows().first()).toHaveTextContent('Anaya Deshmukh')
  const newcomer = sampleRow(40, {
    updatedAt: minutesAgo(0),
    visitor: { id: sampleId(540), name: 'Newcomer', identified: false },
  })
  fake.client.$inbox.set([newcomer, ...fake.client.$inbox.get()])
  await expect.element(rows().first()).toHaveTextContent('Newcomer')
})

it('shows each view with its count', async () => {
  await mountConsole(createFakeConsole())
  await expect.element(view('Open 6')).toHaveAttribute('aria-pressed', 'true')
  await expect.poll(() => rows().elements()).toHaveLength(6)
  await view('Mine').click()
  await expect.poll(() => rows().elements()).toHaveLength(3)
  await view('Waiting').click()
  await expect.poll(() => rows().elements()).toHaveLength(2)
  await expect.element(rows().first()).toHaveTextContent('Visitor 3f2a')
  await view('Resolved').click()
  await expect.poll(() => rows().elements()).toHaveLength(2)
  await view('Snoozed').click()
  await expect.element(page.getByText('Nothing is snoozed')).toBeVisible()
})

it('lets a row come and go as it changes', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake)
  await view('Waiting').click()
  await expect.poll(() => rows().elements()).toHaveLength(2)
  const [row] = fake.client.$inbox.get().filter(({ id }) => id === sampleId(2))
  if (!row) throw new Error('no sample')
  fake.client.takeRows([{ ...row, version: 2, status: 'assigned' }])
  await expect.poll(() => rows().elements()).toHaveLength(1)
  fake.client.takeRows([{ ...row, version: 3 }])
  await expect.poll(() => rows().elements()).toHaveLength(2)
})

it('narrows a view by a filter', async () => {
  const fake = createFakeConsole()
  const [row] = fake.client.$inbox.get()
  if (!row) throw new Error('no sample')
  fake.client.takeRows([{ ...row, version: 2, priority: 'urgent', tagIds: [sampleId(1604)] }])
  await mountConsole(fake)
  await expect.element(rows().first()).toHaveTextContent(/Urgent\s*vip/)
  await list().getByRole('button', { name: 'Filter' }).click()
  await page.getByLabelText('Priority').selectOptions('urgent')
  await expect.poll(() => rows().elements()).toHaveLength(1)
  await page.getByRole('button', { name: 'Clear all' }).click()
  await expect.poll(() => rows().elements()).toHaveLength(6)
})

it('searches by /, and opens the conversation at what was found', async () => {
  const { location } = await mountConsole(createFakeConsole())
  await expect.element(rows().first()).toBeVisible()
  await userEvent.keyboard('/certificate')
  await expect.poll(() => rows().elements()).toHaveLength(1)
  await expect.element(rows().first()).toHaveTextContent('And how long does the certificate take')
  // The same conversation is found by its first letters.
  await expect.poll(() => document.querySelector('mark')?.textContent).toBe('certificate')
  await rows().first().click()
  await expect.poll(() => location.history.at(-1)).toBe(`/conversations/${sampleId(1)}/at/8`)
  await expect.poll(() => document.querySelector('[data-seq="8"]')).not.toBeNull()
  await page.getByRole('searchbox').fill('nobody said this')
  await expect.element(page.getByText('Nothing found')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => rows().elements()).toHaveLength(6)
})

it('says of what is found when it was said, and how its conversation stands', async () => {
  const fake = createFakeConsole()
  const [row] = fake.client.$inbox.get()
  if (!row) throw new Error('no sample')
  const said = { in: 'message', seq: 8, excerpt: 'The certificate', ranges: [] as [number, number][] } as const
  const at = '2025-12-24T10:00:00.000Z'
  fake.admin.inbox.search = async () => ({
    results: [
      { ...said, at, conversation: { ...row, status: 'resolved' } },
      { ...said, in: 'visitor', seq: null, at: null, conversation: { ...row, status: 'waiting' } },
    ],
    nextCursor: null,
  })
  await mountConsole(fake)
  await page.getByRole('searchbox').fill('certificate')
  await expect.element(rows().first()).toHaveTextContent(/Dec.*Resolved/)
  expect(rows().first().element().querySelector('time')?.dateTime).toBe(at)
  await expect.element(rows().nth(1)).toHaveTextContent(/Waiting/)
  expect(rows().nth(1).element().querySelector('time')?.dateTime).toBe(row.lastMessage?.createdAt)
})

it('selects by x and by a range, and does the same to all', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake)
  await expect.element(rows().first()).toBeVisible()
  await userEvent.keyboard('jx')
  await expect.element(page.getByText('1 selected')).toBeVisible()
  await userEvent.keyboard('{Shift>}')
  await list()
    .getByRole('checkbox')
    .nth(3)
    .click({ modifiers: ['Shift'] })
  await userEvent.keyboard('{/Shift}')
  await expect.element(page.getByText('4 selected')).toBeVisible()
  await page.getByRole('button', { name: 'Take', exact: true }).click()
  await expect.poll(() => fake.calls).toContain('bulk {"type":"assign"} 4')
  await expect.element(page.getByText('4 selected')).not.toBeInTheDocument()
})

it('gives many to a colleague, and whatever else can be done to one', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake)
  const choose = async (line: string, choice: string) => {
    await list().getByRole('checkbox').first().click()
    await page.getByRole('button', { name: 'More for the selected' }).click()
    await page.getByRole('menuitem', { name: line, exact: true }).click()
    await page.getByRole('menuitem', { name: choice, exact: true }).click()
    await expect.element(page.getByText('1 selected')).not.toBeInTheDocument()
  }
  await choose('Assign to', 'Jonas Weber')
  await choose('Take off a tag', 'vip')
  await choose('Priority', 'Urgent')
  expect(fake.calls).toEqual([
    `bulk ${JSON.stringify({ type: 'assign', agentId: sampleId(901) })} 1`,
    `bulk ${JSON.stringify({ type: 'untag', tagId: sampleId(1604) })} 1`,
    'bulk {"type":"priority","priority":"urgent"} 1',
  ])
})

it('counts anew at once when something was done to many', async () => {
  const fake = createFakeConsole()
  const { counts } = fake.admin.inbox
  await mountConsole(fake)
  await expect.element(view('Open 6')).toBeVisible()
  fake.admin.inbox.counts = async () => ({ ...(await counts()), all: 2 })
  await list().getByRole('checkbox').first().click()
  await page.getByRole('button', { name: 'Take', exact: true }).click()
  // Nothing of the inbox has changed here: only what was done asks for them.
  await expect.element(view('Open 2')).toBeVisible()
})

it('says how many could not be changed, and keeps them selected', async () => {
  const fake = createFakeConsole()
  fake.admin.inbox.bulk = async (ids) => ids.map((id) => ({ id, outcome: 'taken' }))
  await mountConsole(fake)
  await list().getByRole('checkbox').first().click()
  await page.getByRole('button', { name: 'End', exact: true }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'End', exact: true }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('1 of 1 could not be changed.')
})

it('[C6] lets nobody select who may change nothing', async () => {
  await mountConsole(createFakeConsole({ role: 'client_user' }))
  await expect.element(rows().first()).toBeVisible()
  expect(list().getByRole('checkbox').elements()).toHaveLength(0)
})

it('moves by j, k and the arrows, opens by Enter, comes back by Escape', async () => {
  const { location } = await mountConsole(createFakeConsole())
  await expect.element(rows().first()).toBeVisible()
  await userEvent.keyboard('jj{ArrowDown}k')
  await expect.element(rows().nth(1)).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: 'Tomás Oliveira' })).toBeVisible()
  expect(location.history.at(-1)).toBe(`/conversations/${sampleId(3)}`)
  await userEvent.keyboard('{Escape}')
  await expect.poll(() => location.history.at(-1)).toBe('/')
  await expect.element(rows().nth(1)).toHaveFocus()
})

it('shows the keys', async () => {
  await mountConsole(createFakeConsole())
  await expect.element(rows().first()).toBeVisible()
  await userEvent.keyboard('?')
  await expect.element(page.getByRole('dialog', { name: 'Keyboard' })).toBeVisible()
})

it('loads page after page while the end of the list is in view', async () => {
  const fake = createFakeConsole()
  fake.client.$inbox.set([])
  const older = (from: number) =>
    Array.from({ length: 4 }, (_, index) => sampleRow(from + index, { updatedAt: minutesAgo(from + index) }))
  fake.admin.inbox.page = async ({ cursor }) => {
    const at = Number(cursor ?? 0)
    return { conversations: older(10 + at * 4), nextCursor: at < 2 ? String(at + 1) : null }
  }
  await mountConsole(fake)
  await expect.poll(() => rows().elements()).toHaveLength(12)
})

it('shows no row behind which others may be missing', async () => {
  const fake = createFakeConsole()
  fake.client.$inbox.set([sampleRow(90, { updatedAt: minutesAgo(900) })])
  fake.admin.inbox.page = ({ cursor }) =>
    cursor === null ? Promise.resolve({ conversations: [sampleRow(1)], nextCursor: 'next' }) : new Promise(() => {})
  await mountConsole(fake)
  await expect
    .poll(() =>
      rows()
        .elements()
        .map((row) => row.dataset.id),
    )
    .toEqual([sampleId(1)])
})

it('offers another try when a page does not load', async () => {
  const fake = createFakeConsole()
  const { page: first } = fake.admin.inbox
  let broken = true
  fake.admin.inbox.page = async (request) => {
    if (broken) throw new ChatError('TIMEOUT', 'No answer.')
    return first(request)
  }
  await mountConsole(fake)
  await expect.element(page.getByRole('alert')).toHaveTextContent('More did not load.')
  broken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

it('says that nothing is there, and that it is not here yet', async () => {
  const fake = createFakeConsole()
  fake.client.$inbox.set([])
  fake.admin.inbox.page = async () => ({ conversations: [], nextCursor: null })
  await mountConsole(fake)
  await expect.element(page.getByText('Nobody is waiting')).toBeVisible()
  fake.client.$inboxState.set({ loaded: false, hasMore: false })
  await expect.element(page.getByRole('status', { name: 'Loading the inbox' })).toBeInTheDocument()
  const error = new ChatError('OFFLINE', 'Not reachable.')
  fake.client.$connection.set({ status: 'waiting', attempt: 1, retryAt: 0, error })
  await expect.element(page.getByText('It loads as soon as there is a connection.')).toBeVisible()
})

it('says that one is offline and tries at once when told so', async () => {
  const fake = createFakeConsole()
  const error = new ChatError('OFFLINE', 'Not reachable.')
  fake.client.$connection.set({ status: 'waiting', attempt: 1, retryAt: 0, error })
  await mountConsole(fake)
  await expect.element(page.getByText('No connection to the server.')).toBeVisible()
  await page.getByRole('button', { name: 'Try now' }).click()
  expect(fake.calls).toEqual(['reconnect'])
  fake.client.$connection.set({ status: 'failed', error: new ChatError('UNSUPPORTED_VERSION', 'Too new.') })
  await expect.element(page.getByText('This page is out of date. Reload it.')).toBeVisible()
})

it('holds a thousand rows', async () => {
  const fake = createFakeConsole()
  fake.admin.inbox.page = async () => ({ conversations: [], nextCursor: null })
  fake.client.$inbox.set(
    Array.from({ length: 1000 }, (_, index) => sampleRow(index + 1, { updatedAt: minutesAgo(index) })),
  )
  await mountConsole(fake)
  await expect.poll(() => rows().elements()).toHaveLength(1000)
})

it('keeps to the width of a phone', async () => {
  await mountConsole(createFakeConsole(), { width: 360 })
  await rows().nth(3).click()
  await expect.element(list()).not.toBeInTheDocument()
  expect(document.documentElement.scrollWidth).toBe(360)
  await page.getByRole('button', { name: 'Back to the inbox' }).click()
  await expect.element(list()).toBeVisible()
  expect(document.documentElement.scrollWidth).toBe(360)
})
