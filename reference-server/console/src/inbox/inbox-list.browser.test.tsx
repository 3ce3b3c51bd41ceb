import { ChatError } from '@chatdesk/protocol'
import { expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { minutesAgo, sampleId, sampleRow } from '../testing/sample-data.js'

const list = () => page.getByRole('region', { name: 'Conversations' })
const rows = () => list().getByRole('link')
const tab = (name: string) => list().getByRole('button', { name })

it('shows who, last words, waiting time and unread count', async () => {
  await mountConsole(createFakeConsole())
  await expect
    .element(rows().nth(1))
    .toHaveAccessibleName(/Visitor 3f2a .* Hello\? Is anybody there Waiting 14m 3 unread/)
  await expect.element(list().getByText('Waiting 14m')).toHaveAttribute('data-urgency', 'overdue')
  await expect.element(list().getByText('Waiting 4m')).toHaveAttribute('data-urgency', 'late')
})

it('counts what is unread in the title of the page, live', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake)
  await vi.waitFor(() => expect(document.title).toBe('(5) Inbox · ChatDesk'))
  fake.client.$inbox.set([])
  await vi.waitFor(() => expect(document.title).toBe('Inbox · ChatDesk'))
})

it('follows the inbox as it changes', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake)
  await expect.element(rows().first()).toHaveTextContent('Anaya Deshmukh')
  const newcomer = sampleRow(40, { visitor: { id: sampleId(540), name: 'Newcomer', identified: false } })
  fake.client.$inbox.set([newcomer, ...fake.client.$inbox.get()])
  await expect.element(rows().first()).toHaveTextContent('Newcomer')
})

it('filters by status', async () => {
  await mountConsole(createFakeConsole())
  await expect.element(tab('Open')).toHaveAttribute('aria-pressed', 'true')
  await vi.waitFor(() => expect(rows().elements()).toHaveLength(6))
  await tab('Mine').click()
  await vi.waitFor(() => expect(rows().elements()).toHaveLength(3))
  await tab('Resolved').click()
  await vi.waitFor(() => expect(rows().elements()).toHaveLength(2))
})

it('moves by j, k and the arrows, opens by Enter, comes back by Escape', async () => {
  const { location } = await mountConsole(createFakeConsole())
  await expect.element(rows().first()).toBeVisible()
  await userEvent.keyboard('jj{ArrowDown}k')
  await expect.element(rows().nth(1)).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('heading', { name: 'Visitor 3f2a' })).toBeVisible()
  expect(location.history.at(-1)).toBe(`/conversations/${sampleId(2)}`)
  await userEvent.keyboard('{Escape}')
  await vi.waitFor(() => expect(location.history.at(-1)).toBe('/'))
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
  fake.client.$inboxState.set({ loaded: true, hasMore: true })
  fake.client.loadMore = async () => {
    const known = fake.client.$inbox.get()
    // Two pages without a row for this tab: the end stays in view, and still the third one is fetched.
    const status = known.length < 28 ? 'resolved' : 'waiting'
    fake.client.$inbox.set([
      ...known,
      ...Array.from({ length: 10 }, (_, index) => sampleRow(known.length + index, { status })),
    ])
    if (status === 'waiting') fake.client.$inboxState.set({ loaded: true, hasMore: false })
  }
  await mountConsole(fake)
  await vi.waitFor(() => expect(rows().elements()).toHaveLength(16))
})

it('offers another try when a page does not load', async () => {
  const fake = createFakeConsole()
  fake.client.$inboxState.set({ loaded: true, hasMore: true })
  let broken = true
  fake.client.loadMore = async () => {
    if (broken) throw new ChatError('TIMEOUT', 'No answer.')
    fake.client.$inboxState.set({ loaded: true, hasMore: false })
  }
  await mountConsole(fake)
  await expect.element(page.getByRole('alert')).toHaveTextContent('Older conversations did not load.')
  broken = false
  await page.getByRole('button', { name: 'Try again' }).click()
  await expect.element(page.getByRole('alert')).not.toBeInTheDocument()
})

it('says that nothing is there, and that it is not here yet', async () => {
  const fake = createFakeConsole()
  fake.client.$inbox.set([])
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
  fake.client.$inbox.set(
    Array.from({ length: 1000 }, (_, index) => sampleRow(index + 1, { updatedAt: minutesAgo(index) })),
  )
  await mountConsole(fake)
  await vi.waitFor(() => expect(rows().elements()).toHaveLength(1000))
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
