import { ChatError, type ImportedEntry } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

const PATH = `/knowledge/${sampleId(1001)}/import`
const admin = () => createFakeConsole({ role: 'client_admin' })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const paste = page.getByRole('textbox', { name: 'Or paste it here' })
const row = (name: RegExp) => page.getByRole('row', { name })

async function look(text: string) {
  await paste.fill(text)
  await button('See what would change').click()
}

it('[A1] shows what an import would do and why, and does it', async () => {
  const fake = admin()
  await mountConsole(fake, { path: PATH })
  await look('question,answer\nIs there a warranty?,Yes.')
  await expect.element(page.getByRole('heading', { name: '1 entry to add, 1 to change, 4 left out' })).toHaveFocus()
  await expect.element(paste).not.toBeInTheDocument()
  await expect
    .element(row(/^1 /))
    .toHaveTextContent('AddIs there a warranty?Yes.No entry has this question or address.')
  await expect.element(row(/^2 /)).toHaveTextContent('says something else.')
  await expect.element(row(/^3 /)).toHaveTextContent('It is there already')
  await expect.element(row(/^4 /)).toHaveTextContent('stands further up')
  await expect.element(row(/^5 /)).toHaveTextContent('It has no question')
  await expect.element(row(/^6 /)).toHaveTextContent('as many entries as an import fills')
  await button('Import 2 entries').click()
  await expect.element(page.getByRole('heading', { name: 'Imported: 1 entry added, 1 changed' })).toHaveFocus()
  expect(fake.calls).toEqual(['import 2'])
  await page.getByRole('link', { name: 'To the entries' }).click()
  await expect.element(page.getByRole('heading', { name: 'Knowledge' })).toHaveFocus()
})

it('loses nothing that was pasted by a step back', async () => {
  await mountConsole(admin(), { path: PATH })
  await look('question,answer\nA?,B.')
  await button('Back').click()
  await expect.element(paste).toHaveValue('question,answer\nA?,B.')
  await expect.element(button('Import 2 entries')).not.toBeInTheDocument()
})

it('takes a file for what its name says, and none that it cannot read', async () => {
  const fake = admin()
  const asked: unknown[] = []
  const { previewFile } = fake.admin.knowledge
  fake.admin.knowledge.previewFile = (widgetId, file) => {
    asked.push(file)
    return previewFile(widgetId, file)
  }
  const { place } = await mountConsole(fake, { path: PATH })
  await expect.element(paste).toBeVisible()
  const input = place.querySelector('input[type="file"]') as HTMLInputElement
  const give = (name: string, text: string) => userEvent.upload(input, new File([text], name))
  await give('prices.xlsx', 'PK')
  await expect.element(page.getByText('“prices.xlsx” is neither CSV, JSON, Markdown nor HTML.')).toBeVisible()
  await give('faq.md', '# Is there a warranty?\nYes.')
  await expect.element(page.getByLabelText('Format')).toHaveValue('markdown')
  await expect.element(page.getByText(/^“prices.xlsx”/)).not.toBeInTheDocument()
  await page.getByLabelText('Language, where none is named').fill('en-GB')
  await button('See what would change').click()
  await expect.element(button('Import 2 entries')).toBeVisible()
  expect(asked).toEqual([{ format: 'markdown', text: '# Is there a warranty?\nYes.', language: 'en-GB' }])
})

it('says what is wrong with a file: too long, not of its format, or empty of entries', async () => {
  await mountConsole(admin(), { path: PATH })
  await paste.fill('a'.repeat(60_001))
  await expect.element(page.getByText(/^This has 60,001 characters; one import takes 60,000/)).toBeVisible()
  await expect.element(button('See what would change')).toBeDisabled()
  await look('broken')
  await expect.element(page.getByText('Not accepted: text: Row 2 has no end.')).toBeVisible()
  await page.getByLabelText('Format').selectOptions('json')
  await look('[]')
  await expect.element(page.getByRole('heading', { name: 'There is no entry in it' })).toHaveFocus()
  await expect.element(button(/^Import/)).not.toBeInTheDocument()
})

it('reads a site, says which pages it left out and why, and what it cannot read', async () => {
  const fake = admin()
  const { previewSite } = fake.admin.knowledge
  fake.admin.knowledge.previewSite = () =>
    Promise.reject(new ChatError('VALIDATION_FAILED', 'The sitemap cannot be reached.', { field: 'url' }))
  await mountConsole(fake, { path: PATH })
  await page.getByText('A website').click()
  await page.getByLabelText('Address of the sitemap').fill('https://northwind.example/sitemap.xml')
  await button('Read the site').click()
  await expect.element(page.getByText('The sitemap cannot be reached.', { exact: true })).toBeVisible()
  fake.admin.knowledge.previewSite = previewSite
  await userEvent.click(button('Read the site'))
  await expect.element(page.getByText('The sitemap lists 14 pages; 12 were read.')).toBeVisible()
  await page.getByText('2 pages were left out, or not read to the end').click()
  await expect.element(page.getByText('It did not answer in time.')).toBeVisible()
  await expect.element(button('Import 2 entries')).toBeVisible()
})

it('sends what is too much for one request in several, and goes on where it broke off', async () => {
  const fake = admin()
  const sent: number[] = []
  let working = true
  const { previewFile } = fake.admin.knowledge
  const entries: ImportedEntry[] = Array.from({ length: 250 }, (_, index) => ({ question: `Q${index}?`, answer: 'A.' }))
  fake.admin.knowledge.previewFile = async (...asked) => ({
    ...(await previewFile(...asked)),
    decisions: entries.map((entry, index) => ({
      ...{ action: 'add', reason: null, place: index + 1, question: entry.question, entryId: null, entry },
    })),
    added: 250,
  })
  fake.admin.knowledge.import = async (_widgetId, batch) => {
    sent.push(batch.length)
    if (!working && sent.length === 2) throw new ChatError('UNAVAILABLE', 'Down.')
    return { decisions: [], added: batch.length, changed: 0, skipped: 0 }
  }
  working = false
  await mountConsole(fake, { path: PATH })
  await look('question,answer')
  await button('Import 250 entries').click()
  await expect.element(page.getByText('The server is not available right now.')).toBeVisible()
  await expect.element(page.getByText(/^Part of it may be there/)).toBeVisible()
  working = true
  await button('Import 250 entries').click()
  await expect.element(page.getByRole('heading', { name: 'Imported: 250 entries added, 0 changed' })).toBeVisible()
  expect(sent).toEqual([200, 50, 200, 50])
})
