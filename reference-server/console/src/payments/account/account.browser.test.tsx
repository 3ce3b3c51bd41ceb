import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { page, userEvent } from 'vitest/browser'
import { axeViolations } from '../../testing/axe-violations.js'
import { createFakeConsole } from '../../testing/fake-console.js'
import { mountConsole } from '../../testing/mount-console.js'
import { sampleAccount } from '../../testing/sample-payments.js'

const PATH = '/settings/payments'
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true })
const dialog = (name: string) => page.getByRole('dialog', { name })

it('connects an account by the keyboard, and shows once what is entered at Razorpay', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.payments.account = async () => null
  await mountConsole(fake, { path: PATH })
  await button('Connect Razorpay').click()
  const keyId = page.getByRole('textbox', { name: 'Key id' })
  await expect.element(keyId).toHaveFocus()
  await userEvent.keyboard('rzp_live_ABC')
  await expect.element(dialog('Connect Razorpay')).toHaveTextContent('With this key visitors pay real money.')
  await userEvent.keyboard('{Tab}a secret')
  const secret = page.getByLabelText('Key secret')
  await expect.element(secret).toHaveAttribute('type', 'password')
  fake.admin.payments.connect = async (input) => {
    fake.calls.push(JSON.stringify(input))
    return { account: sampleAccount({ mode: 'live', keyId: input.keyId }), webhookSecret: 'whsec_once' }
  }
  await userEvent.keyboard('{Enter}')
  const step = dialog('One more step at Razorpay')
  await expect.element(step.getByText('whsec_once')).toBeVisible()
  await expect.element(step.getByText(`https://chat.example${sampleAccount().webhookPath}`)).toBeVisible()
  expect(await axeViolations()).toEqual([])
  expect(fake.calls).toEqual(['{"keyId":"rzp_live_ABC","keySecret":"a secret"}'])
  await button('Done').click()
  await expect.element(page.getByText('rzp_live_ABC')).toBeVisible()
  await expect.element(page.getByText('Live', { exact: true })).toBeVisible()
  await expect.element(page.getByText('whsec_once')).not.toBeInTheDocument()
})

it('says which mode it is, where webhooks go, and when one came last', async () => {
  await mountConsole(createFakeConsole({ role: 'client_admin' }), { path: PATH })
  await expect.element(page.getByText('This is a test account', { exact: false })).toBeVisible()
  await expect.element(page.getByText(`https://chat.example${sampleAccount().webhookPath}`)).toBeVisible()
  await expect.element(button('Copy: Webhook address')).toBeVisible()
  const webhook = page.getByRole('region', { name: 'Webhook' })
  await expect.element(webhook.getByRole('time')).toHaveAttribute('datetime', sampleAccount().lastWebhookAt)
})

it('says that no webhook has come yet', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.payments.account = async () => sampleAccount({ lastWebhookAt: null })
  await mountConsole(fake, { path: PATH })
  await expect.element(page.getByText('Never yet.', { exact: false })).toBeVisible()
})

it('replaces the key, and tells of another account where the mode is another', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: PATH })
  await button('Replace the key').click()
  const form = dialog('Replace the key')
  await form.getByLabelText('Key id').fill('rzp_live_B')
  await expect.element(form.getByText('so another account begins', { exact: false })).toBeVisible()
  await form.getByLabelText('Key id').fill('rzp_test_B')
  await expect.element(form.getByText('so another account begins', { exact: false })).not.toBeInTheDocument()
  await form.getByLabelText('Key secret').fill('secret')
  await form.getByRole('button', { name: 'Replace the key' }).click()
  await expect.element(page.getByText('rzp_test_B')).toBeVisible()
  expect(fake.calls).toEqual(['connect "rzp_test_B"'])
})

it('says beside the field why a key is refused, and keeps what was typed', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  fake.admin.payments.connect = async () => {
    throw new ChatError('VALIDATION_FAILED', 'keyId: a key begins with rzp_test_ or rzp_live_.', { field: 'keyId' })
  }
  await mountConsole(fake, { path: PATH })
  await button('Replace the key').click()
  const form = dialog('Replace the key')
  await form.getByLabelText('Key id').fill('sk_live_1')
  await form.getByLabelText('Key secret').fill('secret')
  await form.getByRole('button', { name: 'Replace the key' }).click()
  await expect.element(form.getByLabelText('Key id')).toHaveAccessibleDescription(/a key begins with rzp_test_/)
  await expect.element(form.getByLabelText('Key id')).toHaveValue('sk_live_1')
})

it('replaces the webhook secret, and shows the new one once', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: PATH })
  await button('Replace the secret').click()
  await dialog('Replace the webhook secret?').getByRole('button', { name: 'Replace the secret' }).click()
  await expect.element(page.getByText('whsec_next')).toBeVisible()
  await button('Done').click()
  await expect.element(page.getByText('whsec_next')).not.toBeInTheDocument()
  expect(fake.calls).toEqual(['rotate webhook secret'])
})

it('disconnects when that is confirmed', async () => {
  const fake = createFakeConsole({ role: 'client_admin' })
  await mountConsole(fake, { path: PATH })
  await button('Disconnect the account').click()
  expect(fake.calls).toEqual([])
  await button('Disconnect').click()
  await expect.element(page.getByText('No account is connected')).toBeVisible()
  expect(fake.calls).toEqual(['disconnect'])
})

it('shows a guest the account, and nothing that changes it', async () => {
  const fake = createFakeConsole({ role: 'super_admin', visiting: { reason: 'They asked' } })
  await mountConsole(fake, { path: PATH })
  await expect.element(page.getByText('rzp_test_1DP5mmOlF5G5ag')).toBeVisible()
  for (const name of ['Replace the key', 'Replace the secret', 'Disconnect the account'])
    await expect.element(button(name)).not.toBeInTheDocument()
})

it('is not there for agents', async () => {
  const { location } = await mountConsole(createFakeConsole({ role: 'agent' }), { path: PATH })
  await expect.poll(() => location.history.at(-1)).toBe('/settings/account')
  await expect
    .element(page.getByRole('navigation', { name: 'Settings' }).getByRole('link', { name: 'Payments' }))
    .not.toBeInTheDocument()
})
