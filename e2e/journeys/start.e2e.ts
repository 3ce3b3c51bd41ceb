import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, type Page, test } from '@playwright/test'
import { freePort } from '../../scripts/test-environment/free-port.js'
import { ChatServer, type Ended, spawnDemo, startToEnd } from '../harness/chat-server.js'
import { signInToApi } from '../harness/member-api.js'
import { PaymentCardModel } from '../models/payments.js'
import { WidgetModel } from '../models/widget.js'

let home: string
test.beforeEach(() => {
  home = mkdtempSync(join(tmpdir(), 'chatdesk-start-'))
})
test.afterEach(() => rmSync(home, { recursive: true, force: true }))

/** A refusal is one line for people, and a code for scripts. */
function expectOneLine({ code, stderr }: Ended, words: RegExp): void {
  expect(code).not.toBe(0)
  expect(code).not.toBeNull()
  expect(stderr.trim().split('\n')).toHaveLength(1)
  expect(stderr).toMatch(words)
  expect(stderr).not.toMatch(/ at .*:\d+:\d+/)
}

test('a taken port is one clear line', async () => {
  const holder = createServer().listen(0, '127.0.0.1')
  await once(holder, 'listening')
  const { port } = holder.address() as { port: number }
  expectOneLine(await startToEnd({ PORT: String(port), CHATDESK_DATA_DIR: join(home, 'data') }), new RegExp(`${port}`))
  holder.close()
})

test('a bad variable is one clear line that names it', async () => {
  expectOneLine(await startToEnd({ PORT: 'many', CHATDESK_DATA_DIR: join(home, 'data') }), /PORT/)
  expectOneLine(await startToEnd({ LOG_LEVEL: 'loud', CHATDESK_DATA_DIR: join(home, 'data') }), /LOG_LEVEL/)
})

test('an unreachable database is one clear line, without its password', async () => {
  const url = `postgres://someone:hunter2@127.0.0.1:${await freePort()}/nothing`
  const ended = await startToEnd({ PORT: String(await freePort()), DATABASE_URL: url })
  expectOneLine(ended, /database/i)
  expect(ended.stdout + ended.stderr).not.toContain('hunter2')
})

test('a second process on the same data directory is refused in one clear line, and the first lives on', async () => {
  const server = await ChatServer.launch()
  const ended = await startToEnd({ PORT: String(await freePort()), CHATDESK_DATA_DIR: server.dataDir })
  expectOneLine(ended, /CHATDESK_DATA_DIR|data directory|another process|in use/i)
  expect((await fetch(`${server.url}/readyz`)).ok).toBe(true)
  await server.dispose()
})

test('demo mode is refused on an address that others can reach', async () => {
  const ended = await startToEnd({
    HOST: '0.0.0.0',
    PORT: String(await freePort()),
    CHATDESK_DATA_DIR: join(home, 'data'),
  })
  expectOneLine(ended, /demo|HOST|loopback/i)
})

/** In Razorpay's window over the page, which its policy has to let in. */
async function payOnDemoPage(page: Page, url: string): Promise<void> {
  await page.goto(url)
  const widget = new WidgetModel(page)
  await widget.open()
  await widget.say('I want to talk to a human')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  const purpose = randomUUID()
  const owner = await signInToApi(url)
  const waiting = () => owner.call<{ conversations: { id: string }[] }>('GET', '/conversations?view=all&limit=1')
  await expect.poll(async () => (await waiting()).conversations).toHaveLength(1)
  const [{ id }] = (await waiting()).conversations as [{ id: string }]
  const payment = { id: randomUUID(), purpose, amountMinor: 49_900, currency: 'INR' }
  await owner.call('POST', `/conversations/${id}/payments`, payment)
  const card = new PaymentCardModel(page, purpose)
  const checkout = await card.pay()
  await checkout.press('Success')
  await expect(card.state).toHaveText('Paid')
}

test('npm start takes payments with nobody’s keys, on its own page too, and again after a restart', async ({
  page,
}) => {
  const port = await freePort()
  const environment = { PORT: String(port), CHATDESK_DATA_DIR: join(home, 'data') }
  for (let start = 0; start < 2; start++) {
    const demo = spawnDemo(environment)
    await expect.poll(() => demo.said(), { timeout: 120_000 }).toContain('payments   by a simulator of Razorpay')
    const config = await fetch(`http://127.0.0.1:${port}/api/chat-widget/public/widget/wk_demo/config`)
    expect(await config.json()).toMatchObject({ widget: { payments: true } })
    if (start === 0) await payOnDemoPage(page, `http://127.0.0.1:${port}`)
    await demo.stop()
  }
})
