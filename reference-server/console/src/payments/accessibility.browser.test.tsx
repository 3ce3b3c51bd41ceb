import { it } from 'vitest'
import { page } from 'vitest/browser'
import {
  adminState as admin,
  expectAccessible,
  press,
  type AccessibleState as State,
} from '../testing/accessible-states.js'
import type { FakeConsole } from '../testing/fake-console.js'
import { sampleId } from '../testing/sample-data.js'
import { samplePaymentMessage } from '../testing/sample-payments.js'

const THREAD = `/conversations/${sampleId(1)}`
const STRANGE = `/payments/${sampleId(4006)}`
const PAYMENT = `/payments/${sampleId(4004)}`

const unconnected = ({ admin: { payments } }: FakeConsole) => {
  payments.account = async () => null
}
const told = ({ client }: FakeConsole) => {
  const { $timeline } = client.conversation(sampleId(1))
  $timeline.set([samplePaymentMessage(1, 9), samplePaymentMessage(2, 8, { version: 2, failures: 1 })])
}
const review = async () => {
  await press('Request a payment')()
  await page.getByRole('textbox', { name: 'Amount' }).fill('10')
  await page.getByLabelText('What for').fill('Stamps')
  await press('Review')()
}

const STATES: State[] = [
  admin('account', '/settings/payments', 'This is a test account', {}),
  admin('account at 360 px', '/settings/payments', 'This is a test account', { width: 360 }),
  admin('no account', '/settings/payments', 'No account is connected', { prepare: unconnected }),
  admin('connecting', '/settings/payments', 'Make a key at Razorpay', {
    ...{ prepare: unconnected, act: press('Connect Razorpay') },
  }),
  admin('disconnecting', '/settings/payments', 'Nobody can ask for a payment any more. What', {
    act: press('Disconnect the account'),
  }),
  admin('payments', '/payments', 'Filing fee'),
  admin('payments at 360 px', '/payments', 'Filing fee', { width: 360 }),
  admin('one payment', PAYMENT, 'Fewer seats'),
  admin('one payment at 360 px', PAYMENT, 'Fewer seats', { width: 360 }),
  admin('refund', PAYMENT, 'It goes back the way it came', { act: press('Refund…') }),
  admin('payment that does not fit', STRANGE, 'Does not fit (1)'),
  admin('payment that does not fit at 360 px', STRANGE, 'Does not fit (1)', { width: 360 }),
  admin('dealing with it', STRANGE, 'counts towards nothing', { act: press(/^Mark as dealt with/) }),
  admin('dealing with it at 360 px', STRANGE, 'counts towards nothing', {
    ...{ width: 360, act: press(/^Mark as dealt with/) },
  }),
  admin('dealing with what belongs to nothing', '/payments/reconciliation', 'stands in this report no longer', {
    act: press(/^Mark as dealt with/),
  }),
  admin('reconciliation', '/payments/reconciliation', 'Compared last'),
  admin('reconciliation at 360 px', '/payments/reconciliation', 'Compared last', { width: 360 }),
  { name: 'card in a thread', path: THREAD, prepare: told, sign: 'One try has failed' },
  { name: 'card at 360 px', path: THREAD, width: 360, prepare: told, sign: 'One try has failed' },
  { name: 'request', path: THREAD, act: press('Request a payment'), sign: 'It ends' },
  { name: 'request, before it is sent', path: THREAD, act: review, sign: 'Request ₹10.00' },
  { name: 'request at 360 px', path: THREAD, width: 360, act: press('Request a payment'), sign: 'It ends' },
]

it.each(STATES)('has nothing for axe to find, light and dark: $name', expectAccessible)
