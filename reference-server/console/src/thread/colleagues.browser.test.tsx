import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { JONAS, PRIYA, sampleId, sampleMessage, visitor } from '../testing/sample-data.js'

const ID = sampleId(1)
const PATH = `/conversations/${ID}`
const field = () => page.getByRole('textbox', { name: 'Reply to Anaya Deshmukh' })
const button = (name: string) => page.getByRole('button', { name, exact: true })
const colleague = { id: JONAS.id as string, name: 'Jonas Weber' }

function opened() {
  const fake = createFakeConsole()
  const conversation = fake.client.conversation(ID)
  const sent = () => conversation.calls.filter((call) => call.startsWith('send '))
  return { fake, conversation, sent }
}

it.each([false, true])(
  '[C21] shows which colleagues look at the conversation, and who answers (dark: %s)',
  async (dark) => {
    const { fake, conversation } = opened()
    await mountConsole(fake, { path: PATH, dark })
    await expect.element(field()).toBeVisible()
    expect(document.querySelector('[data-viewers]')).toBeNull()
    const others = [2, 3, 4].map((number) => ({ id: sampleId(900 + number), name: `Colleague ${number}` }))
    conversation.$viewers.set([colleague, ...others])
    await expect.element(page.getByText('Jonas Weber is looking at this, too')).toBeInTheDocument()
    await expect.element(page.getByText('+1')).toBeVisible()
    conversation.$typing.set([JONAS, visitor('Anaya Deshmukh')])
    await expect.element(page.getByText('Jonas Weber is answering')).toBeInTheDocument()
    expect(await axeViolations()).toEqual([])
    conversation.$viewers.set([])
    await expect.poll(() => document.querySelector('[data-viewers]')).toBeNull()
  },
)

it.each([false, true])(
  '[C19] says who was faster, keeps the words, and sends them on a press (dark: %s)',
  async (dark) => {
    const { fake, conversation } = opened()
    const failed = {
      ...sampleMessage(99, PRIYA, 'It takes ten days.', 0),
      seq: undefined,
      key: 'mine',
      delivery: 'failed' as const,
      error: new ChatError('OVERTAKEN'),
    }
    conversation.$timeline.set([
      ...conversation.$timeline.get(),
      sampleMessage(90, JONAS, 'About two weeks.', 1),
      failed,
    ])
    await mountConsole(fake, { path: PATH, dark })
    await expect.element(page.getByText('Jonas Weber answered meanwhile. This was not sent.')).toBeVisible()
    await expect.element(page.getByText('It takes ten days.')).toBeVisible()
    expect(await axeViolations()).toEqual([])
    await button('Send anyway').click()
    await button('Discard').click()
    expect(conversation.calls.filter((call) => /retry|discard/.test(call))).toEqual(['retry mine', 'discard mine'])
  },
)

it('asks once before a reply goes out beside that of a colleague who types', async () => {
  const { fake, conversation, sent } = opened()
  await mountConsole(fake, { path: PATH })
  conversation.$typing.set([visitor('Anaya Deshmukh')])
  await field().fill('one')
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual(['send one'])

  conversation.$typing.set([JONAS])
  await field().fill('two')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Jonas Weber is typing an answer. Send yours too?')).toBeVisible()
  expect(await axeViolations()).toEqual([])
  await expect.element(field()).toHaveValue('two')
  expect(sent()).toHaveLength(1)
  await button('Wait').click()
  await expect.element(button('Wait')).not.toBeInTheDocument()
  await expect.element(field()).toHaveValue('two')

  await field().click()
  await userEvent.keyboard('{Enter}')
  await button('Send mine too').click()
  await expect.poll(sent).toEqual(['send one', 'send two'])
  // That was asked of this answer of theirs.
  await field().fill('three')
  await userEvent.keyboard('{Enter}')
  expect(sent()).toHaveLength(3)

  // And of another one it is asked again.
  conversation.$typing.set([])
  await expect.element(field()).toHaveValue('')
  conversation.$typing.set([JONAS])
  await field().fill('four')
  await userEvent.keyboard('{Enter}')
  await expect.element(button('Wait')).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.poll(sent).toHaveLength(4)
})

it('says of a reply that it held back that a colleague answered meanwhile, or types no more', async () => {
  const { fake, conversation, sent } = opened()
  await mountConsole(fake, { path: PATH })
  const holdBack = async (text: string) => {
    conversation.$typing.set([JONAS])
    await field().fill(text)
    await userEvent.keyboard('{Enter}')
    await expect.element(button('Send mine too')).toBeVisible()
  }
  await holdBack('one')
  conversation.$timeline.set([...conversation.$timeline.get(), sampleMessage(90, JONAS, 'About two weeks.', 0)])
  conversation.$typing.set([])
  await expect.element(page.getByText('Jonas Weber answered meanwhile. Yours was not sent.')).toBeVisible()
  expect(await axeViolations()).toEqual([])
  await button('Keep it').click()
  await expect.element(page.getByText('Yours was not sent.')).not.toBeInTheDocument()
  await expect.element(field()).toHaveValue('one')

  await holdBack('two')
  conversation.$typing.set([])
  await expect.element(page.getByText('Jonas Weber types no more. Yours was not sent yet.')).toBeVisible()
  expect(sent()).toEqual([])
  await button('Send it').click()
  await expect.poll(sent).toEqual(['send two'])
  await expect.element(button('Send it')).not.toBeInTheDocument()
})

it('takes for an answer what came since, not what an older page of the log brings', async () => {
  const { fake, conversation } = opened()
  await mountConsole(fake, { path: PATH })
  conversation.$typing.set([JONAS])
  await field().fill('one')
  await userEvent.keyboard('{Enter}')
  await expect.element(button('Send mine too')).toBeVisible()
  conversation.$timeline.set([sampleMessage(0, JONAS, 'From last week.', 9999), ...conversation.$timeline.get()])
  conversation.$typing.set([])
  await expect.element(page.getByText('Jonas Weber types no more. Yours was not sent yet.')).toBeVisible()
  // Whoever it was that answered is named.
  const lena = { ...JONAS, id: sampleId(77), name: 'Lena Brandt' }
  conversation.$timeline.set([...conversation.$timeline.get(), sampleMessage(90, lena, 'About two weeks.', 0)])
  await expect.element(page.getByText('Lena Brandt answered meanwhile. Yours was not sent.')).toBeVisible()
})

it('[C22] says before a sign-out what is lost by it', async () => {
  const { fake } = opened()
  fake.client.countUnsent = async () => 2
  fake.drafts.set(ID, 'begun')
  await mountConsole(fake, { path: PATH })
  await page.getByRole('button', { name: 'Account of Priya Raman' }).click()
  await button('Sign out').click()
  await expect
    .element(page.getByText('2 messages and 1 draft are not sent. Signing out removes them from this browser.'))
    .toBeVisible()
  expect(fake.calls).not.toContain('signOut')
  expect(await axeViolations()).toEqual([])
  await button('Sign out all the same').click()
  await expect.poll(() => fake.calls).toContain('signOut')
})
