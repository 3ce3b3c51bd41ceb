import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { JONAS, PRIYA, sampleId, sampleMessage, sampleRow, visitor } from '../testing/sample-data.js'

const ID = sampleId(1)
const PATH = `/conversations/${ID}`
const ANAYA = visitor('Anaya Deshmukh')
const log = () => page.getByRole('log')

function longTalk(from: number, to: number) {
  return Array.from({ length: to - from + 1 }, (_, index) =>
    sampleMessage(from + index, ANAYA, `Line ${from + index}`, 1000 - (from + index) * 2),
  )
}

function opened() {
  const fake = createFakeConsole()
  return { fake, conversation: fake.client.conversation(ID) }
}

it('sets the team apart from the visitor and tells what happened between', async () => {
  await mountConsole(opened().fake, { path: PATH })
  await expect.element(log().getByText('Jonas Weber ended the conversation')).toBeInTheDocument()
  await expect.element(log().getByText('Anaya Deshmukh reopened the conversation')).toBeInTheDocument()
  await expect.element(log().getByRole('heading', { name: 'Today' })).toBeInTheDocument()
  const mine = log().getByRole('article', { name: 'You' })
  await expect.element(mine).toHaveTextContent(/Welcome back!.*And yes.*Read/)
  await expect.element(mine).toHaveAttribute('data-own', 'true')
  const theirs = log().getByRole('article', { name: 'Anaya Deshmukh' }).last()
  await expect.element(theirs).not.toHaveAttribute('data-own')
})

it('[P2] says at the name of the visitor whether they are there, and nothing that is not known', async () => {
  const { fake, conversation } = opened()
  conversation.$presence.set(null)
  await mountConsole(fake, { path: PATH })
  const heading = page.getByRole('heading', { name: 'Anaya Deshmukh', level: 2 }).first()
  await expect.element(heading).toBeVisible()
  const header = () => heading.element().closest('header')?.textContent
  expect(header()).not.toMatch(/Online|Away|Left/)
  for (const [presence, word] of [
    ['online', 'Online'],
    ['away', 'Away'],
    ['offline', 'Left'],
  ] as const) {
    conversation.$presence.set(presence)
    await expect.poll(header).toContain(word)
  }
})

it.each([
  ['queued', 'Waiting to be sent'],
  ['sending', 'Sending'],
  ['sent', 'Sent'],
  ['read', 'Read'],
] as const)('shows that a message is %s', async (delivery, words) => {
  const { fake, conversation } = opened()
  conversation.$timeline.set([{ ...sampleMessage(1, PRIYA, 'Hello', 1), delivery }])
  await mountConsole(fake, { path: PATH })
  await expect.element(log().getByRole('article')).toHaveTextContent(words)
})

it('keeps what was refused, with another try and a way to be rid of it', async () => {
  const { fake, conversation } = opened()
  const error = new ChatError('RATE_LIMITED', 'Slow down.')
  conversation.$timeline.set([{ ...sampleMessage(1, PRIYA, 'Hello', 1), seq: undefined, delivery: 'failed', error }])
  await mountConsole(fake, { path: PATH })
  await expect.element(log().getByRole('alert')).toHaveTextContent('Not sent. Too many requests.')
  await log().getByRole('button', { name: 'Try again' }).click()
  await log().getByRole('button', { name: 'Discard' }).click()
  expect(conversation.calls.filter((call) => /retry|discard/.test(call))).toEqual([
    'retry message-1',
    'discard message-1',
  ])
})

it('[H2] marks as read what somebody looks at, and only that', async () => {
  const { fake, conversation } = opened()
  fake.$attentive.set(false)
  await mountConsole(fake, { path: PATH })
  await expect.element(log().getByText('I am back :)')).toBeInTheDocument()
  expect(conversation.calls).not.toContain('markRead')
  fake.$attentive.set(true)
  await expect.poll(() => conversation.calls.filter((call) => call === 'markRead')).toHaveLength(1)
  conversation.$timeline.set([...conversation.$timeline.get(), sampleMessage(13, ANAYA, 'Hello?', 0)])
  await expect.poll(() => conversation.calls.filter((call) => call === 'markRead')).toHaveLength(2)
})

it('[H2] does not mark as read what is below the fold', async () => {
  const { fake, conversation } = opened()
  conversation.$timeline.set(longTalk(1, 60))
  await mountConsole(fake, { path: PATH })
  await expect.poll(() => conversation.calls).toContain('markRead')
  log().element().scrollTop = 0
  await expect.element(page.getByRole('button', { name: 'Newest' })).toBeVisible()
  const before = conversation.calls.length
  conversation.$timeline.set(longTalk(1, 61))
  await expect.element(log().getByText('Line 61')).toBeInTheDocument()
  expect(conversation.calls).toHaveLength(before)
  expect(log().element().scrollTop).toBe(0)
  await page.getByRole('button', { name: 'Newest' }).click()
  await expect.poll(() => conversation.calls).toHaveLength(before + 1)
  await expect.element(log().getByText('Line 61')).toBeInViewport()
})

it('stays on the same message when older ones come in above it', async () => {
  const { fake, conversation } = opened()
  conversation.$timeline.set(longTalk(51, 100))
  conversation.$conversation.set({ ...conversation.$conversation.get(), hasOlder: true })
  conversation.behaviour.loadOlder = async () => {
    conversation.$timeline.set(longTalk(1, 100))
    return { reachedStart: true }
  }
  await mountConsole(fake, { path: PATH })
  await expect.element(log().getByText('Line 100')).toBeInViewport()
  log().element().scrollTop = 0
  await expect.element(page.getByRole('button', { name: 'Newest' })).toBeVisible()
  const top = () => log().getByText('Line 51', { exact: true }).element().getBoundingClientRect().top
  const before = top()
  await page.getByRole('button', { name: 'Load older messages' }).click()
  await expect.element(log().getByText('Line 1', { exact: true })).toBeInTheDocument()
  expect(Math.abs(top() - before)).toBeLessThan(40)
  expect(log().element().scrollTop).toBeGreaterThan(500)
})

it('says when older messages do not load', async () => {
  const { fake, conversation } = opened()
  conversation.$conversation.set({ ...conversation.$conversation.get(), hasOlder: true })
  conversation.behaviour.loadOlder = async () => {
    throw new ChatError('TIMEOUT', 'No answer.')
  }
  await mountConsole(fake, { path: PATH })
  await page.getByRole('button', { name: 'Load older messages' }).click()
  await expect.element(log().getByRole('alert')).toHaveTextContent('Older messages did not load.')
})

it('[Y1] shows who types', async () => {
  const { fake, conversation } = opened()
  await mountConsole(fake, { path: PATH })
  await expect.element(log()).toBeVisible()
  conversation.$typing.set([ANAYA])
  await expect.element(page.getByText('Anaya Deshmukh is typing…')).toBeVisible()
  conversation.$typing.set([ANAYA, JONAS])
  await expect.element(page.getByText('Anaya Deshmukh, Jonas Weber are typing…')).toBeVisible()
  conversation.$typing.set([])
  await expect.element(page.getByText('are typing…')).not.toBeInTheDocument()
})

it('[C4] ends a conversation after asking once', async () => {
  const { fake, conversation } = opened()
  await mountConsole(fake, { path: PATH })
  await expect.element(log()).toBeVisible()
  await userEvent.keyboard('e')
  const dialog = page.getByRole('dialog', { name: 'End the conversation?' })
  await expect.element(dialog).toBeVisible()
  expect(conversation.calls).not.toContain('end')
  conversation.behaviour.end = async () => {
    throw new ChatError('OFFLINE', 'Not reachable.')
  }
  await dialog.getByRole('button', { name: 'End conversation' }).click()
  await expect.element(dialog.getByRole('alert')).toHaveTextContent('The server cannot be reached.')
  conversation.behaviour.end = async () => {
    conversation.$conversation.set({ ...conversation.$conversation.get(), status: 'resolved' })
  }
  await dialog.getByRole('button', { name: 'End conversation' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(page.getByText('This conversation has ended.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'End the conversation' })).not.toBeInTheDocument()
})

it('[C6] only reads for a member who only reads', async () => {
  const fake = createFakeConsole({ role: 'client_user' })
  const conversation = fake.client.conversation(ID)
  await mountConsole(fake, { path: PATH })
  await expect.element(page.getByText('You can read this conversation.')).toBeVisible()
  await expect.element(page.getByRole('textbox')).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'End the conversation' })).not.toBeInTheDocument()
  await userEvent.keyboard('re')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect(conversation.calls).toEqual([])
})

it('only reads for a super admin who visits: a guest speaks for nobody', async () => {
  const fake = createFakeConsole({ role: 'super_admin', visiting: { reason: 'They asked for help' } })
  await mountConsole(fake, { path: PATH })
  await expect.element(page.getByText('Only members of the organization reply in its name.')).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'End the conversation' })).not.toBeInTheDocument()
})

it('[C1] says that a foreign conversation cannot be shown', async () => {
  const { fake } = opened()
  const foreign = fake.client.conversation(sampleId(77))
  foreign.$conversation.set({ ...foreign.$conversation.get(), synced: false })
  await mountConsole(fake, { path: `/conversations/${sampleId(77)}` })
  await expect.element(page.getByRole('status', { name: 'Loading the conversation' })).toBeInTheDocument()
  foreign.$missing.set(true)
  await expect.element(page.getByRole('alert')).toHaveTextContent('This conversation cannot be shown')
})

it('[I2] says that what stood here was removed, and shows nothing more of it', async () => {
  const { fake, conversation } = opened()
  await mountConsole(fake, { path: PATH })
  await expect.element(log().getByRole('article').first()).toBeVisible()
  conversation.$missing.set(true)
  await expect.element(page.getByRole('alert')).toHaveTextContent('This conversation was removed')
  await expect.element(log()).not.toBeInTheDocument()
})

it('stops watching when another conversation is opened', async () => {
  const { fake, conversation } = opened()
  const { location } = await mountConsole(fake, { path: PATH })
  await expect.element(log()).toBeVisible()
  location.navigate(`/conversations/${sampleId(2)}`)
  await expect.poll(() => conversation.calls).toContain('close')
})

it('reads arriving messages out', async () => {
  const { fake } = opened()
  await mountConsole(fake, { path: PATH })
  await expect.element(log()).toBeVisible()
  fake.client.emit('message', sampleMessage(14, PRIYA, 'My own words', 0))
  fake.client.emit('message', sampleMessage(13, ANAYA, 'Are you there?', 0))
  await expect
    .poll(() => document.querySelector('[aria-live="polite"]')?.textContent)
    .toBe('Anaya Deshmukh: Are you there?')
  // The same words again are news as well, which only a change in the page tells.
  const before = document.querySelector('[aria-live="polite"]')?.firstElementChild
  fake.client.emit('message', sampleMessage(15, ANAYA, 'Are you there?', 0))
  await expect.poll(() => before?.isConnected).toBe(false)
})

it('threat 55: shows markup as it was typed and runs none of it', async () => {
  const { fake, conversation } = opened()
  const hostile = '<img src=x onerror="window.pwned=1"><script>window.pwned=1</script>'
  const row = sampleRow(1, {
    visitor: { id: sampleId(501), name: hostile, identified: false },
    lastMessage: { author: visitor(hostile), text: hostile, createdAt: new Date().toISOString() },
    pageUrl: 'javascript:window.pwned=1',
    agent: { ...PRIYA, name: hostile, avatarUrl: 'https://evil.example/pixel.png' },
  })
  fake.client.$inbox.set([row])
  conversation.$timeline.set([sampleMessage(1, visitor(hostile), hostile, 1)])
  const { place } = await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(log().getByText(hostile)).toBeVisible()
  await expect.element(page.getByText('javascript:window.pwned=1')).toBeVisible()
  expect(place.querySelectorAll('img, script, [href^="javascript:"]')).toHaveLength(0)
  expect('pwned' in window).toBe(false)
})

it('threat 56: a link to the page of the visitor tells it nothing', async () => {
  await mountConsole(opened().fake, { path: PATH, width: 1600 })
  const link = page.getByRole('link', { name: 'northwind.example/pricing' })
  await expect.element(link).toHaveAttribute('rel', 'noopener noreferrer')
  await expect.element(link).toHaveAttribute('target', '_blank')
})

it('threat 64: asks nobody for the picture of a visitor', async () => {
  const { fake, conversation } = opened()
  const withPicture = { ...ANAYA, avatarUrl: 'https://evil.example/pixel.png' }
  conversation.$timeline.set([sampleMessage(1, withPicture, 'Hello', 1)])
  const { place } = await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(log().getByText('Hello')).toBeVisible()
  expect(place.innerHTML).not.toContain('evil.example')
  const asked = performance.getEntriesByType('resource').map(({ name }) => new URL(name).hostname)
  expect(asked.filter((host) => host !== window.location.hostname)).toEqual([])
})

it('remembers on a wide screen whether the details are shown', async () => {
  const { fake } = opened()
  const { unmount } = await mountConsole(fake, { path: PATH, width: 1600 })
  const details = page.getByRole('complementary', { name: 'Details' })
  await expect.element(details).toBeVisible()
  await userEvent.keyboard('d')
  await expect.element(details).not.toBeInTheDocument()
  unmount()
  await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(log()).toBeVisible()
  await expect.element(details).not.toBeInTheDocument()
})

it('[V1] says beside the conversation what the visitor has answered, each thing once, and anew when they say more', async () => {
  const { fake } = opened()
  await mountConsole(fake, { path: PATH, width: 1600 })
  const facts = page.getByRole('region', { name: 'About the visitor' })
  await expect.element(facts).toBeVisible()
  const said = () => [...facts.element().querySelectorAll('dl > div')].map(({ textContent }) => textContent)
  expect(said().slice(0, 5)).toEqual([
    'DepartmentSales',
    'Your emailanaya@example.com',
    'How many are you?20 people',
    'Send me newsYes',
    'planLarge',
  ])
  expect(said()[5]).toMatch(/^Agreed, .*You may keep this to answer me\.$/)
  const { visitor } = fake.admin.conversations
  fake.admin.conversations.visitor = async (id) => ({
    ...(await visitor(id)),
    department: null,
    email: 'a@proved.example',
    rating: { score: 2, comment: 'slow', ratedAt: '2026-01-05T10:00:00.000Z' },
  })
  fake.client.$inbox.set(fake.client.$inbox.get().map((row) => ({ ...row, version: row.version + 1 })))
  await expect.poll(() => said()[0]).toBe('Email (proved)a@proved.example')
  expect(said().some((text) => /^Rating, .*2 of 5: slow$/.test(text ?? ''))).toBe(true)
})

it('[X5] shows what the team says as the visitor sees it, and what the visitor says as it was typed', async () => {
  const { fake, conversation } = opened()
  const choices = [{ id: 'a', text: 'Yes' }]
  const buttons = [{ text: 'bank.example', url: 'https://evil.example/' }, ...choices]
  conversation.$timeline.set([
    sampleMessage(1, PRIYA, '**Two** things:\n1. PAN', 9),
    sampleMessage(2, ANAYA, '**not bold** <b>x</b> https://a.example', 8),
    { ...sampleMessage(3, PRIYA, '', 7), parts: [{ type: 'choices', text: 'Shall we?', choices }] },
    { ...sampleMessage(4, PRIYA, '', 6), parts: [{ type: 'card', title: 'A card', text: 'Words', buttons }] },
    { ...sampleMessage(5, ANAYA, '', 5), parts: [{ type: 'text', text: 'Yes', choiceId: 'a' }] },
  ])
  await mountConsole(fake, { path: PATH })
  await expect.element(log().getByText('Two', { exact: true })).toBeVisible()
  expect(log().element().querySelector('strong')?.textContent).toBe('Two')
  expect(log().element().querySelector('ol')?.textContent).toBe('PAN')
  await expect.element(log().getByText('**not bold** <b>x</b>')).toBeVisible()
  const links = [...log().element().querySelectorAll('a')].map(({ href, rel, textContent }) => [href, rel, textContent])
  const rel = 'noopener noreferrer nofollow ugc'
  expect(links).toEqual([
    ['https://a.example/', rel, 'https://a.example'],
    ['https://evil.example/', rel, 'bank.example (evil.example)'],
  ])
  expect(log().getByRole('list', { name: 'Offered to the visitor' }).elements()).toHaveLength(2)
  expect(await axeViolations()).toEqual([])
})
