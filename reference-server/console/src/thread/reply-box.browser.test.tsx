import { ChatError, LIMITS } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { PRIYA, sampleId, sampleMessage } from '../testing/sample-data.js'

const ID = sampleId(1)
const PATH = `/conversations/${ID}`
const field = () => page.getByRole('textbox', { name: 'Reply to Anaya Deshmukh' })

function opened() {
  const fake = createFakeConsole()
  const { calls } = fake.client.conversation(ID)
  return { fake, sent: () => calls.filter((call) => call.startsWith('send ')), calls }
}

it('takes the focus by r, sends by Enter, breaks the line by Shift+Enter', async () => {
  const { fake, sent } = opened()
  await mountConsole(fake, { path: PATH })
  await expect.element(field()).toBeVisible()
  await userEvent.keyboard('r')
  await expect.element(field()).toHaveFocus()
  await expect.element(field()).toHaveValue('')
  await userEvent.keyboard('one{Shift>}{Enter}{/Shift}two{Enter}')
  await expect.element(field()).toHaveValue('')
  expect(sent()).toEqual(['send one\ntwo'])
  await expect.element(field()).toHaveFocus()
})

it('sends by its button', async () => {
  const { fake, sent } = opened()
  await mountConsole(fake, { path: PATH })
  await field().fill('  Hello  ')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect.element(field()).toHaveValue('')
  expect(sent()).toEqual(['send Hello'])
})

it('gives back what was refused before it stood in the thread, before what was written since', async () => {
  const { fake } = opened()
  let refuse = (_error: ChatError) => {}
  fake.client.conversation(ID).sendMessage = () =>
    new Promise((_resolve, reject) => {
      refuse = reject
    })
  await mountConsole(fake, { path: PATH })
  await field().fill('one too many')
  await userEvent.keyboard('{Enter}')
  await field().fill('next')
  refuse(new ChatError('RATE_LIMITED', 'At most 200 messages wait at once.'))
  await expect.element(field()).toHaveValue('one too many\nnext')
})

it.each(['stands in the thread', 'was given up'])('gives nothing back that %s', async (why) => {
  const { fake } = opened()
  const conversation = fake.client.conversation(ID)
  const refusal = new ChatError(why === 'was given up' ? 'ABORTED' : 'FORBIDDEN', 'Refused.')
  let answered = Promise.resolve()
  conversation.sendMessage = () => {
    const failed = { ...sampleMessage(99, PRIYA, 'refused', 0), seq: undefined, delivery: 'failed' as const }
    if (why === 'stands in the thread') conversation.$timeline.set([failed])
    const sent = Promise.reject(refusal)
    // After the box, which listens within this turn.
    answered = Promise.resolve().then(() => sent.catch(() => undefined))
    return sent
  }
  await mountConsole(fake, { path: PATH })
  await field().fill('refused')
  await userEvent.keyboard('{Enter}')
  await answered
  expect(fake.drafts.get(ID)).toBe('')
})

it('does not send while an input method composes', async () => {
  const { fake, sent } = opened()
  await mountConsole(fake, { path: PATH })
  await field().fill('にほん')
  const enter = { key: 'Enter', bubbles: true, cancelable: true }
  const element = field().element()
  element.dispatchEvent(new KeyboardEvent('keydown', { ...enter, isComposing: true }))
  // Safari: the composition has ended already, only the key code tells.
  element.dispatchEvent(new KeyboardEvent('keydown', { ...enter, keyCode: 229 }))
  expect(sent()).toEqual([])
  element.dispatchEvent(new KeyboardEvent('keydown', enter))
  expect(sent()).toEqual(['send にほん'])
})

it('[X3] does not send white space', async () => {
  const { fake, sent } = opened()
  await mountConsole(fake, { path: PATH })
  await field().fill(' \n ')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByRole('button', { name: 'Send' })).toHaveAttribute('aria-disabled', 'true')
  expect(sent()).toEqual([])
})

it('[X1] keeps a text that is too long and says so', async () => {
  const { fake, sent } = opened()
  await mountConsole(fake, { path: PATH })
  await field().fill('x'.repeat(LIMITS.textLength + 1))
  await expect.element(page.getByText('5,001 of 5,000 characters')).toBeVisible()
  await expect.element(field()).toHaveAttribute('aria-invalid', 'true')
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual([])
  await field().fill('x'.repeat(LIMITS.textLength))
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual([`send ${'x'.repeat(LIMITS.textLength)}`])
})

it('keeps a draft for each conversation over a reload, until it is sent or signed out', async () => {
  const first = opened()
  const { location, unmount } = await mountConsole(first.fake, { path: PATH })
  await field().fill('half a sentence')
  location.navigate(`/conversations/${sampleId(2)}`)
  await expect.element(page.getByRole('textbox', { name: 'Reply to Visitor 3f2a' })).toHaveValue('')
  unmount()
  const second = opened()
  await mountConsole(second.fake, { path: PATH })
  await expect.element(field()).toHaveValue('half a sentence')
  expect(second.sent()).toEqual([])
  await field().click()
  await userEvent.keyboard('{End}!{Enter}')
  await expect.element(field()).toHaveValue('')
  expect(opened().fake.drafts.get(ID)).toBe('')
  second.fake.drafts.set(sampleId(2), 'another')
  second.fake.drafts.clear()
  expect(opened().fake.drafts.get(sampleId(2))).toBe('')
})

it('[Y1] says that the agent types, and when that is over', async () => {
  const { fake, calls } = opened()
  await mountConsole(fake, { path: PATH })
  await field().fill('H')
  expect(calls.at(-1)).toBe('typing true')
  await field().fill('')
  expect(calls.at(-1)).toBe('typing false')
  await field().fill('H')
  await page.getByRole('button', { name: 'Details', exact: true }).click()
  expect(calls.at(-1)).toBe('typing false')
})

it('leaves letters alone while one types, and gives the focus back by Escape', async () => {
  const { fake } = opened()
  const { location } = await mountConsole(fake, { path: PATH })
  await field().click()
  await userEvent.keyboard('erdjk?')
  await expect.element(field()).toHaveValue('erdjk?')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await userEvent.keyboard('{Escape}')
  await expect.element(field()).not.toHaveFocus()
  expect(location.history.at(-1)).toBe(PATH)
})

it('[X9] offers answers to choose from with a message, and with that one only', async () => {
  const { fake } = opened()
  const said: unknown[] = []
  fake.client.conversation(ID).sendMessage = (content) => {
    said.push(content)
    return new Promise(() => {})
  }
  await mountConsole(fake, { path: PATH })
  await field().fill('Shall we begin?')
  const offer = page.getByRole('button', { name: 'Offer answers to choose from' })
  await offer.click()
  const answers = page.getByRole('textbox', { name: 'Answers to choose from' })
  await expect.element(answers).toHaveFocus()
  // Away from the button, whose tooltip would stand over the page.
  await answers.hover()
  await answers.fill('x'.repeat(LIMITS.lineLength + 1))
  await expect.element(page.getByRole('button', { name: 'Send', exact: true })).toHaveAttribute('aria-disabled', 'true')
  expect(await axeViolations()).toEqual([])
  await answers.fill(' Yes \n\nNot now')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect.element(answers).not.toBeInTheDocument()
  await field().fill('And this?')
  await userEvent.keyboard('{Enter}')
  const choices = [
    { id: 'answer-1', text: 'Yes' },
    { id: 'answer-2', text: 'Not now' },
  ]
  expect(said).toEqual([[{ type: 'choices', text: 'Shall we begin?', choices }], [{ type: 'text', text: 'And this?' }]])
})
