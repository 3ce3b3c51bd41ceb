import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

const PATH = `/knowledge/${sampleId(1001)}`
const entryPath = (number: number) => `${PATH}/entries/${sampleId(3000 + number)}`
const admin = () => createFakeConsole({ role: 'client_admin' })
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const field = (name: string | RegExp) => page.getByRole('textbox', { name })

it('[A1] writes an entry with other ways to ask it, and publishes it', async () => {
  const fake = admin()
  const { location } = await mountConsole(fake, { path: PATH })
  await page.getByRole('link', { name: 'Add an entry' }).click()
  await field('Question').fill('Is there a warranty?')
  await field(/^Other ways/).fill('How long is the guarantee?\nWhat if it breaks?')
  await expect.element(page.getByText('Other ways to ask it (2)')).toBeVisible()
  await field('Answer').fill('Two years.')
  await field('Keywords').fill('Guarantee, broken')
  await button('Publish').click()
  await expect.element(page.getByRole('heading', { name: 'Is there a warranty?' })).toBeVisible()
  expect(location.history.at(-1)).toMatch(/\/entries\/[^/]+$/)
  expect(fake.calls).toEqual([
    `create entry ${JSON.stringify({
      ...{ question: 'Is there a warranty?', phrasings: ['How long is the guarantee?', 'What if it breaks?'] },
      ...{ answer: 'Two years.', category: '' },
      ...{ keywords: ['guarantee', 'broken'], language: 'en', enabled: true, url: null, published: true },
    })}`,
  ])
})

it('saves by Enter as a draft, which nobody reads yet', async () => {
  const fake = admin()
  await mountConsole(fake, { path: `${PATH}/new` })
  await field('Answer').fill('Two years.')
  await field('Question').fill('Is there a warranty?')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('A draft: no answer uses it before it is published.')).toBeVisible()
  expect(fake.calls[0]).toContain('"published":false')
})

it('keeps a change as a draft, shows what publishing would change, and publishes', async () => {
  const fake = admin()
  await mountConsole(fake, { path: entryPath(1) })
  await expect.element(button('Publish…')).toBeDisabled()
  await field('Answer').fill('Within a week.')
  await expect.element(page.getByText('Not saved')).toBeVisible()
  await button('Save as a draft').click()
  await expect.element(page.getByText('Saved as a draft')).toBeVisible()
  await expect.element(page.getByText(/^Not published yet: the answer\./)).toBeVisible()
  await button('Publish…').click()
  const dialog = page.getByRole('dialog', { name: 'Publish the entry?' })
  await expect
    .element(dialog.getByText('Of 3 golden questions 2 would find their entry first; now 1 do.'))
    .toBeVisible()
  await expect.element(dialog.getByRole('listitem')).toHaveTextContent('my refund is not here yetFirst→, then 4th')
  await dialog.getByRole('button', { name: 'Publish' }).click()
  await expect.element(dialog).not.toBeInTheDocument()
  await expect.element(page.getByText('Published', { exact: true }).first()).toBeVisible()
  await expect.element(page.getByText(/^Not published yet/)).not.toBeInTheDocument()
  expect(fake.calls).toEqual(['save draft {"answer":"Within a week."}', 'publish'])
})

it('saves what is typed before it publishes, and publishes nothing that was refused', async () => {
  const fake = admin()
  const { saveDraft } = fake.admin.knowledge
  fake.admin.knowledge.saveDraft = () =>
    Promise.reject(new ChatError('VALIDATION_FAILED', 'language: must be a language tag', { field: 'language' }))
  await mountConsole(fake, { path: entryPath(1) })
  await field('Language').fill('klingon!')
  await button('Publish…').click()
  await expect.element(field('Language')).toHaveFocus()
  await expect.element(page.getByText('must be a language tag', { exact: true })).toBeVisible()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  fake.admin.knowledge.saveDraft = saveDraft
  await field('Language').fill('tlh')
  await button('Publish…').click()
  await expect.element(page.getByRole('dialog')).toBeVisible()
  expect(fake.calls).toEqual(['save draft {"language":"tlh"}'])
})

it('changes a draft that nobody has published where it stands', async () => {
  const fake = admin()
  await mountConsole(fake, { path: entryPath(4) })
  await field('Answer').fill('From May on.')
  await button('Save as a draft').click()
  await expect.element(page.getByText('Saved as a draft')).toBeVisible()
  expect(fake.calls).toEqual([expect.stringContaining('update entry {"question":"Do you deliver to islands?"')])
})

it('discards a draft', async () => {
  const fake = admin()
  await mountConsole(fake, { path: entryPath(2) })
  await expect.element(field('Answer')).toHaveValue('Monday to Saturday, from nine to five.')
  await button('Discard the draft').click()
  await expect.element(field('Answer')).toHaveValue('Monday to Friday, from nine to five.')
  expect(fake.calls).toEqual(['save draft {}'])
})

it('shows why the check did not come, and lets it be asked again', async () => {
  const fake = admin()
  const { checkDraft } = fake.admin.knowledge
  fake.admin.knowledge.checkDraft = () => Promise.reject(new ChatError('UNAVAILABLE', 'Down.'))
  await mountConsole(fake, { path: entryPath(2) })
  await button('Publish…').click()
  await expect.element(page.getByText('The server is not available right now.')).toBeVisible()
  fake.admin.knowledge.checkDraft = checkDraft
  await button('Try again').click()
  await expect.element(page.getByText(/^Of 3 golden questions/)).toBeVisible()
})

it('lets nobody leave what is not saved unasked', async () => {
  await mountConsole(admin(), { path: entryPath(1) })
  await field('Keywords').fill('money')
  await page.getByRole('link', { name: /^All entries/ }).click()
  await expect.element(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await button('Keep editing').click()
  await expect.element(field('Keywords')).toHaveValue('money')
})

it('lists versions by what they changed, looks at one and restores it', async () => {
  const fake = admin()
  await mountConsole(fake, { path: entryPath(1) })
  const versions = page.getByRole('list', { name: 'Versions' }).getByRole('listitem')
  await expect.element(versions.nth(0)).toHaveTextContent('Priya Raman · changed the answer')
  await expect.element(versions.nth(1)).toHaveTextContent('changed other ways to ask it and the source')
  await button('Look at version 3').click()
  await expect.element(button('Restore this version')).not.toBeInTheDocument()
  await button('Close').click()
  await button('Look at version 2').click()
  await expect.element(page.getByRole('dialog').getByText('The money is back within fourteen days.')).toBeVisible()
  await button('Restore this version').click()
  await expect.element(field('Answer')).toHaveValue('The money is back within fourteen days.')
  expect(fake.calls).toEqual(['restore 2'])
})

it('adds a golden question, says where its entry stands, and takes one away', async () => {
  const fake = admin()
  await mountConsole(fake, { path: entryPath(1) })
  const golden = page.getByRole('list', { name: 'Golden questions' }).getByRole('listitem')
  await expect.element(golden.first()).toHaveTextContent('my refund is not here yetFirst')
  await field('Add a golden question').fill('money??')
  await userEvent.keyboard('{Enter}')
  await expect.element(golden.nth(1)).toHaveTextContent('money??')
  await expect.element(field('Add a golden question')).toHaveValue('')
  await field('Add a golden question').fill('money??')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Not accepted: question: The widget has this golden question.')).toBeVisible()
  await button('Remove my refund is not here yet').click()
  await expect.poll(() => golden.elements()).toHaveLength(1)
  expect(fake.calls).toEqual([
    ...['add golden question "money??"', 'add golden question "money??"', 'remove golden question'],
  ])
})

it('deletes an entry after it has asked', async () => {
  const fake = admin()
  const { location } = await mountConsole(fake, { path: entryPath(3) })
  await button('Delete the entry').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect.element(page.getByRole('heading', { name: 'Knowledge' })).toBeVisible()
  await expect.element(page.getByRole('row', { name: /refund/ })).toBeVisible()
  await expect.element(page.getByRole('row', { name: /Versand/ })).not.toBeInTheDocument()
  expect(location.history.at(-1)).toBe(PATH)
  expect(fake.calls).toEqual(['delete entry'])
})

it('says that an entry is gone', async () => {
  await mountConsole(admin(), { path: entryPath(99) })
  await expect.element(page.getByText('This no longer exists, or is not yours to see.')).toBeVisible()
})
