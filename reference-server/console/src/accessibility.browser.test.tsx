import { ChatError } from '@chatdesk/protocol'
import { describe, expect, it, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from './testing/axe-violations.js'
import { createFakeConsole, type FakeConsole } from './testing/fake-console.js'
import { mountConsole } from './testing/mount-console.js'
import { PRIYA, sampleId, sampleMessage, visitor } from './testing/sample-data.js'

const THREAD = `/conversations/${sampleId(1)}`
const OFFLINE = new ChatError('OFFLINE', 'Not reachable.')

interface State {
  name: string
  role?: 'client_user'
  path?: string
  width?: number
  prepare?: (fake: FakeConsole) => void
  act?: () => Promise<void>
  /** Visible when the state is reached. */
  sign: string
}

const STATES: State[] = [
  {
    name: 'sign-in',
    prepare: ({ session }) => session.$state.set({ status: 'signed-out', expired: true }),
    sign: 'Sign in to ChatDesk',
  },
  {
    name: 'unreachable',
    prepare: ({ session }) => session.$state.set({ status: 'unreachable', error: OFFLINE }),
    sign: 'ChatDesk cannot start',
  },
  { name: 'inbox', sign: 'Choose a conversation' },
  { name: 'inbox at 360 px', width: 360, sign: 'Visitor 3f2a' },
  { name: 'empty inbox', prepare: ({ client }) => client.$inbox.set([]), sign: 'Nobody is waiting' },
  { name: 'thread', path: THREAD, sign: 'I am back :)' },
  { name: 'thread at 360 px', path: THREAD, width: 360, sign: 'Two questions:' },
  {
    name: 'refused message and typing',
    path: THREAD,
    prepare: ({ client }) => {
      const { $timeline, $typing } = client.conversation(sampleId(1))
      $typing.set([visitor('Anaya Deshmukh')])
      $timeline.set([{ ...sampleMessage(1, PRIYA, 'Hello', 1), delivery: 'failed', error: OFFLINE }])
    },
    sign: 'Try again',
  },
  {
    name: 'resolved',
    path: THREAD,
    prepare: ({ client }) => {
      const { $conversation } = client.conversation(sampleId(1))
      $conversation.set({ ...$conversation.get(), status: 'resolved' })
    },
    sign: 'This conversation has ended.',
  },
  {
    name: 'offline',
    path: THREAD,
    prepare: ({ client }) => client.$connection.set({ status: 'waiting', attempt: 2, retryAt: 0, error: OFFLINE }),
    sign: 'No connection to the server.',
  },
  {
    name: 'not connected',
    prepare: ({ client }) => {
      client.$inboxState.set({ loaded: false, hasMore: false })
      client.$connection.set({ status: 'failed', error: new ChatError('FORBIDDEN_ORIGIN', 'Not from here.') })
    },
    sign: 'Not connected.',
  },
  { name: 'read-only', role: 'client_user', path: THREAD, sign: 'You can read this conversation.' },
  {
    name: 'end dialog',
    path: THREAD,
    act: () => page.getByRole('button', { name: 'End the conversation' }).click(),
    sign: 'End the conversation?',
  },
  { name: 'keys', act: () => userEvent.keyboard('?'), sign: 'Write a reply' },
  { name: 'account', act: () => page.getByRole('button', { name: /^Account/ }).click(), sign: 'Sign out' },
]

describe.each([{ scheme: 'light' }, { scheme: 'dark' }])('$scheme', ({ scheme }) => {
  it.each(STATES)('has nothing for axe to find: $name', async ({ role, path, width, prepare, act, sign }) => {
    const fake = createFakeConsole(role ? { role } : {})
    prepare?.(fake)
    await mountConsole(fake, { path: path ?? '/', width: width ?? 1600, dark: scheme === 'dark' })
    if (act) {
      await expect.element(page.getByRole('main')).toBeVisible()
      await act()
    }
    await expect.element(page.getByText(sign).first()).toBeVisible()
    expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', scheme)
    expect(await axeViolations()).toEqual([])
  })
})

it('switches the colours', async () => {
  await mountConsole(createFakeConsole())
  for (const scheme of ['dark', 'light']) {
    await page.getByRole('button', { name: `Switch to ${scheme} colours` }).click()
    await vi.waitFor(() => expect(document.documentElement).toHaveAttribute('data-mantine-color-scheme', scheme))
  }
})

it('has no text under 12 px', async () => {
  const { place } = await mountConsole(createFakeConsole(), { path: THREAD, width: 1600 })
  await expect.element(page.getByText('I am back :)')).toBeVisible()
  const sizes = [...place.querySelectorAll('*')]
    .filter((element) => [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE))
    .map((element) => Number.parseFloat(getComputedStyle(element).fontSize))
  expect(sizes.length).toBeGreaterThan(30)
  expect(Math.min(...sizes)).toBeGreaterThanOrEqual(12)
})
