import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { createFakeConsole, type FakeConsole } from '../testing/fake-console.js'
import { mountConsole } from '../testing/mount-console.js'
import { sampleId } from '../testing/sample-data.js'

function signedOut(refusal?: ChatError): FakeConsole {
  const fake = createFakeConsole()
  const { current } = fake.services
  fake.session.$state.set({ status: 'signed-out', expired: false })
  fake.session.signIn = async () => {
    if (refusal) throw refusal
    fake.session.$state.set({ status: 'signed-in', current })
  }
  return fake
}

async function submit() {
  await page.getByLabelText('Email').fill('priya@northwind.example')
  await page.getByRole('textbox', { name: 'Password' }).fill('hunter2')
  await userEvent.keyboard('{Enter}')
}

it('is filled in by a password manager', async () => {
  await mountConsole(signedOut())
  const email = page.getByLabelText('Email')
  await expect.element(email).toHaveFocus()
  await expect.element(email).toHaveAttribute('autocomplete', 'username')
  await expect
    .element(page.getByRole('textbox', { name: 'Password' }))
    .toHaveAttribute('autocomplete', 'current-password')
})

it('says that it is loading as long as nobody knows who is there', async () => {
  const fake = createFakeConsole()
  fake.session.$state.set({ status: 'loading' })
  await mountConsole(fake)
  await expect.element(page.getByRole('status', { name: 'Loading ChatDesk' })).toBeVisible()
  fake.session.$state.set({ status: 'signed-out', expired: false })
  await expect.element(page.getByRole('heading', { name: 'Sign in to ChatDesk' })).toBeVisible()
})

it('comes back to where one was', async () => {
  const fake = signedOut()
  await mountConsole(fake, { path: `/conversations/${sampleId(1)}` })
  await submit()
  await expect.element(page.getByRole('heading', { name: 'Anaya Deshmukh' })).toBeVisible()
})

it('returns when the session ends, and says why', async () => {
  const fake = createFakeConsole()
  await mountConsole(fake)
  await expect.element(page.getByRole('region', { name: 'Conversations' })).toBeVisible()
  fake.session.$state.set({ status: 'signed-out', expired: true })
  await expect.element(page.getByText('Your session has ended. Sign in to go on where you were.')).toBeVisible()
})

it.each([
  ['UNAUTHENTICATED', 'Email or password is wrong.'],
  ['VALIDATION_FAILED', 'Enter an email address and a password.'],
  ['OFFLINE', 'The server cannot be reached. Check your connection.'],
] as const)('says %s in words', async (code, words) => {
  await mountConsole(signedOut(new ChatError(code, 'for developers')))
  await submit()
  await expect.element(page.getByRole('alert')).toHaveTextContent(words)
  await expect.element(page.getByRole('textbox', { name: 'Password' })).toHaveFocus()
})

it('threat 35: waits as long as the throttle says', async () => {
  await mountConsole(signedOut(new ChatError('RATE_LIMITED', 'Slow down.', { retryAfterMs: 600_000 })))
  await submit()
  await expect.element(page.getByRole('alert')).toHaveTextContent('Too many attempts. Try again in 10 minutes.')
  // An alert reads out every change within it, once a second here; a timer within it does not.
  await expect.element(page.getByRole('alert').getByRole('timer')).toHaveTextContent('Try again in 10 minutes.')
  await expect.element(page.getByRole('button', { name: 'Sign in' })).toBeDisabled()
})
