import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleWidget } from '../testing/sample-administration.js'
import { sampleId } from '../testing/sample-data.js'
import { sampleEntry } from '../testing/sample-knowledge.js'

const PATH = `/knowledge/${sampleId(1001)}`
const row = (name: RegExp) => page.getByRole('row', { name })
const chooser = page.getByRole('combobox', { name: 'Widget', exact: true })
const link = (name: string | RegExp) => page.getByRole('link', { name, exact: true })

it('[A1] leads from the rail to the knowledge of the first widget, with what became of each entry', async () => {
  const { location } = await mountConsole(createFakeConsole(), { path: '/' })
  await link('Knowledge').click()
  await expect.element(page.getByRole('heading', { name: 'Knowledge' })).toHaveFocus()
  await expect
    .element(row(/How long does a refund take/))
    .toHaveTextContent(/Published.*Payments.*English.*1,241.*312.*18/)
  await expect.element(row(/When are you open/)).toHaveTextContent('PublishedDraft')
  await expect.element(row(/summer sale/)).toHaveTextContent('Off')
  expect(location.history.at(-1)).toBe(PATH)
})

it('finds entries by their words, and narrows them by state, category and language', async () => {
  await mountConsole(createFakeConsole(), { path: PATH })
  const questions = () => page.getByRole('main').getByRole('row').elements().length - 1
  await expect.poll(questions).toBe(5)
  await page.getByLabelText('State').selectOptions('draft')
  await expect.poll(questions).toBe(2)
  await page.getByLabelText('State').selectOptions('')
  await page.getByLabelText('Category').selectOptions('Shipping')
  await expect.poll(questions).toBe(2)
  await page.getByLabelText('Language').selectOptions('de')
  await expect.element(row(/Versand/)).toBeVisible()
  await expect.poll(questions).toBe(1)
  await page.getByLabelText('Find').fill('unicorn')
  await userEvent.keyboard('{Enter}')
  await expect.element(page.getByText('Nothing here')).toBeVisible()
  // The choices stay, so that one finds the way back.
  await page.getByLabelText('Language').selectOptions('')
  await page.getByLabelText('Category').selectOptions('')
  await page.getByLabelText('Find').fill('')
  await expect.poll(questions).toBe(5)
})

it('shows page after page, and orders them when all are there', async () => {
  const fake = createFakeConsole()
  const asked: unknown[] = []
  fake.admin.knowledge.list = async (_widgetId, query) => {
    asked.push(query)
    const first = query.cursor === undefined ? 1 : 51
    return {
      entries: Array.from({ length: query.cursor === undefined ? 50 : 3 }, (_, index) => sampleEntry(first + index)),
      ...{ nextCursor: query.cursor === undefined ? sampleId(50) : null, categories: [], languages: ['en'] },
    }
  }
  await mountConsole(fake, { path: PATH })
  await expect.element(page.getByRole('columnheader', { name: 'Used' })).toBeVisible()
  await expect.element(page.getByRole('button', { name: 'Used' })).not.toBeInTheDocument()
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect.element(row(/Question 53/)).toBeInTheDocument()
  expect(page.getByRole('row').elements()).toHaveLength(54)
  await expect.element(page.getByRole('button', { name: 'Show more' })).not.toBeInTheDocument()
  await expect.element(page.getByRole('button', { name: 'Used' })).toBeInTheDocument()
  expect(asked).toEqual([{}, { cursor: sampleId(50) }])
})

it('says by its code why the next page did not come, and keeps those that are there', async () => {
  const fake = createFakeConsole()
  const { list } = fake.admin.knowledge
  fake.admin.knowledge.list = async (widgetId, query) => {
    if (query.cursor !== undefined) throw new ChatError('RATE_LIMITED', 'Slow down.')
    return { ...(await list(widgetId, query)), nextCursor: sampleId(9) }
  }
  await mountConsole(fake, { path: PATH })
  await page.getByRole('button', { name: 'Show more' }).click()
  await expect.element(page.getByRole('alert')).toHaveTextContent('Too many requests.')
  await expect.element(row(/Versand/)).toBeVisible()
})

it('teaches where nothing is known, and changes to another widget by the chooser', async () => {
  const { location } = await mountConsole(createFakeConsole({ role: 'client_admin' }), { path: `${PATH}/golden` })
  await expect.element(page.getByText('1 of 3 find their entry first.')).toBeVisible()
  await chooser.selectOptions(sampleId(1002))
  await expect.element(page.getByText('No golden questions yet')).toBeVisible()
  // The same page of the other one.
  expect(location.history.at(-1)).toBe(`/knowledge/${sampleId(1002)}/golden`)
  await link('Entries').click()
  await expect.element(page.getByText('This widget knows nothing yet')).toBeVisible()
  await link('Import what you have').click()
  await expect.element(page.getByRole('heading', { name: 'Import' })).toHaveFocus()
})

it('offers no choice of one widget, and says when there is none, or not this one', async () => {
  const fake = createFakeConsole()
  fake.admin.widgets.list = async () => [sampleWidget(1, { assistant: true })]
  const first = await mountConsole(fake, { path: '/knowledge' })
  await expect.element(row(/Versand/)).toBeVisible()
  await expect.element(chooser).not.toBeInTheDocument()
  await expect.element(page.getByText(/The assistant is switched off/)).not.toBeInTheDocument()
  first.unmount()
  fake.admin.widgets.list = async () => []
  const second = await mountConsole(fake, { path: '/knowledge' })
  await expect.element(page.getByText('No widgets yet')).toBeVisible()
  second.unmount()
  const other = createFakeConsole()
  await mountConsole(other, { path: `/knowledge/${sampleId(7)}` })
  await expect.element(page.getByText('There is no such widget')).toBeVisible()
})

it('leads to the switch of the assistant, and from there back', async () => {
  const { location } = await mountConsole(createFakeConsole({ role: 'client_admin' }), { path: PATH })
  await link('Its switch is in the widget’s settings.').click()
  await link('What this widget knows').click()
  await expect.element(row(/Versand/)).toBeVisible()
  expect(location.history.at(-1)).toBe(PATH)
})

it('[C6] has nothing to write with for those who only read', async () => {
  for (const role of ['agent', 'client_user'] as const) {
    const { unmount } = await mountConsole(createFakeConsole({ role }), { path: PATH })
    await expect.element(row(/Versand/)).toBeVisible()
    await expect.element(link('Add an entry')).not.toBeInTheDocument()
    await expect.element(link('Import')).not.toBeInTheDocument()
    unmount()
    // By its address neither.
    const typed = await mountConsole(createFakeConsole({ role }), { path: `${PATH}/new` })
    await expect.element(page.getByRole('heading', { name: 'Knowledge' })).toBeVisible()
    typed.unmount()
  }
})
