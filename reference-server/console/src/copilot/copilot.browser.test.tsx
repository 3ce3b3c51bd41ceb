import { ChatError, type CopilotDraft } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../testing/axe-violations.js'
import { createFakeConsole } from '../testing/fake-console.js'
import { SAMPLE_DRAFTS, sampleSummary } from '../testing/fake-copilot.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

const ID = sampleId(1)
const PATH = `/conversations/${ID}`
const field = () => page.getByRole('textbox', { name: 'Reply to Anaya Deshmukh' })
const button = () => page.getByRole('button', { name: 'Draft a reply' })
const notice = () => page.getByRole('region', { name: 'Draft' })
const summary = () => page.getByRole('region', { name: 'Summary' })

async function opened(draft: CopilotDraft = SAMPLE_DRAFTS.high, role: 'agent' | 'client_user' = 'agent') {
  const fake = createFakeConsole({ role })
  fake.admin.copilot.draft = async () => draft
  const conversation = fake.client.conversation(ID)
  const { place } = await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(page.getByRole('log')).toBeVisible()
  return { fake, place, sent: () => conversation.calls.filter((call) => call.startsWith('send ')) }
}

async function runCommand(words: string) {
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(page.getByRole('combobox')).toHaveFocus()
  await userEvent.keyboard(`${words}{Enter}`)
}

it('[B9] puts a draft into an empty reply with its source, and sends nothing', async () => {
  const { sent } = await opened()
  await button().click()
  await expect.element(field()).toHaveValue('A delivery takes two to four working days.')
  await expect.element(field()).toHaveFocus()
  await expect.element(notice()).toHaveTextContent('Read it before you send it.')
  await expect.element(notice()).toHaveTextContent('“When is my parcel here?”')
  await expect.element(page.getByRole('tooltip')).not.toBeInTheDocument()
  const source = notice().getByRole('link', { name: 'How long does delivery take?' })
  await expect.element(source).toHaveAttribute('href', 'https://northwind.example/delivery')
  expect(await axeViolations()).toEqual([])
  expect(sent()).toEqual([])
  await userEvent.keyboard(' Bye{Enter}')
  expect(sent()).toEqual(['send A delivery takes two to four working days. Bye'])
  await expect.element(notice()).not.toBeInTheDocument()
})

it('[B12] says that a draft and a summary are no model’s because the organization has switched it off', async () => {
  const { fake } = await opened({ ...SAMPLE_DRAFTS.high, modelOff: true })
  fake.admin.copilot.summarise = async () => sampleSummary({ modelOff: true })
  await button().click()
  await expect.element(notice()).toHaveTextContent('your organization has its model switched off')
  await summary().getByRole('button', { name: 'Summarise' }).click()
  await expect.element(summary()).toHaveTextContent('Without a model: your organization has it switched off.')
  expect(await axeViolations()).toEqual([])
})

it('[B9] leaves what was written, and replaces it only when told to', async () => {
  await opened()
  await button().click()
  await expect.element(notice()).toBeVisible()
  await field().fill('Dear Anaya')
  await button().click()
  await expect.element(notice()).toHaveTextContent('Your own words are still in the field.')
  await expect.element(field()).toHaveValue('Dear Anaya')
  // The thread has made room twice, and is where it was: at its end.
  await expect.element(page.getByRole('button', { name: 'Newest' })).not.toBeInTheDocument()
  await notice().getByRole('button', { name: 'Replace what I have written' }).click()
  await expect.element(field()).toHaveValue('A delivery takes two to four working days.')
})

it('[B9] leaves what is written while the draft is under way', async () => {
  const { fake } = await opened()
  let come = (_draft: CopilotDraft) => {}
  fake.admin.copilot.draft = () =>
    new Promise((resolve) => {
      come = resolve
    })
  await button().click()
  await field().fill('I know')
  come(SAMPLE_DRAFTS.high)
  await expect.element(notice()).toBeVisible()
  await expect.element(field()).toHaveValue('I know')
})

it('[B9] offers entries to choose from where the search is not sure', async () => {
  await opened(SAMPLE_DRAFTS.middle)
  await button().click()
  await expect.element(notice()).toHaveTextContent('Not sure.')
  await expect.element(field()).toHaveValue('')
  await notice().getByRole('button', { name: 'What does express cost?', exact: true }).click()
  await expect.element(notice().getByText('Express costs ₹ 499.')).toBeVisible()
  expect(await axeViolations()).toEqual([])
  await notice().getByRole('button', { name: 'Use “What does express cost?”' }).click()
  await expect.element(field()).toHaveValue('Express costs ₹ 499.')
})

it.each([
  ['low', 'Nothing known.'],
  ['none', 'the visitor has asked nothing yet'],
] as const)('[B9] says so where there is nothing to draft: %s', async (kind, words) => {
  await opened(SAMPLE_DRAFTS[kind])
  await button().click()
  await expect.element(notice()).toHaveTextContent(words)
  await expect.element(field()).toHaveValue('')
  await notice().getByRole('button', { name: 'Dismiss the draft' }).click()
  await expect.element(notice()).not.toBeInTheDocument()
})

it('says why there is no draft', async () => {
  const { fake } = await opened()
  fake.admin.copilot.draft = () => Promise.reject(new ChatError('RATE_LIMITED', 'Slow down.'))
  await button().click()
  await expect.element(notice().getByRole('alert')).toHaveTextContent('No draft. Too many requests.')
})

it('drafts by the command bar, also while a note is written', async () => {
  await opened()
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await runCommand('draft')
  await expect.element(field()).toHaveValue('A delivery takes two to four working days.')
})

it('threat 55: shows markup of a draft and of its sources as it was written', async () => {
  const hostile = '<img src=x onerror="window.pwned=1">'
  const { place } = await opened({
    ...{ ...SAMPLE_DRAFTS.middle, suggestions: [] },
    ...{ band: 'high', text: hostile, sources: [{ id: ID, question: hostile, url: 'javascript:alert(1)' }] },
  })
  await button().click()
  await expect.element(notice().getByText(hostile)).toBeVisible()
  await expect.element(field()).toHaveValue(hostile)
  expect(place.querySelectorAll('img')).toHaveLength(0)
  expect(notice().element().querySelectorAll('a')).toHaveLength(0)
})

it('[B10] sums up beside the conversation, and keeps it as a note when told to, once', async () => {
  const { fake } = await opened()
  await summary().getByRole('button', { name: 'Summarise' }).click()
  await expect.element(summary()).toHaveTextContent('What does the registration cost?')
  await expect.element(summary()).toHaveTextContent('A person was asked for (E1)')
  expect(await axeViolations()).toEqual([])
  expect(fake.calls).toEqual(['summarise'])
  const ids: string[] = []
  const { addNote } = fake.admin.teamWork
  fake.admin.teamWork.addNote = async (id, note) => {
    ids.push(note.id)
    if (ids.length === 1) throw new ChatError('TIMEOUT', 'No answer.')
    return addNote(id, note)
  }
  const keep = summary().getByRole('button', { name: 'Keep as a note' })
  await keep.click()
  await expect.element(summary().getByText('The server did not answer in time.')).toBeVisible()
  await keep.click()
  await expect.element(summary()).toHaveTextContent('Kept as a note')
  expect(ids[0]).toBe(ids[1])
  const note = page.getByRole('article', { name: 'Note by Priya Raman' })
  await expect.element(note).toHaveTextContent('Jonas Weber: The registration costs ₹ 7,499, all fees included.')
  await summary().getByRole('button', { name: 'Close the summary' }).click()
  await expect.element(summary().getByRole('button', { name: 'Summarise' })).toBeVisible()
})

it('[B10] sums up by the command bar, with a model’s words first, and says where nothing was said', async () => {
  const { fake } = await opened()
  fake.admin.copilot.summarise = async () => sampleSummary({ words: 'Anaya wants to know the price.' })
  await page.getByRole('button', { name: 'Close the details' }).click()
  await runCommand('summarise')
  await expect.element(summary().getByRole('term').first()).toHaveTextContent('In short')
  await expect.element(summary()).toHaveTextContent('Anaya wants to know the price.')
  fake.admin.copilot.summarise = async () => sampleSummary({ messages: 0 })
  await summary().getByRole('button', { name: 'Close the summary' }).click()
  await summary().getByRole('button', { name: 'Summarise' }).click()
  await expect.element(summary()).toHaveTextContent('Nothing has been said yet.')
  await expect.element(summary().getByRole('button', { name: 'Keep as a note' })).not.toBeInTheDocument()
})

it('[B9, B10] who only reads has a summary, and neither a draft nor a note', async () => {
  await opened(SAMPLE_DRAFTS.high, 'client_user')
  await expect.element(button()).not.toBeInTheDocument()
  await summary().getByRole('button', { name: 'Summarise' }).click()
  await expect.element(summary()).toHaveTextContent('What does the registration cost?')
  await expect.element(summary().getByRole('button', { name: 'Keep as a note' })).not.toBeInTheDocument()
})

it('[B10] a guest is offered no summary', async () => {
  const fake = createFakeConsole({ role: 'super_admin', visiting: { reason: 'a case' } })
  await mountConsole(fake, { path: PATH, width: 1600 })
  await expect.element(page.getByRole('complementary', { name: 'Details' })).toBeVisible()
  await expect.element(summary()).not.toBeInTheDocument()
})
