import { beforeAll, expect, it, onTestFinished } from 'vitest'
import { page } from 'vitest/browser'
import { createFakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { PRIYA, sampleId, sampleMessage, visitor } from '../testing/sample-data.js'
import { trustStyles } from './trust-styles.js'

const MARKUP = '<img src=x onerror=alert(1)>'
const WIDGET = `/widgets/${sampleId(1001)}`

/** This page's own, as the server sends it with the console's. */
beforeAll(() => {
  trustStyles(window)
  const policy = document.createElement('meta')
  policy.httpEquiv = 'Content-Security-Policy'
  policy.content = "require-trusted-types-for 'script'; trusted-types default"
  document.head.append(policy)
})

function refusals(): string[] {
  const found: string[] = []
  const listen = ({ violatedDirective, sample }: SecurityPolicyViolationEvent) =>
    void found.push(`${violatedDirective} ${sample}`)
  document.addEventListener('securitypolicyviolation', listen)
  onTestFinished(() => document.removeEventListener('securitypolicyviolation', listen))
  return found
}

it('threat 55: a policy holds under which no text becomes markup, and no other one can be made', async () => {
  const found = refusals()
  expect(() => {
    document.createElement('div').innerHTML = MARKUP
  }).toThrow(TypeError)
  const { trustedTypes } = window as { trustedTypes?: { createPolicy(name: string, rules: object): unknown } }
  expect(() => trustedTypes?.createPolicy('another', {})).toThrow(TypeError)
  await expect.poll(() => found.length).toBe(2)
})

it.each([
  ['/', 'Inbox'],
  [`/conversations/${sampleId(1)}`, MARKUP],
  ['/widgets', 'Northwind support'],
  ...['appearance', 'behaviour', 'hours', 'form', 'proactive', 'domains', 'danger', 'install'].map((tab) => [
    `${WIDGET}/${tab}`,
    'Northwind support',
  ]),
  ['/settings/account', 'Chrome on Linux'],
  ['/settings/organization', 'Since'],
  ['/settings/members', 'lena@northwind.example'],
  ['/settings/departments', 'Prices and offers'],
  ['/settings/api-tokens', 'Nightly export'],
  ['/settings/audit', 'Show older ones'],
])('threat 55: %s is drawn under it', async (path = '', sign = '') => {
  const found = refusals()
  const fake = createFakeConsole({ role: 'client_admin' })
  const conversation = fake.client.conversation(sampleId(1))
  conversation.$timeline.set([sampleMessage(1, visitor(MARKUP), MARKUP, 2), sampleMessage(2, PRIYA, '**Hello**', 1)])
  await mountConsole(fake, { path })
  await expect.element(page.getByText(sign).first()).toBeInTheDocument()
  expect(found).toEqual([])
})
