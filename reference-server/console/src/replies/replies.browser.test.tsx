import type { CannedReply } from '@chatdesk/protocol'
import { describe, expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'
import { offeredReplies } from './offered-replies.js'
import { findTrigger } from './reply-trigger.js'

const reply = (shortcut: string, given: Partial<CannedReply> = {}): CannedReply => ({
  ...{ id: `${shortcut} ${given.language}`, shortcut, title: shortcut, text: shortcut, departmentId: null },
  ...{ language: null, updatedAt: '2026-01-01T00:00:00.000Z', ...given },
})

describe('what opens the menu', () => {
  it.each([
    ['/', 1, { from: 0, query: '' }],
    ['/ref', 4, { from: 0, query: 'ref' }],
    ['/ref', 2, { from: 0, query: 'r' }],
    ['Hello /ré', 9, { from: 6, query: 'ré' }],
    ['Hello\n/a', 8, { from: 6, query: 'a' }],
    ['and/or', 6, null],
    ['https://x', 9, null],
    ['/two words', 10, null],
    ['', 0, null],
  ])('is a / at the beginning of a word: “%s” with the caret at %d', (text, caret, expected) => {
    expect(findTrigger(text, caret)).toEqual(expected)
  })
})

describe('what is offered', () => {
  const found = (
    replies: CannedReply[],
    query = '',
    language: string | null = null,
    departmentId: string | null = null,
  ) => offeredReplies(replies, { query, language, departmentId }).map((one) => one.id)

  it('[D5] of each shortcut one, in the visitor’s language first', () => {
    const variants = [reply('hi', { language: 'de' }), reply('hi'), reply('hi', { language: 'pt' })]
    expect(found(variants, '', 'pt-BR')).toEqual(['hi pt'])
    expect(found([...variants, reply('hi', { language: 'pt-BR' })], '', 'pt-br')).toEqual(['hi pt-BR'])
    expect(found(variants, '', 'fr')).toEqual(['hi undefined'])
    expect(found(variants.slice(0, 1), '', 'fr')).toEqual(['hi de'])
    expect(found([reply('hi', { language: 'pt-PT' }), reply('hi')], '', 'pt-BR')).toEqual(['hi undefined'])
    expect(found(variants)).toEqual(['hi undefined'])
  })

  it('by shortcut before title, the department’s own before others, and nothing that does not fit', () => {
    const all = [
      reply('price', { title: 'Our refunds' }),
      reply('refund', { departmentId: 'other' }),
      reply('refuse', { departmentId: 'own' }),
      reply('hours'),
    ]
    expect(found(all, 'REF', null, 'own')).toEqual(['refuse undefined', 'refund undefined', 'price undefined'])
    expect(found(Array.from({ length: 30 }, (_, index) => reply(`r${index}`)))).toHaveLength(8)
  })
})

const field = () => page.getByRole('textbox', { name: /^Reply to/ })
const options = () =>
  page
    .getByRole('option')
    .elements()
    .map(({ textContent }) => textContent)

async function open(fake = createFakeConsole()) {
  await mountConsole(fake, { path: `/conversations/${sampleId(1)}` })
  await field().click()
  return fake
}

it('[D4] puts a reply in with its variables filled, by the keyboard alone', async () => {
  await open()
  await userEvent.keyboard('Well. /h')
  const list = page.getByRole('listbox', { name: 'Canned replies' })
  await expect.element(list).toBeVisible()
  expect(options().map((text) => /^\/[a-z]+/.exec(text ?? '')?.[0])).toEqual(['/hello', '/hours', '/refund'])
  await expect.element(field()).toHaveAttribute('aria-activedescendant')
  await userEvent.keyboard('{ArrowDown}{ArrowUp}{Enter}')
  await expect.element(list).not.toBeInTheDocument()
  await expect.element(field()).toHaveValue('Well. Hi Anaya Gupta, Priya Raman here. How can I help you?')
  await userEvent.keyboard('!')
  await expect.element(field()).toHaveValue('Well. Hi Anaya Gupta, Priya Raman here. How can I help you?!')
})

it('never sends a shortcut that was typed faster than the list came', async () => {
  const fake = createFakeConsole()
  const { list } = fake.admin.desk.replies
  let answer = () => {}
  const asked = new Promise<void>((resolve) => {
    answer = resolve
  })
  fake.admin.desk.replies.list = async () => {
    await asked
    return list()
  }
  await open(fake)
  await userEvent.keyboard('/hours{Enter}')
  await expect.element(field()).toHaveValue('/hours')
  expect(fake.client.conversation(sampleId(1)).calls.filter((call) => call.startsWith('send'))).toEqual([])
  answer()
  await expect.element(page.getByRole('listbox')).toBeVisible()
  await userEvent.keyboard('{Enter}')
  await expect.element(field()).toHaveValue('We are here Monday to Friday, from nine to five.')
})

it('is closed by Escape, which leaves the conversation open, and Enter then sends what was typed', async () => {
  const fake = await open()
  await userEvent.keyboard('/h')
  await expect.element(page.getByRole('listbox')).toBeVisible()
  await userEvent.keyboard('{Escape}')
  await expect.element(page.getByRole('listbox')).not.toBeInTheDocument()
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.poll(() => fake.client.conversation(sampleId(1)).calls.join()).toContain('/h')
})

it('is chosen from by a press, and says when there is nothing to choose from', async () => {
  const fake = createFakeConsole()
  const { list } = fake.admin.desk.replies
  fake.admin.desk.replies.list = async () => []
  await open(fake)
  await userEvent.keyboard('/')
  await expect.element(page.getByText('No canned replies yet.')).toBeVisible()
  await userEvent.keyboard('{Backspace}')
  fake.admin.desk.replies.list = list
  await userEvent.keyboard('/hou')
  await page.getByRole('option', { name: /hours/ }).click()
  await expect.element(field()).toHaveValue('We are here Monday to Friday, from nine to five.')
})

it('[D6] shows what a macro does before it does it, and where it stopped', async () => {
  const fake = await open()
  const run = fake.admin.desk.macros.run
  const stoppedAt = { index: 1, code: 'VALIDATION_FAILED', message: 'tagId: no such tag.' }
  const runIds: string[] = []
  fake.admin.desk.macros.run = async (conversationId, macroId, runId) => {
    runIds.push(runId)
    return { ...(await run(conversationId, macroId, runId)), outcome: 'stopped', stoppedAt }
  }
  await page.getByRole('button', { name: 'Run a macro' }).click()
  await page.getByRole('menuitem', { name: 'We look into it' }).click()
  await expect.element(page.getByText('Add the tag Billing')).toBeVisible()
  // As the visitor will read it.
  await expect.element(page.getByText('Say “Thank you, Anaya Gupta. We look into it', { exact: false })).toBeVisible()
  expect(fake.calls).toEqual([])
  await page.getByRole('button', { name: 'Run it' }).click()
  await expect.element(page.getByRole('dialog').getByRole('alert')).toHaveTextContent('It stopped at step 2')
  expect(runIds).toEqual([expect.stringMatching(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)])
})

it('[D4] offers replies with the words that they will have, and lists them with what will stand there', async () => {
  const fake = await open()
  await userEvent.keyboard('/')
  await expect.element(page.getByRole('option', { name: /hello/ })).toHaveTextContent(/Hi Anaya Gupta, Priya Raman/)
  await mountConsole(fake, { path: '/settings/canned-replies' })
  await expect.element(page.getByText('visitor’s name or “there”')).toBeVisible()
  expect(document.body.textContent).not.toContain('{{')
})

it('runs a macro from a note too, found in the command bar', async () => {
  const fake = await open()
  await userEvent.keyboard('{Escape}')
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(page.getByRole('option', { name: /Run a macro/ })).toBeInTheDocument()
  await userEvent.keyboard('run a mac{Enter}')
  await page.getByRole('menuitem', { name: 'We look into it' }).click()
  await page.getByRole('button', { name: 'Run it' }).click()
  await expect.poll(() => fake.calls.length).toBe(1)
  expect(fake.calls[0]).toContain('We look into it')
})
