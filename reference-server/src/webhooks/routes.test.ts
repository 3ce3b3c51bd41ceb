import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { WebhookDelivery } from '@chatdesk/protocol'
import {
  listWebhookDeliveriesResponse,
  listWebhooksResponse,
  webhookDeliveryResponse,
  webhookPayload,
  webhookSecretResponse,
} from '@chatdesk/protocol/schemas'
import { Webhook } from 'standardwebhooks'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { startReceiver, type TestReceiver } from './testing/receiver.js'

const HERE = fileURLToPath(new URL('.', import.meta.url))
const DOCUMENT = readFileSync(new URL('../../../docs/webhooks.md', import.meta.url), 'utf8')
const WEBHOOKS = '/api/chat-widget/webhooks'

/** A block of code in the document. */
function exampleOf(name: string): string {
  const [, code] = new RegExp(`<!-- example: ${name} -->\n\`\`\`js\n([\\s\\S]*?)\`\`\``).exec(DOCUMENT) ?? []
  if (code === undefined) throw new Error(`docs/webhooks.md has no example ${name}`)
  return code
}

let server: TestServer
let receiver: TestReceiver
let admin: TestMember
beforeEach(async () => {
  server = await createTestServer({ allowPrivateWebhooks: true })
  receiver = await startReceiver()
  admin = await server.signIn('client_admin')
  return async () => {
    await server.close()
    await receiver.close()
  }
})

const make = async (url = `${receiver.url}/hook`, events = ['message.created']) => {
  const answer = await server.post(WEBHOOKS, { url, events }, admin.headers)
  expect(answer.status).toBe(201)
  return webhookSecretResponse.parse(await answer.json())
}
const send = async (method: string, path: string, body?: unknown, headers = admin.headers) =>
  fetch(`${server.url}${path}`, {
    method,
    headers: { origin: server.origin, 'content-type': 'application/json', ...headers },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  })
const write = async (text: string) => {
  const visitor = await server.initVisitor({ tabId: 'tab-00000001' })
  const authorization = `Bearer ${visitor.token}`
  const started = await server.post('/api/widget/conversations', {}, { authorization })
  const { conversation } = (await started.json()) as { conversation: { id: string } }
  const message = { clientMessageId: `message-${text.length}-${Date.now()}`, parts: [{ type: 'text', text }] }
  const sent = await server.post(`/api/widget/conversations/${conversation.id}/messages`, message, { authorization })
  expect(sent.status).toBeLessThan(300)
}
const deliveries = async (id: string, query = '') => {
  const answer = await server.get(`${WEBHOOKS}/${id}/deliveries${query}`, admin.headers)
  return listWebhookDeliveriesResponse.parse(await answer.json())
}

describe('webhooks of an organization', () => {
  it('[Z1] [Z3] a message reaches a receiver that verifies it, and its log says so', async () => {
    const { webhook, secret } = await make()
    await write('Do you ship to Pune?')
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1)
    const [{ headers, body } = { headers: {} as Record<string, string>, body: '' }] = receiver.received
    const payload = webhookPayload.parse(new Webhook(secret).verify(body, headers as Record<string, string>))
    expect(payload).toMatchObject({
      type: 'message.created',
      data: { message: { author: { kind: 'visitor' }, parts: [{ text: 'Do you ship to Pune?' }] } },
    })
    await expect
      .poll(async () => (await deliveries(webhook.id)).deliveries)
      .toMatchObject([{ id: headers['webhook-id'], state: 'delivered', attempts: 1, status: 204, body }])
  })

  it('[Z3] threat 40: a secret is told when it is made, and never again', async () => {
    const { webhook, secret } = await make()
    const answer = await send('POST', `${WEBHOOKS}/${webhook.id}/rotate-secret`)
    const { secret: next } = webhookSecretResponse.parse(await answer.json())
    expect(next).not.toBe(secret)
    const texts = await Promise.all(
      [
        server.get(WEBHOOKS, admin.headers),
        server.get(`${WEBHOOKS}/${webhook.id}/deliveries`, admin.headers),
        server.get('/api/chat-widget/audit', admin.headers),
        send('PATCH', `${WEBHOOKS}/${webhook.id}`, { events: ['conversation.rated'] }),
      ].map(async (asked) => (await asked).text()),
    )
    for (const text of texts) for (const known of [secret, next]) expect(text).not.toContain(known.slice(6))
    expect(texts.join()).not.toContain('/hook"},"')
  })

  it('a ping is sent at once, and what failed is sent again when somebody says so', async () => {
    const { webhook } = await make()
    receiver.answer(500, { body: 'not today' })
    const pinged = await send('POST', `${WEBHOOKS}/${webhook.id}/ping`)
    const { delivery } = webhookDeliveryResponse.parse(await pinged.json())
    expect(delivery).toMatchObject({ type: 'ping', state: 'pending', attempts: 0 })
    const state = async (): Promise<WebhookDelivery | undefined> => (await deliveries(webhook.id)).deliveries[0]
    await expect.poll(state, { timeout: 10_000 }).toMatchObject({ state: 'failed', response: 'not today' })
    receiver.answer(204)
    const replayed = await send('POST', `${WEBHOOKS}/${webhook.id}/deliveries/${delivery.id}/replay`)
    expect(replayed.status).toBe(200)
    await expect.poll(state, { timeout: 10_000 }).toMatchObject({ state: 'delivered', attempts: 1 })
    expect(new Set(receiver.received.map(({ headers }) => headers['webhook-id']))).toEqual(new Set([delivery.id]))
    expect((await deliveries(webhook.id, '?state=failed')).deliveries).toEqual([])
  })

  it('reads the log page by page, the newest first', async () => {
    const { webhook } = await make()
    for (let n = 0; n < 3; n++) await send('POST', `${WEBHOOKS}/${webhook.id}/ping`)
    const { deliveries: all } = await deliveries(webhook.id)
    const first = await deliveries(webhook.id, '?limit=2')
    const second = await deliveries(webhook.id, `?limit=2&cursor=${first.nextCursor}`)
    expect([...first.deliveries, ...second.deliveries].map(({ id }) => id)).toEqual(all.map(({ id }) => id))
    expect([first.deliveries.length, second.deliveries.length, second.nextCursor]).toEqual([2, 1, null])
  })

  it('sends nothing while it is switched off, and pings neither', async () => {
    const { webhook } = await make()
    const off = await send('PATCH', `${WEBHOOKS}/${webhook.id}`, { enabled: false })
    expect(await off.json()).toMatchObject({ webhook: { enabled: false, disabledReason: null } })
    expect((await send('POST', `${WEBHOOKS}/${webhook.id}/ping`)).status).toBe(403)
    await write('Is anybody there?')
    expect((await deliveries(webhook.id)).deliveries).toEqual([])
  })

  it('has ten at most, and takes away what was to be sent with each', async () => {
    const made = []
    for (let n = 0; n < 10; n++) made.push((await make()).webhook)
    const eleventh = await server.post(WEBHOOKS, { url: receiver.url, events: ['message.created'] }, admin.headers)
    expect(eleventh.status).toBe(403)
    for (const { id } of made) expect((await send('DELETE', `${WEBHOOKS}/${id}`)).status).toBe(204)
    const answer = await server.get(WEBHOOKS, admin.headers)
    expect(listWebhooksResponse.parse(await answer.json()).webhooks).toEqual([])
  })
})

it('threat 63: takes no address of the own network, nor one that is not https', async () => {
  await server.close()
  server = await createTestServer()
  admin = await server.signIn('client_admin')
  for (const url of [
    ...[`${receiver.url}/hook`, 'http://hooks.example/', 'https://127.0.0.1/', 'https://[::1]/', 'https://10.0.0.1/'],
    ...['https://169.254.169.254/latest', 'https://2130706433/', 'https://u:p@hooks.example/', 'ftp://hooks.example/'],
  ]) {
    const answer = await server.post(WEBHOOKS, { url, events: ['message.created'] }, admin.headers)
    expect([url, answer.status]).toEqual([url, 422])
  }
  const { webhook } = await make('https://hooks.example/chat')
  const moved = await send('PATCH', `${WEBHOOKS}/${webhook.id}`, { url: 'https://192.168.0.1/' })
  expect(moved.status).toBe(422)
  expect(receiver.connections).toBe(0)
})

describe('[Z3] what the document shows', () => {
  let child: ChildProcess | undefined
  afterEach(() => void child?.kill())

  it('with the library: takes what is signed, once, and nothing else', async () => {
    // A port of its own, which nobody has any more.
    const placeholder = await startReceiver()
    const { port } = new URL(placeholder.url)
    await placeholder.close()
    const { webhook, secret } = await make(`http://127.0.0.1:${port}/`)
    child = spawn(process.execPath, ['--input-type=module', '-e', exampleOf('library')], {
      cwd: HERE,
      env: { ...process.env, NODE_OPTIONS: '', WEBHOOK_SECRET: secret, PORT: port },
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let said = ''
    child.stdout?.setEncoding('utf8').on('data', (text: string) => {
      said += text
    })
    const forge = () =>
      fetch(`http://127.0.0.1:${port}/`, { method: 'POST', body: '{"type":"ping"}' }).then(
        ({ status }) => status,
        () => 0,
      )
    await expect.poll(forge, { timeout: 10_000 }).toBe(401)
    await write('Do you ship to Pune?')
    await expect.poll(() => said, { timeout: 10_000 }).toBe('message.created Do you ship to Pune?\n')
    await expect.poll(async () => (await deliveries(webhook.id)).deliveries[0]?.state).toBe('delivered')
    const [delivery] = (await deliveries(webhook.id)).deliveries
    await send('POST', `${WEBHOOKS}/${webhook.id}/deliveries/${delivery?.id}/replay`)
    await expect
      .poll(async () => (await deliveries(webhook.id)).deliveries[0]?.attemptedAt, { timeout: 10_000 })
      .not.toBe(delivery?.attemptedAt)
    expect(said).toBe('message.created Do you ship to Pune?\n')
    const exited = once(child, 'exit')
    child.kill()
    await exited
  })

  it('by hand: takes either of two signatures, and nothing that is changed or old', async () => {
    const { verify } = (await import(
      /* @vite-ignore */ `data:text/javascript,${encodeURIComponent(exampleOf('by hand'))}`
    )) as { verify: (secret: string, headers: object, body: string, now?: number) => unknown }
    const { secret } = await make()
    await write('Do you ship to Pune?')
    await expect.poll(() => receiver.received.length, { timeout: 10_000 }).toBe(1)
    const [{ headers, body } = { headers: {} as Record<string, string>, body: '' }] = receiver.received
    expect(verify(secret, headers, body)).toEqual(JSON.parse(body))
    const two = { ...headers, 'webhook-signature': `v1,AAAA ${headers['webhook-signature']}` }
    expect(verify(secret, two, body)).toEqual(JSON.parse(body))
    expect(() => verify(secret, headers, `${body} `)).toThrow('not signed')
    expect(() => verify(secret, { ...headers, 'webhook-id': 'x' }, body)).toThrow('not signed')
    expect(() => verify(secret, headers, body, Date.now() + 301_000)).toThrow('too old')
  })
})
