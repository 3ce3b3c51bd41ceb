import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { sampleNote } from '../../testing/fake-team-work.js'
import { mountConsole } from '../../testing/mount-console.js'
import { JONAS, sampleId } from '../../testing/sample-data.js'

const ID = sampleId(1)
const PATH = `/conversations/${ID}`
const log = () => page.getByRole('log')
const field = () => page.getByRole('textbox', { name: 'Note for the team' })
const reply = () => page.getByRole('textbox', { name: 'Reply to Anaya Deshmukh' })

async function opened() {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: PATH })
  await expect.element(log()).toBeVisible()
  return fake
}

it('[C18] writes a note by its key, and sends none of it to the visitor', async () => {
  const fake = await opened()
  await userEvent.keyboard('n')
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('Look at this: @jon')
  await expect.element(page.getByRole('option', { name: 'Jonas Weber' })).toBeVisible()
  expect(await axeViolations()).toEqual([])
  await userEvent.keyboard('{Enter}please{Enter}')
  const note = log().getByRole('article', { name: 'Note by Priya Raman' })
  await expect.element(note).toHaveTextContent('Look at this: @Jonas Weber please')
  await expect.element(field()).toHaveValue('')
  expect(fake.calls).toEqual([`add note {"text":"Look at this: @Jonas Weber please","mentions":["${JONAS.id}"]}`])
  expect(fake.client.conversation(ID).calls.filter((call) => /send|typing true/.test(call))).toEqual([])
  expect(note.element().querySelector('p strong')?.textContent).toBe('@Jonas Weber')
})

it('puts the caret behind a name at once: who goes on typing loses no letter to it', async () => {
  await opened()
  await userEvent.keyboard('n')
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('See @jon')
  await expect.element(page.getByRole('option', { name: 'Jonas Weber' })).toBeVisible()
  await userEvent.keyboard('{ArrowLeft}{ArrowRight}')
  const input = field().element() as HTMLTextAreaElement
  input.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter', bubbles: true, cancelable: true }))
  expect([input.value, input.selectionStart]).toEqual(['See @Jonas Weber ', 17])
})

it('keeps a reply and a note that are begun, each for itself', async () => {
  await opened()
  await reply().fill('Dear Anaya')
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await expect.element(field()).toHaveFocus()
  await field().fill('she is new')
  await page.getByRole('button', { name: 'Reply', exact: true }).click()
  await expect.element(reply()).toHaveFocus()
  await expect.element(reply()).toHaveValue('Dear Anaya')
  await userEvent.keyboard('{Escape}n')
  await expect.element(field()).toHaveValue('she is new')
})

it('[C18] repeats a note that was not answered under the same id', async () => {
  const fake = await opened()
  const ids: string[] = []
  const { addNote } = fake.admin.teamWork
  fake.admin.teamWork.addNote = async (id, note) => {
    ids.push(note.id)
    if (ids.length === 1) throw new ChatError('TIMEOUT', 'No answer.')
    return addNote(id, note)
  }
  await userEvent.keyboard('n')
  await userEvent.keyboard('Once{Enter}')
  await expect.element(page.getByRole('alert')).toHaveTextContent('Not saved. The server did not answer in time.')
  await expect.element(field()).toHaveValue('Once')
  // A look at the reply makes no other note of it.
  await page.getByRole('button', { name: 'Reply', exact: true }).click()
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await expect.element(field()).toHaveFocus()
  await userEvent.keyboard('{Enter}')
  await expect.element(log().getByText('Once')).toBeVisible()
  await userEvent.keyboard('Twice{Enter}')
  await expect.element(log().getByText('Twice')).toBeVisible()
  expect(ids[0]).toBe(ids[1])
  expect(ids[2]).not.toBe(ids[0])
})

it('keeps what is written on while a note is being saved', async () => {
  const fake = await opened()
  const { addNote } = fake.admin.teamWork
  let save = () => {}
  const asked = new Promise<void>((resolve) => {
    save = resolve
  })
  fake.admin.teamWork.addNote = async (id, note) => {
    await asked
    return addNote(id, note)
  }
  await userEvent.keyboard('n')
  await userEvent.keyboard('First{Enter}')
  await userEvent.keyboard(' and second')
  save()
  await expect.element(log().getByText('First', { exact: true })).toBeVisible()
  await expect.element(field()).toHaveValue('and second')
})

it('[C18] shows what a colleague has written as soon as the row tells of it, behind what it was written after', async () => {
  const fake = await opened()
  fake.admin.teamWork.notes = async () => [
    sampleNote(1, { text: 'Knows the price', author: { id: JONAS.id ?? null, name: 'Jonas Weber' }, afterSeq: 5 }),
  ]
  fake.client.$inbox.set(
    fake.client.$inbox.get().map((row) => (row.id === ID ? { ...row, notes: 1, version: row.version + 1 } : row)),
  )
  const note = log().getByRole('article', { name: 'Note by Jonas Weber' })
  await expect.element(note).toBeInTheDocument()
  const texts = [...log().element().querySelectorAll('article, p')].map(({ textContent }) => textContent ?? '')
  const at = (words: RegExp) => texts.findIndex((text) => words.test(text))
  expect(at(/7,499/)).toBeLessThan(at(/Knows the price/))
  expect(at(/Knows the price/)).toBeLessThan(at(/Jonas Weber ended/))
  await expect.element(note.getByRole('button')).not.toBeInTheDocument()
})

it('takes away one’s own after asking', async () => {
  const fake = await opened()
  await userEvent.keyboard('n')
  await userEvent.keyboard('Wrong thread{Enter}')
  const note = log().getByRole('article', { name: 'Note by Priya Raman' })
  await note.getByRole('button', { name: 'Delete the note' }).click()
  await note.getByRole('button', { name: 'Keep' }).click()
  await note.getByRole('button', { name: 'Delete the note' }).click()
  await note.getByRole('button', { name: 'Delete', exact: true }).click()
  await expect.element(note).not.toBeInTheDocument()
  await expect.poll(() => fake.calls.at(-1)).toBe('delete note')
})

it('threat 55: shows markup in a note as it was typed', async () => {
  const fake = createFakeConsole()
  const hostile = '<img src=x onerror="window.pwned=1">'
  fake.admin.teamWork.notes = async () => [sampleNote(1, { text: hostile, author: { id: null, name: hostile } })]
  const { place } = await mountConsole(fake, { path: PATH })
  await expect.element(log().getByText(hostile).first()).toBeVisible()
  expect(place.querySelectorAll('img')).toHaveLength(0)
})
