import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { sampleId, sampleMessage } from '../../testing/sample-data.js'

const ID = sampleId(1)
const PATH = `/conversations/${ID}`
const field = () => page.getByRole('textbox', { name: 'Reply to Anaya Deshmukh' })
const chips = () => page.getByRole('list', { name: 'Files to send' }).getByRole('listitem')
const file = (name: string, type = 'application/pdf', size = 2048) => new File([new Uint8Array(size)], name, { type })

async function opened(options: { dark?: boolean } = {}) {
  const fake = createFakeConsole()
  await mountConsole(fake, { path: PATH, ...options })
  await expect.element(field()).toBeVisible()
  const sent = () => fake.client.conversation(ID).calls.filter((call) => call.startsWith('send '))
  return { fake, sent }
}

function transferOf(...files: File[]): DataTransfer {
  const transfer = new DataTransfer()
  for (const one of files) transfer.items.add(one)
  return transfer
}
function choose(...files: File[]): void {
  const input = document.querySelector<HTMLInputElement>('input[type=file]')
  if (!input) throw new Error('no picker')
  input.files = transferOf(...files).files
  input.dispatchEvent(new Event('change', { bubbles: true }))
}

it('[U5] sends what was picked with the words, once it is uploaded', async () => {
  const { fake, sent } = await opened()
  choose(file('offer.pdf'))
  fake.files.show('offer.pdf', { status: 'uploading', sentBytes: 1024, totalBytes: 2048, waiting: false })
  await expect.element(page.getByRole('progressbar', { name: 'offer.pdf' })).toHaveAttribute('aria-valuenow', '50')
  await field().fill('Our offer')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Sent as soon as the files are uploaded.')).toBeVisible()
  expect(sent()).toEqual([])
  fake.files.settle('offer.pdf')
  await expect.poll(sent).toEqual(['send Our offer\noffer.pdf'])
  await expect.element(chips()).not.toBeInTheDocument()
  await expect.element(field()).toHaveValue('')
})

it('sends a reply that waits for its files though one turns to the note meanwhile', async () => {
  const { fake, sent } = await opened()
  choose(file('offer.pdf'))
  await field().fill('Our offer')
  await userEvent.keyboard('{Enter}')
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  await expect.element(field()).not.toBeInTheDocument()
  fake.files.settle('offer.pdf')
  await expect.poll(sent).toEqual(['send Our offer\noffer.pdf'])
})

it('takes what is dropped on a note into the reply, and shows it', async () => {
  await opened()
  await page.getByRole('button', { name: 'Note', exact: true }).click()
  document.body.dispatchEvent(
    new DragEvent('drop', { dataTransfer: transferOf(file('a.pdf')), bubbles: true, cancelable: true }),
  )
  await expect.element(chips()).toHaveTextContent('a.pdf')
  await expect.element(field()).toHaveFocus()
})

it('says why a file is refused, and keeps the reply until it is taken out', async () => {
  const { fake, sent } = await opened()
  choose(file('evil.exe', ''), file('empty.pdf', 'application/pdf', 0))
  fake.files.settle('evil.exe', new ChatError('FILE_TYPE_REFUSED'))
  await expect.element(chips().nth(0)).toHaveTextContent('Files of this kind are not accepted.')
  await expect.element(chips().nth(1)).toHaveTextContent('This file is empty.')
  await field().fill('See this')
  await userEvent.keyboard('{Enter}')
  await expect.element(field()).toHaveValue('See this')
  expect(sent()).toEqual([])
  await page.getByRole('button', { name: 'Remove evil.exe' }).click()
  await page.getByRole('button', { name: 'Remove empty.pdf' }).click()
  await field().click()
  await userEvent.keyboard('{Enter}')
  expect(sent()).toEqual(['send See this'])
})

it('gives up what is taken out while the reply waits, and sends nothing', async () => {
  const { fake, sent } = await opened()
  choose(file('offer.pdf'))
  await field().fill('Our offer')
  await userEvent.keyboard('{Enter}')
  await page.getByRole('button', { name: 'Remove offer.pdf' }).click()
  expect(fake.files.cancelled).toEqual(['offer.pdf'])
  await expect.element(field()).toHaveValue('Our offer')
  await field().click()
  await userEvent.keyboard('{Enter}')
  await expect.poll(sent).toEqual(['send Our offer'])
})

it('takes what is dropped anywhere, or pasted', async () => {
  await opened()
  const transfer = (type: string, ...files: File[]) =>
    document.body.dispatchEvent(
      new DragEvent(type, { dataTransfer: transferOf(...files), bubbles: true, cancelable: true }),
    )
  transfer('dragenter', file('a.pdf'))
  await expect.element(page.getByText('Drop files to attach them')).toBeVisible()
  expect(transfer('drop', file('a.pdf'))).toBe(false)
  await expect.element(page.getByText('Drop files to attach them')).not.toBeInTheDocument()
  await expect.element(chips()).toHaveTextContent('a.pdf')
  const clipboardData = transferOf(file('b.png', 'image/png'))
  field()
    .element()
    .dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  await expect.element(chips().nth(1)).toHaveTextContent('b.png')
})

it.each([false, true])('[U7] shows what visitors have sent, and their names as text (dark: %s)', async (dark) => {
  const { fake } = await opened({ dark })
  const { $timeline } = fake.client.conversation(ID)
  const anaya = { kind: 'visitor' as const, id: sampleId(77), name: 'Anaya' }
  const name = '<img src=x onerror=alert(1)>.png'
  const part = {
    type: 'file' as const,
    text: name,
    fileId: sampleId(900),
    name,
    mediaType: 'image/png',
    sizeBytes: 5000,
  }
  const pdf = { ...part, fileId: sampleId(901), name: 'bill.pdf', mediaType: 'application/pdf' }
  $timeline.set([{ ...sampleMessage(1, anaya, '', 1), parts: [{ ...part, width: 800, height: 600 }, pdf] }])
  const image = page.getByRole('button', { name: `${name} (opens in a new tab)` })
  await expect.element(image.getByRole('img')).toHaveAttribute('alt', name)
  const { width, height } = image.element().getBoundingClientRect()
  expect([Math.round(width), Math.round(height)]).toEqual([320, 240])
  await expect.element(page.getByRole('button', { name: 'Download bill.pdf, 5 kB' })).toBeVisible()
  choose(file('offer.pdf'))
  await expect.element(chips()).toBeVisible()
  expect(await axeViolations()).toEqual([])
})
