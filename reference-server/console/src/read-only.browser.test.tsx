import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole } from './testing/fake-console.js'
import { sampleNote } from './testing/fake-team-work.js'
import { mountConsole } from './testing/mount-console.js'
import { sampleId } from './testing/sample-data.js'

const WIDGET = `/widgets/${sampleId(1001)}`
const KNOWLEDGE = `/knowledge/${sampleId(1001)}`
const sections = ['appearance', 'behaviour', 'hours', 'form', 'departments', 'proactive', 'files', 'domains', 'danger']

/** Every page that a reader can go to, and words that stand there when it is loaded. */
const PAGES: [path: string, sign: string][] = [
  ['/', 'Choose a conversation'],
  [`/conversations/${sampleId(1)}`, 'I am back :)'],
  [`/conversations/${sampleId(8)}`, 'You can read this conversation.'],
  ['/widgets', 'Northwind support'],
  ...sections.map((section): [string, string] => [`${WIDGET}/${section}`, 'Northwind support']),
  [`${WIDGET}/install`, '18,204'],
  [KNOWLEDGE, 'Wie lange dauert der Versand?'],
  [`${KNOWLEDGE}/entries/${sampleId(3001)}`, 'Version 3, the present one'],
  [`${KNOWLEDGE}/gaps`, 'Can I pay in two instalments?'],
  [`${KNOWLEDGE}/golden`, 'Finds its entry'],
  ['/payments', 'Digital signatures'],
  [`/payments/${sampleId(4002)}`, 'Came in'],
  ['/payments/reconciliation', 'Compared last'],
  ['/settings/organization', 'Since'],
  ['/settings/members', 'jonas@northwind.example'],
  ['/settings/departments', 'Prices and offers'],
  ['/settings/routing', 'Jonas Weber'],
  ['/settings/canned-replies', 'How a refund works'],
  ['/settings/macros', 'We look into it'],
]

/** What looks, goes and sorts, and what is of one's own screen. All else would have to write. */
const HARMLESS = [
  /^(Open|Mine|Unassigned|Waiting|Assistant|Snoozed|Resolved)\d*$/,
  /^(Search conversations|Filter)$/,
  /^(Show|Close|Hide) the (keys|details)$/,
  /^Details$/,
  // It tells what the log says, and costs nothing (B12).
  /^Summarise$/,
  /^Back to the inbox$/,
  /^Switch to (dark|light) colours$/,
  /^Account of /,
  /^(Load|Show) (more|older|all)/,
  /^Newest$/,
  /^(Copy|Copied)/,
  /^(Open|Close|Reload|Restart) the preview/,
  /^Preview$/,
  /^(Desktop|Phone|Light|Dark)$/,
  /^(Find|State|Category|Language|Widget|From|To|Mode|Export as CSV)$/,
  /^(Open|Answered|Dismissed)$/,
  /^Look at version \d+$/,
]

function enabledControls(): string[] {
  const controls = document.querySelectorAll<HTMLElement>(
    'button, input, select, textarea, [role="button"], [role="switch"], [role="menuitem"], [contenteditable="true"]',
  )
  return (
    [...controls]
      .filter((control) => !control.matches(':disabled, [aria-disabled="true"], [data-disabled], [aria-hidden="true"]'))
      // Sorting, tabs, and the measures of Mantine's fields, which stand outside of the page.
      .filter((control) => !control.closest('thead, [role="tablist"], [data-autosize-measurement]'))
      .filter((control) => !(control instanceof HTMLInputElement && (control.readOnly || control.type === 'hidden')))
      .map(nameOf)
      .filter((name) => !HARMLESS.some((pattern) => pattern.test(name)))
  )
}

function nameOf(control: HTMLElement): string {
  const labelled = control instanceof HTMLInputElement || control instanceof HTMLSelectElement
  const label = labelled ? control.labels?.[0]?.textContent : undefined
  return control.getAttribute('aria-label') ?? (label || control.textContent || control.outerHTML).trim()
}

it.each(PAGES)('[C6] offers a reader nothing that writes at %s', async (path, sign) => {
  const fake = createFakeConsole({ role: 'client_user' })
  fake.admin.teamWork.notes = async () => [sampleNote(1)]
  const conversation = fake.client.conversation(sampleId(1))
  await mountConsole(fake, { path, width: 1600 })
  await expect.element(page.getByText(sign).first()).toBeVisible()
  expect(enabledControls()).toEqual([])
  // All keys of a conversation at once: none of them does anything that is told to the server.
  await userEvent.keyboard('ratsplexon')
  await expect.element(page.getByRole('dialog')).not.toBeInTheDocument()
  expect([...fake.calls, ...conversation.calls]).toEqual([])
})

it('[C6] lists no command that writes', async () => {
  await mountConsole(createFakeConsole({ role: 'client_user' }), { path: `/conversations/${sampleId(1)}` })
  await expect.element(page.getByRole('log')).toBeVisible()
  await userEvent.keyboard('{Control>}k{/Control}')
  await expect.element(page.getByRole('option', { name: /^Members/ })).toBeInTheDocument()
  const names = page
    .getByRole('option')
    .elements()
    .map(({ textContent }) => textContent ?? '')
  expect(
    names.filter(
      (name) =>
        !/^((Open|Mine|Unassigned|Waiting|Assistant|Snoozed|Resolved)?Inbox|Tickets|Visitors|Payments|Knowledge|Widgets|(Show|Hide) the detailsD|Summarise|Switch to dark|.*Settings$)/.test(
          name,
        ),
    ),
  ).toEqual([])
})

it('[C6] shows a reader no key that writes', async () => {
  await mountConsole(createFakeConsole({ role: 'client_user' }), { path: '/' })
  await expect.element(page.getByText('Choose a conversation')).toBeVisible()
  await userEvent.keyboard('?')
  const keys = page.getByRole('dialog', { name: 'Keyboard' })
  await expect.element(keys.getByText('Next conversation')).toBeVisible()
  await expect.element(keys.getByText('Write a reply')).not.toBeInTheDocument()
})
