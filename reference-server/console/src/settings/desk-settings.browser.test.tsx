import { expect, it } from 'vitest'
import { page } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })

async function open(name: string, options: Parameters<typeof createFakeConsole>[0] = { role: 'client_admin' }) {
  const fake = createFakeConsole(options)
  await mountConsole(fake, { path: `/settings/${name}` })
  await expect.element(page.getByRole('heading', { level: 1 })).toBeVisible()
  return fake
}

it('[D4] says of a variable that is none before it is saved', async () => {
  const fake = await open('canned-replies', { role: 'agent' })
  await button('Add a reply').click()
  await page.getByLabelText('Shortcut').fill('/bye')
  await page.getByLabelText('Title').fill('Farewell')
  await page.getByLabelText('Text').fill('Bye {{visitor.nam}}')
  await expect.element(page.getByText('There is no variable {{visitor.nam}}.')).toBeVisible()
  await expect.element(button('Add')).toBeDisabled()
  await page.getByLabelText('Text').fill('Bye {{visitor.name|for now}}')
  await button('Add').click()
  await expect.element(page.getByText('/bye')).toBeVisible()
  const text = 'Bye {{visitor.name|for now}}'
  const made = { shortcut: 'bye', title: 'Farewell', text, language: null, departmentId: null }
  expect(fake.calls).toEqual([`create reply ${JSON.stringify(made)}`])
  await button('Delete /hello (de)').click()
  await button('Delete').click()
  await expect.element(page.getByText('/hello')).toBeVisible()
  expect(fake.calls.at(-1)).toBe('delete reply')
})

it('makes a macro step by step, in the order that is wanted', async () => {
  const fake = await open('macros')
  await button('Add a macro').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Bye')
  await expect.element(button('Add')).toBeDisabled()
  await page.getByLabelText('Step 1: Say to the visitor').fill('Bye!')
  await button('Add a step').click()
  await page.getByRole('combobox', { name: 'Step 2', exact: true }).selectOptions('tag')
  await page.getByLabelText('Step 2: Add a tag').selectOptions(sampleId(1601))
  await button('Move step 2 up').click()
  await button('Add a step').click()
  await page.getByRole('combobox', { name: 'Step 3', exact: true }).selectOptions('end')
  await button('Add').click()
  await expect.element(page.getByText('Add the tag Delivery · Say “Bye!” · End the conversation')).toBeVisible()
  const actions = [{ type: 'tag', tagId: sampleId(1601) }, { type: 'reply', text: 'Bye!' }, { type: 'end' }]
  expect(fake.calls).toEqual([`create macro ${JSON.stringify({ name: 'Bye', actions })}`])
})

it('renames tags and takes them away', async () => {
  const fake = await open('tags')
  await button('Rename Billing').click()
  await page.getByRole('textbox', { name: 'Name' }).fill('Invoices')
  await button('Save').click()
  await expect.element(page.getByText('Invoices')).toBeVisible()
  await button('Delete Delivery').click()
  await button('Delete').click()
  await expect.element(page.getByText('Delivery')).not.toBeInTheDocument()
  expect(fake.calls).toEqual(['rename tag "Invoices"', 'delete tag'])
})

it.each(['canned-replies', 'macros', 'tags'])(
  '[C6] changes nothing in the hands of those who only read: %s',
  async (name) => {
    await open(name, { role: 'client_user' })
    await expect.element(page.getByRole('table')).toBeVisible()
    expect(
      page
        .getByRole('main')
        .getByRole('button', { name: /^(Add|Edit|Rename|Delete)/ })
        .elements(),
    ).toEqual([])
  },
)
