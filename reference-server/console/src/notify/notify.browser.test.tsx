import type { ConversationSummary } from '@chatdesk/protocol'
import { DEFAULT_NOTIFICATIONS } from '@chatdesk/protocol/schemas'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole, type FakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { createBrowserEnvironment } from './browser-environment.js'
import { endPushWithSession } from './end-push-with-session.js'
import { isQuiet } from './quiet-now.js'
import { noticesOf } from './what-to-tell.js'

const ALL = { newConversation: 'all', newMessage: 'mine', mention: true, urgent: true } as const
const LATER = '2030-01-01T00:00:00.000Z'

function rows(): { self: string; first: ConversationSummary; waiting: ConversationSummary } {
  const fake = createFakeConsole()
  const self = fake.services.current.member.id
  const [row] = fake.client.$inbox.get()
  if (!row) throw new Error('no sample')
  const author = { kind: 'visitor' as const, id: row.visitor.id, name: row.visitor.name }
  const lastMessage = { author, text: 'Hello', createdAt: LATER }
  const first = { ...row, status: 'waiting' as const, agent: null, waitingSince: null, unread: 0, lastMessage }
  return { self, first, waiting: { ...first, waitingSince: LATER, unread: 1, updatedAt: LATER } }
}

it('tells of a conversation that begins to wait, once, and of nothing that was there before', () => {
  const { self, first, waiting } = rows()
  const notice = {
    conversationId: first.id,
    title: first.visitor.name,
    body: 'Hello',
    isMention: false,
    isUrgent: false,
  }
  expect(noticesOf([first], [waiting], ALL, self)).toEqual([notice])
  expect(noticesOf([waiting], [{ ...waiting, unread: 2 }], ALL, self)).toEqual([])
  const other = { ...waiting, id: crypto.randomUUID() }
  expect(noticesOf([first], [first, other], ALL, self)).toMatchObject([{ conversationId: other.id }])
  const old = { ...other, updatedAt: '2000-01-01T00:00:00.000Z' }
  expect(noticesOf([first], [first, old], ALL, self)).toEqual([])
  expect(noticesOf([first], [waiting], { ...ALL, newConversation: 'mine' }, self)).toEqual([])
})

it('tells of what is given to oneself, and of messages there', () => {
  const { self, waiting } = rows()
  const mine = { ...waiting, status: 'assigned' as const, agent: { kind: 'agent' as const, id: self, name: 'I' } }
  const theirs = { ...mine, agent: { ...mine.agent, id: crypto.randomUUID() } }
  expect(noticesOf([waiting], [mine], ALL, self)).toMatchObject([{ body: 'The conversation is yours now' }])
  expect(noticesOf([waiting], [mine], { ...ALL, newConversation: 'none' }, self)).toEqual([])
  expect(noticesOf([mine], [{ ...mine, unread: 2 }], ALL, self)).toMatchObject([{ body: 'Hello' }])
  expect(noticesOf([mine], [{ ...mine, unread: 2 }], { ...ALL, newMessage: 'none' }, self)).toEqual([])
  expect(noticesOf([mine], [{ ...mine, unread: 0 }], ALL, self)).toEqual([])
  expect(noticesOf([theirs], [{ ...theirs, unread: 2 }], ALL, self)).toEqual([])
})

it('P6: tells of what has become of a payment, once, in a conversation of one’s own or nobody’s', () => {
  const { self, first } = rows()
  const author = { kind: 'system' as const, id: first.widgetId, name: 'Acme' }
  const text = 'Payment received: A chair, ₹500.00'
  const paid = { ...first, updatedAt: LATER, lastMessage: { author, text, createdAt: LATER, ofPayment: true as const } }
  const held = (row: ConversationSummary, id = self) => ({ ...row, agent: { kind: 'agent' as const, id, name: 'I' } })
  const early = { ...first, lastMessage: null }
  expect(noticesOf([early], [paid], ALL, self)).toMatchObject([{ body: text }])
  expect(noticesOf([early], [paid], { ...ALL, newConversation: 'mine' }, self)).toEqual([])
  expect(noticesOf([paid], [{ ...paid, version: 99 }], ALL, self)).toEqual([])
  const resolved = held({ ...paid, status: 'resolved' })
  expect(noticesOf([held(early)], [resolved], ALL, self)).toMatchObject([{ body: text }])
  expect(noticesOf([held(early)], [resolved], { ...ALL, newMessage: 'none' }, self)).toEqual([])
  const theirs = crypto.randomUUID()
  expect(noticesOf([held(early, theirs)], [held(paid, theirs)], ALL, self)).toEqual([])
  const followUp = { ...paid, lastMessage: { author, text, createdAt: LATER } }
  expect(noticesOf([early], [followUp], ALL, self)).toEqual([])
})

it('tells of a note that names oneself, wherever it stands, and of none that was there or taken away', () => {
  const { self, first } = rows()
  const old = { ...first, updatedAt: '2000-01-01T00:00:00.000Z' }
  const named = (at: string, memberId = self) => ({ ...old, notes: 1, mentioned: [{ memberId, at }] })
  const notice = {
    conversationId: old.id,
    title: old.visitor.name,
    body: 'A note names you',
    isMention: true,
    isUrgent: false,
  }
  expect(noticesOf([old], [named(LATER)], ALL, self)).toEqual([notice])
  expect(noticesOf([named(LATER)], [{ ...named('2029-01-01T00:00:00.000Z'), version: 99 }], ALL, self)).toEqual([])
  expect(noticesOf([old], [named(LATER, crypto.randomUUID())], ALL, self)).toEqual([])
  expect(noticesOf([old], [named(LATER)], { ...ALL, mention: false }, self)).toEqual([])
  const other = { ...named(LATER), id: crypto.randomUUID() }
  expect(noticesOf([old], [old, other], ALL, self)).toMatchObject([{ conversationId: other.id }])
  expect(noticesOf([first], [first, { ...other, mentioned: named(old.updatedAt).mentioned }], ALL, self)).toEqual([])
})

it('B17: tells whom a hand-off calls, once for each, and nobody else', () => {
  const { self, waiting } = rows()
  const called = (at: string, memberIds = [self]) => ({ ...waiting, paged: { memberIds, at } })
  const notice = { conversationId: waiting.id, title: waiting.visitor.name, body: 'Urgent: needs somebody at once' }
  expect(noticesOf([waiting], [called(LATER)], ALL, self)).toEqual([{ ...notice, isMention: false, isUrgent: true }])
  expect(noticesOf([called(LATER)], [{ ...called(LATER), version: 99 }], ALL, self)).toEqual([])
  const next = '2030-01-02T00:00:00.000Z'
  expect(noticesOf([called(LATER)], [called(next)], ALL, self)).toMatchObject([{ isUrgent: true }])
  expect(noticesOf([waiting], [called(LATER, [crypto.randomUUID()])], ALL, self)).toEqual([])
  expect(noticesOf([waiting], [called(LATER)], { ...ALL, urgent: false }, self)).toEqual([])
})

it('knows quiet hours, over midnight as well', () => {
  const night = { from: '22:00', to: '07:00', timeZone: 'Asia/Kolkata' }
  expect(isQuiet(new Date('2026-01-01T17:00:00Z'), night)).toBe(true)
  expect(isQuiet(new Date('2026-01-01T01:30:00Z'), night)).toBe(false)
  expect(isQuiet(new Date('2026-01-01T01:29:00Z'), night)).toBe(true)
  expect(isQuiet(new Date(), undefined)).toBe(false)
})

const arrive = (fake: FakeConsole) => {
  const [row, ...others] = fake.client.$inbox.get()
  if (!row) throw new Error('no sample')
  const agent = { kind: 'agent' as const, id: fake.services.current.member.id, name: 'I' }
  fake.client.$inbox.set([{ ...row, status: 'assigned', agent: { ...agent, id: crypto.randomUUID() } }, ...others])
  return () => fake.client.$inbox.set([{ ...row, status: 'assigned', agent, updatedAt: LATER }, ...others])
}

it('sounds, shows what the browser may show to whoever looks elsewhere, and counts in the title', async () => {
  const fake = createFakeConsole()
  fake.admin.notifications.read = async () => ({
    ...{ notifications: { ...DEFAULT_NOTIFICATIONS, browser: true }, pushKey: null, sendsMail: false },
  })
  await mountConsole(fake, { path: '/settings/account' })
  await expect.poll(() => fake.services.$notifications.get()).not.toBeNull()
  const tell = arrive(fake)
  fake.$attentive.set(false)
  // Drawn, so that what comes next is a change.
  for (let frames = 0; frames < 3; frames++) await new Promise(requestAnimationFrame)
  tell()
  await expect.poll(() => fake.calls).toContain('chime')
  expect(fake.calls.filter((call) => call.startsWith('show '))).toHaveLength(1)
  await expect.poll(() => document.title).toMatch(/^\(\d+\) /)
})

it('B17: an urgent call sounds in quiet hours as well, and stands above each page until somebody else has it', async () => {
  const fake = createFakeConsole()
  const day = { from: '00:00', to: '23:59', timeZone: 'UTC' }
  fake.admin.notifications.read = async () => ({
    ...{ notifications: { ...DEFAULT_NOTIFICATIONS, quietHours: day }, pushKey: null, sendsMail: false },
  })
  const [first, second, third, ...others] = fake.client.$inbox.get()
  if (!first || !second || !third) throw new Error('no sample')
  const { location } = await mountConsole(fake, { path: '/settings/account' })
  await expect.poll(() => fake.services.$notifications.get()).not.toBeNull()
  for (let count = 0; count < 3; count++) await new Promise(requestAnimationFrame)
  const self = fake.services.current.member.id
  const call = { memberIds: [self], at: LATER }
  fake.client.$inbox.set([first, { ...second, paged: call }, { ...third, paged: call }, ...others])
  const banner = page.getByText(/needs somebody at once/)
  await expect.element(banner).toHaveTextContent(`Urgent: ${second.visitor.name} needs somebody at once, and 1 more.`)
  expect(fake.calls).toContain('chime')
  expect(await axeViolations()).toEqual([])
  await page.getByRole('button', { name: 'Dismiss' }).click()
  await expect.element(banner).toHaveTextContent(`Urgent: ${third.visitor.name} needs somebody at once.`)
  await page.getByRole('button', { name: 'Open', exact: true }).click()
  expect(location.history?.at(-1)).toBe(`/conversations/${third.id}`)
  await expect.element(banner).not.toBeInTheDocument()
  location.navigate('/settings/account')
  await expect.element(banner).toBeVisible()
  const agent = { kind: 'agent' as const, id: crypto.randomUUID(), name: 'Somebody else' }
  fake.client.$inbox.set([first, second, { ...third, status: 'assigned', agent, paged: call }, ...others])
  await expect.element(banner).not.toBeInTheDocument()
})

it('settings count at once; the browser and its push service are asked with a press', async () => {
  const fake = createFakeConsole({ role: 'agent' })
  await mountConsole(fake, { path: '/settings/notifications' })
  await page.getByLabelText('New conversations').selectOptions('mine')
  await expect.poll(() => fake.services.$notifications.get()?.newConversation).toBe('mine')
  await page.getByRole('switch', { name: /^In the browser/ }).click()
  await expect.poll(() => fake.services.$notifications.get()?.browser).toBe(true)
  await page.getByRole('switch', { name: 'By push, in this browser' }).click()
  await expect.poll(() => fake.calls).toContain('add browser "https://push.example/1"')
  await expect.poll(() => fake.services.$notifications.get()?.push).toBe(true)
  await page.getByRole('switch', { name: 'By push, in this browser' }).click()
  await expect.poll(() => fake.calls).toContain('remove browser "https://push.example/1"')
  await expect.element(page.getByRole('switch', { name: /^Urgent conversations/ })).toBeChecked()
  await page.getByRole('switch', { name: /^Urgent conversations/ }).click()
  await expect.poll(() => fake.services.$notifications.get()?.urgent).toBe(false)
  await page.getByRole('switch', { name: /^Quiet hours/ }).click()
  await expect.element(page.getByLabelText('From')).toHaveValue('20:00')
  await expect.element(page.getByText('When mails go out')).not.toBeInTheDocument()
  expect(await axeViolations()).toEqual([])
})

it('an admin says when mails go out', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: '/settings/notifications', dark: true })
  await page.getByLabelText('To members, of somebody who waits').fill('15')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => fake.calls).toContain('save mail settings {"missedAfterMinutes":15,"replyAfterMinutes":10}')
})

it('takes the push of this browser back when nobody is signed in', async () => {
  const { session, services } = createFakeConsole()
  const { push } = services.notify
  await push.subscribe('key')
  endPushWithSession(session.$state, push)
  expect(await push.current()).not.toBeNull()
  session.$state.set({ status: 'signed-out', expired: true })
  await expect.poll(() => push.current()).toBeNull()
})

it('leaves the subscription of another worker alone, whose the whole origin is', async () => {
  let subscription: { endpoint: string; unsubscribe: () => Promise<boolean> } | null = {
    endpoint: 'https://push.example/site',
    unsubscribe: async () => {
      subscription = null
      return true
    },
  }
  const registration = (script: string) =>
    ({
      active: { scriptURL: new URL(script, document.baseURI).href },
      pushManager: { getSubscription: async () => subscription },
    }) as unknown as ServiceWorkerRegistration
  const found = vi.spyOn(navigator.serviceWorker, 'getRegistration').mockResolvedValue(registration('/site-worker.js'))
  onTestFinished(() => found.mockRestore())
  const { push } = createBrowserEnvironment()
  expect(await push.current()).toBeNull()
  await push.unsubscribe()
  expect(subscription).not.toBeNull()
  found.mockResolvedValue(registration('notify-worker.js'))
  expect(await push.current()).toBe('https://push.example/site')
})

it('tells of the very first conversation, and not of one whose message is looked at', async () => {
  const fake = createFakeConsole()
  const [row] = fake.client.$inbox.get()
  if (!row) throw new Error('no sample')
  fake.client.$inbox.set([])
  const { location } = await mountConsole(fake, { path: '/settings/account' })
  await expect.poll(() => fake.services.$notifications.get()).not.toBeNull()
  const frames = async () => {
    for (let count = 0; count < 3; count++) await new Promise(requestAnimationFrame)
  }
  await frames()
  const agent = { kind: 'agent' as const, id: fake.services.current.member.id, name: 'I' }
  const mine = { ...row, status: 'assigned' as const, agent, unread: 1, updatedAt: LATER }
  fake.client.$inbox.set([mine])
  await expect.poll(() => fake.calls).toContain('chime')
  location.navigate(`/conversations/${row.id}/at/2`)
  await expect.element(page.getByRole('log')).toBeVisible()
  fake.calls.length = 0
  fake.client.$inbox.set([{ ...mine, unread: 2 }])
  await frames()
  expect(fake.calls).not.toContain('chime')
})

it('a note that names the member sounds, and stands on the row until the conversation is looked at', async () => {
  const fake = createFakeConsole()
  const [first, second, ...others] = fake.client.$inbox.get()
  if (!first || !second) throw new Error('no sample')
  const { location } = await mountConsole(fake, { path: `/conversations/${first.id}` })
  await expect.poll(() => fake.services.$notifications.get()).not.toBeNull()
  for (let count = 0; count < 3; count++) await new Promise(requestAnimationFrame)
  const mentioned = [{ memberId: fake.services.current.member.id, at: LATER }]
  fake.client.$inbox.set([first, { ...second, notes: 1, mentioned }, ...others])
  const row = page.getByRole('link', { name: /A note names you/ })
  await expect.element(row).toBeVisible()
  await expect.element(row).toHaveAttribute('data-id', second.id)
  expect(fake.calls).toContain('chime')
  expect(await axeViolations()).toEqual([])
  location.navigate(`/conversations/${second.id}`)
  await expect.element(row).not.toBeInTheDocument()
})
