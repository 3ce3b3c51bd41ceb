import { ChatError } from '@chatdesk/protocol'
import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { expect, it, onTestFinished, vi } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { sampleWidget } from '../../testing/sample-administration.js'
import { minutesAgo, sampleId } from '../../testing/sample-data.js'
import { textContrast } from '../../testing/text-contrast.js'

const WIDGET = `/widgets/${sampleId(1001)}`
const button = (name: string) => page.getByRole('button', { name, exact: true })
const section = (name: string) => page.getByRole('navigation', { name: 'Sections' }).getByRole('link', { name })

async function edit(path = 'appearance', options: Parameters<typeof createFakeConsole>[0] = { role: 'client_admin' }) {
  const fake = createFakeConsole(options)
  const mounted = await mountConsole(fake, { path: `${WIDGET}/${path}`, width: 1600 })
  await expect.element(page.getByRole('heading', { name: 'Northwind support' })).toBeVisible()
  return { ...mounted, fake }
}

it('saves by hand what was changed in every section, and nothing else', async () => {
  const { fake } = await edit()
  await expect.element(button('Save')).toBeDisabled()
  await page.getByLabelText('Greeting').fill('Hello')
  await section('Behaviour').click()
  await page.getByLabelText('Open by itself').click()
  await section('Domains').click()
  await page.getByLabelText('Address of a site').fill('shop.example')
  await userEvent.keyboard('{Enter}')
  expect(fake.calls).toEqual([])
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  await expect.element(page.getByRole('status').getByText('Saved', { exact: true })).toBeVisible()
  const allowedOrigins = ['https://northwind.example', 'https://*.northwind.example', 'https://shop.example']
  const saved = { allowedOrigins, settings: { greeting: 'Hello', autoOpen: true } }
  expect(fake.calls).toEqual([`update widget ${JSON.stringify(saved)}`])
})

it('says how sure the assistant must be, and which words call for a person', async () => {
  const { fake } = await edit('assistant')
  const policy = page.getByLabelText('Answer when sure by percent')
  await expect.element(page.getByLabelText('Let the assistant answer first')).not.toBeChecked()
  await expect.element(policy).not.toBeInTheDocument()
  await page.getByLabelText('Let the assistant answer first').click()
  await expect.element(policy).toHaveValue(60)
  await policy.fill('75')
  await page.getByLabelText('Open tickets').fill('3')
  await page.getByLabelText('Further words that call for a person').fill('recall\n\n allergy ')
  expect(await axeViolations()).toEqual([])
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  const assistantPolicy = {
    ...{ ...DEFAULT_ASSISTANT_POLICY, answerAt: 0.75, openTickets: 3 },
    keywords: ['recall', 'allergy'],
  }
  expect(fake.calls).toEqual([`update widget ${JSON.stringify({ assistant: true, assistantPolicy })}`])
})

it('goes to what of the assistant was refused', async () => {
  const { fake, location } = await edit('assistant')
  const field = 'assistantPolicy.suggestAt'
  fake.admin.widgets.update = () =>
    Promise.reject(new ChatError('VALIDATION_FAILED', `${field}: must not be above answerAt`, { field }))
  await page.getByLabelText('Let the assistant answer first').click()
  await section('Domains').click()
  await button('Save').click()
  await expect.poll(() => location.history.at(-1)).toBe(`${WIDGET}/assistant`)
  await expect
    .element(page.getByLabelText('Suggest when sure by percent'))
    .toHaveAccessibleDescription(/must not be above answerAt/)
})

it('discards', async () => {
  await edit()
  await page.getByLabelText('Greeting').fill('Hello')
  await button('Discard').click()
  await expect.element(page.getByLabelText('Greeting')).toHaveValue('Hi! How can we help you today?')
})

it('lets nobody leave unasked, by a link or by the way back', async () => {
  const { location } = await edit()
  await page.getByLabelText('Greeting').fill('Hello')
  await page.getByRole('link', { name: 'Settings', exact: true }).first().click()
  await expect.element(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await button('Keep editing').click()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await expect.element(page.getByLabelText('Greeting')).toHaveValue('Hello')

  location.navigate('/widgets')
  await expect.element(page.getByRole('dialog', { name: 'Leave without saving?' })).toBeVisible()
  await button('Leave').click()
  await expect.element(page.getByRole('heading', { name: 'My widgets' })).toBeVisible()
})

it('lets whoever has changed nothing go', async () => {
  const { location } = await edit()
  location.navigate('/')
  await expect.element(page.getByRole('region', { name: 'Conversations' })).toBeVisible()
})

it('[E2] goes to the field that the server refuses, and says why beside it, until it is changed', async () => {
  const { fake } = await edit('hours')
  const refuse = (field: string, reason: string) => {
    fake.admin.widgets.update = () =>
      Promise.reject(new ChatError('VALIDATION_FAILED', `${field}: ${reason}`, { field }))
  }
  refuse('settings.greeting', 'at most 500 characters')
  await page.getByLabelText('Monday, to').first().fill('11:00')
  await button('Save').click()
  const greeting = page.getByLabelText('Greeting')
  await expect.element(greeting).toHaveAccessibleDescription(/at most 500 characters/)
  await expect.element(greeting).toHaveFocus()
  await expect.element(page.getByRole('alert').first()).toHaveTextContent('Not accepted: greeting: at most')
  await greeting.fill('Hello')
  await expect.element(greeting).toBeValid()

  // As the whole of the settings names it.
  refuse('businessHours.exceptions.1.to', 'must be later than from')
  await button('Save').click()
  await expect.element(page.getByLabelText('2026-12-31, to')).toBeInvalid()
  await expect.element(page.getByLabelText('2026-12-31, to')).toHaveFocus()
  await expect.element(page.getByLabelText('2026-12-31, from')).toBeValid()
  await expect.element(page.getByRole('list', { name: 'Exceptions' })).toHaveTextContent('must be later than from')
})

it('keeps a team there until midnight, and all day', async () => {
  const { fake } = await edit('hours')
  await page.getByLabelText('Friday, to').fill('00:00')
  await expect.element(page.getByText('Until midnight')).toBeVisible()
  await page.getByLabelText('Friday, from').fill('00:00')
  await expect.element(page.getByText('All day', { exact: true })).toBeVisible()
  await expect.element(page.getByText('Ends before it begins')).not.toBeInTheDocument()
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  expect(fake.calls[0]).toContain('{"day":5,"from":"00:00","to":"24:00"}')
  await expect.element(page.getByLabelText('Friday, to')).toHaveValue('00:00')
})

it('adds a holiday, and a day with other hours, for the days that are named', async () => {
  const { fake } = await edit('hours')
  await button('Add an exception').click()
  await button('Save').click()
  expect(fake.calls).toEqual([])
  await page.getByLabelText('Date of exception 3').fill('2027-01-01')
  await button('Add an exception').click()
  await page.getByLabelText('Date of exception 4').fill('2027-01-02')
  await page.getByLabelText('Open on 2027-01-02').click()
  await page.getByLabelText('2027-01-02, to').fill('12:30')
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  expect(fake.calls[0]).toContain('{"date":"2027-01-01"},{"date":"2027-01-02","from":"09:00","to":"12:30"}]')
})

it('says to whom a proactive message goes', async () => {
  const { fake } = await edit('proactive')
  await page.getByLabelText('Who reads message 1').selectOptions('To new visitors')
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  expect(fake.calls[0]).toContain('"returning":false')
})

it('lets a proactive message be said outside the business hours as well', async () => {
  const { fake } = await edit('proactive')
  await page.getByLabelText('Also outside the business hours').click()
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  expect(fake.calls[0]).toContain('"outOfHours":true')
})

it('lets a proactive message wait for an event, and for a pointer that leaves', async () => {
  const { fake } = await edit('proactive')
  await page.getByLabelText('After an event').fill('cart:filled')
  await page.getByLabelText('As the pointer leaves').click()
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  expect(fake.calls[0]).toContain('"event":"cart:filled","exitIntent":true')
  await page.getByLabelText('As the pointer leaves').click()
  await page.getByLabelText('After an event').fill('')
  await button('Save').click()
  await expect.poll(() => fake.calls[1]).toContain('"when":{"url":"*/pricing*","secondsOnPage":30}')
})

it('replaces the key, and says until when the old one works, also later and where the code stands', async () => {
  const { fake, location } = await edit('danger')
  const old = page.getByText('Pages with the old one work until')
  await expect.element(old).not.toBeInTheDocument()
  await button('Replace the key').click()
  await button('Replace').click()
  await expect.element(old).toBeVisible()
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  await button('Replace the key').click()
  await expect.element(page.getByText('The key before it, which still works, stops at once.')).toBeVisible()
  await button('Cancel').click()
  expect(fake.calls).toEqual(['rotate key'])
  location.navigate(`${WIDGET}/install`)
  await expect.element(old).toBeVisible()
})

it('says nothing of an old key that no longer works', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.widgets.get = async () => sampleWidget(1, { previousKeyUntil: minutesAgo(1) })
  await mountConsole(fake, { path: `${WIDGET}/danger` })
  await expect.element(button('Replace the key')).toBeVisible()
  await expect.element(page.getByText('Pages with the old one work until')).not.toBeInTheDocument()
})

it('edits the week, and says what cannot be', async () => {
  const { fake } = await edit('hours')
  await page.getByRole('button', { name: 'Add hours on Saturday' }).click()
  await page.getByLabelText('Saturday, from').fill('18:00')
  await expect.element(page.getByText('Ends before it begins')).toBeVisible()
  await page.getByLabelText('Saturday, to').fill('20:00')
  await page.getByRole('button', { name: 'Take out these hours of Monday' }).first().click()
  await page.getByRole('button', { name: 'Take out the exception of 2026-12-25' }).click()
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  const week = [
    { day: 1, from: '13:00', to: '17:00' },
    ...[2, 3, 4, 5].map((day) => ({ day, from: '09:00', to: '17:00' })),
    { day: 6, from: '18:00', to: '20:00' },
  ]
  const exceptions = [{ date: '2026-12-31', from: '09:00', to: '12:00' }]
  const businessHours = { timeZone: 'Europe/Berlin', week, exceptions }
  expect(fake.calls).toEqual([`update widget ${JSON.stringify({ settings: { businessHours } })}`])
})

it('builds the form: adds, moves and takes out questions', async () => {
  const { fake } = await edit('form')
  await page.getByRole('button', { name: 'Move What is it about? up' }).click()
  await page.getByRole('button', { name: 'Take out Your name' }).click()
  await page.getByLabelText('Choices').fill('Orders\n\n Returns \nOrders\n')
  await page.getByRole('button', { name: 'Add a question' }).click()
  await page.getByRole('textbox', { name: 'Question' }).nth(1).fill('Order number')
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  const update = JSON.parse(fake.calls[0]?.replace('update widget ', '') ?? '{}')
  expect(update.settings.preChatForm.fields).toEqual([
    { id: 'topic', label: 'What is it about?', type: 'select', required: false, options: ['Orders', 'Returns'] },
    { id: expect.stringMatching(/^[a-z][a-z0-9_]{0,31}$/), label: 'Order number', type: 'text', required: false },
  ])
})

it('says that it has saved until something else is changed', async () => {
  await edit()
  const greeting = page.getByLabelText('Greeting')
  const state = page.getByRole('form').getByRole('status')
  await expect.element(state).toHaveTextContent('')
  await greeting.fill('Hello')
  await expect.element(state).toHaveTextContent('Not saved')
  await button('Save').click()
  await expect.element(state).toHaveTextContent(/^Saved$/)
  await greeting.fill('Hello there')
  await expect.element(state).toHaveTextContent('Not saved')
  await button('Discard').click()
  await expect.element(state).toBeEmptyDOMElement()
})

it.each(['appearance', 'behaviour', 'hours', 'form', 'proactive'])(
  'can be read in %s by those who may not change it, in both schemes',
  async (id) => {
    const fake = createFakeConsole({ role: 'client_user' })
    for (const dark of [false, true]) {
      const { place, unmount } = await mountConsole(fake, { path: `${WIDGET}/${id}`, width: 1600, dark })
      await expect.element(page.getByText('An admin can change it.')).toBeVisible()
      const read = [...place.querySelectorAll('fieldset :is(input, textarea, select, label)')]
        // The text of a tick or a switch stands beside it.
        .filter((element) => !element.matches('[type="checkbox"], [type="radio"]'))
      expect(read.length).toBeGreaterThan(2)
      for (const element of read) expect(textContrast(element), element.className).toBeGreaterThanOrEqual(4.5)
      unmount()
    }
  },
)

it('shows the whole of a date, and what takes out hours in the middle of its fields', async () => {
  await edit('hours')
  await page.viewport(1280, 800)
  const date = page.getByLabelText('Date of exception 1').element()
  expect(date.clientWidth).toBeGreaterThanOrEqual(144)
  const middle = (element: Element) => {
    const { top, height } = element.getBoundingClientRect()
    return top + height / 2
  }
  const bin = page.getByRole('button', { name: 'Take out these hours of Tuesday' }).element()
  expect(middle(bin)).toBeCloseTo(middle(page.getByLabelText('Tuesday, from').element()), 0)
})

it('says on a phone in one line that something is not saved', async () => {
  await edit()
  await page.viewport(390, 800)
  await page.getByLabelText('Greeting').fill('Hello')
  const state = page.getByText('Not saved', { exact: true })
  await expect.element(state).toBeVisible()
  expect(state.element().getBoundingClientRect().height).toBeLessThan(24)
})

it('is read-only for those who may not change it', async () => {
  await edit('appearance', { role: 'agent' })
  await expect.element(page.getByText('An admin can change it.')).toBeVisible()
  await expect.element(page.getByLabelText('Greeting')).toBeDisabled()
  await expect.element(button('Save')).not.toBeInTheDocument()
  await expect.element(section('Danger zone')).not.toBeInTheDocument()
})

it('deletes only what was named, and holds nobody back then', async () => {
  const { fake } = await edit('danger')
  await button('Delete the widget').click()
  await expect.element(button('Delete for good')).toBeDisabled()
  await page.getByLabelText('Name of the widget').fill('Northwind support')
  await button('Delete for good').click()
  await expect.element(page.getByRole('heading', { name: 'My widgets' })).toBeVisible()
  expect(fake.calls).toEqual(['delete widget'])
})

it('keeps the draft when something else is done beside it', async () => {
  const { fake } = await edit()
  await page.getByLabelText('Greeting').fill('Hello')
  await section('Danger zone').click()
  await button('Switch the widget off').click()
  await expect.element(page.getByRole('dialog')).toHaveTextContent('open chats end')
  expect(fake.calls).toEqual([])
  await button('Switch off').click()
  await expect.element(page.getByText('Switched off', { exact: true })).toBeVisible()
  await section('Appearance').click()
  await expect.element(page.getByLabelText('Greeting')).toHaveValue('Hello')
  expect(fake.calls).toEqual(['update widget {"enabled":false}'])
})

it('posts the draft to its preview, which has no origin, as it is typed', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  // In place of the server's page: one that repeats what it is told.
  const script = `onmessage = ({ data }) => parent.postMessage({ heard: data.greeting, origin: window.origin }, '*')
    parent.postMessage('chatdesk.preview.ready', '*')`
  fake.services.previewUrl = `data:text/html,${encodeURIComponent(`<script>${script}</script>`)}`
  const heard = vi.fn()
  const listen = ({ data }: MessageEvent) => data?.heard && heard(data.heard, data.origin)
  window.addEventListener('message', listen)
  onTestFinished(() => window.removeEventListener('message', listen))
  await mountConsole(fake, { path: `${WIDGET}/appearance`, width: 1600 })
  await expect.poll(() => heard).toHaveBeenLastCalledWith('Hi! How can we help you today?', 'null')
  await page.getByLabelText('Greeting').fill('Hello')
  await expect.poll(() => heard).toHaveBeenLastCalledWith('Hello', 'null')
})

it('keeps to the width of a phone, in every section', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  const { location } = await mountConsole(fake, { path: `${WIDGET}/appearance`, width: 360 })
  for (const id of ['appearance', 'behaviour', 'hours', 'form', 'departments', 'proactive', 'domains', 'danger']) {
    location.navigate(`${WIDGET}/${id}`)
    await expect.element(page.getByRole('form')).toBeVisible()
    expect(document.documentElement.scrollWidth, id).toBe(360)
    const form = document.querySelector('form')
    expect(form?.scrollWidth, id).toBeLessThanOrEqual(form?.clientWidth ?? 0)
  }
})

it('[U1] says which files visitors may send, and how large; or none, and what was chosen comes back', async () => {
  const { fake } = await edit('files')
  await page.getByLabelText('Office documents').click()
  await page.getByLabelText('Video').click()
  await page.getByLabelText('Largest file').selectOptions('25 MB')
  await page.getByLabelText('Visitors may send files').click()
  await expect.element(page.getByLabelText('Video')).not.toBeInTheDocument()
  await page.getByLabelText('Visitors may send files').click()
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  const attachments = { kinds: ['image', 'pdf', 'office', 'video'], maxBytes: 25 * 1024 * 1024 }
  expect(fake.calls).toEqual([`update widget ${JSON.stringify({ settings: { attachments } })}`])
  await page.getByLabelText('Visitors may send files').click()
  await button('Save').click()
  await expect.element(button('Save')).toBeDisabled()
  expect(fake.calls.at(-1)).toBe(`update widget ${JSON.stringify({ settings: { attachments: null } })}`)
})

it('leaves one kind of files at least', async () => {
  await edit('files')
  for (const name of ['PDF', 'Pictures']) await page.getByRole('checkbox', { name, exact: true }).click()
  await expect.element(page.getByRole('checkbox', { name: 'Pictures', exact: true })).toBeChecked()
  await expect.element(page.getByRole('checkbox', { name: 'PDF', exact: true })).not.toBeChecked()
})
