import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Resolve } from '../platform/public-address.js'
import { sendWebhook } from './send-webhook.js'
import { startReceiver, type TestReceiver } from './testing/receiver.js'

/** Addresses of this machine, of its network, and of nobody, as URLs write them. */
const INWARD = [
  ...['127.0.0.1', '127.1', '127.0.1', '127.255.255.254', '0.0.0.0', '0', '0x7f.1', '0x7f000001', '0177.0.0.1'],
  ...['2130706433', '017700000001', '0x7f.0x0.0x0.0x1', '127.0.0.1.', '127。0。0。1', '①②⑦.⓪.⓪.①', '127%2e0%2e0%2e1'],
  ...['10.0.0.1', '10.255.255.255', '012.1.1.1', '167772161', '172.16.0.1', '172.31.255.255', '192.168.0.1'],
  ...['192.168.1.254', '3232235777', '0xc0a80101', '100.64.0.1', '100.127.255.255', '169.254.0.1', '169.254.169.254'],
  ...['169.254.170.2', '2852039166', '0xa9fea9fe', '0251.0376.0251.0376', '192.0.0.1', '192.0.0.192', '192.0.2.1'],
  ...['192.88.99.1', '198.18.0.1', '198.19.255.255', '198.51.100.1', '203.0.113.1', '224.0.0.1', '239.255.255.250'],
  ...['240.0.0.1', '255.255.255.255'],
  ...[
    '[::]',
    '[::1]',
    '[0:0:0:0:0:0:0:1]',
    '[::127.0.0.1]',
    '[::ffff:127.0.0.1]',
    '[::ffff:7f00:1]',
    '[::ffff:10.0.0.1]',
  ],
  ...['[::ffff:169.254.169.254]', '[::ffff:a9fe:a9fe]', '[0:0:0:0:0:ffff:c0a8:101]', '[::ffff:0:127.0.0.1]'],
  ...['[64:ff9b::7f00:1]', '[64:ff9b::169.254.169.254]', '[64:ff9b:1::a00:1]', '[100::1]', '[fc00::1]', '[fd00::1]'],
  ...[
    '[fd00:ec2::254]',
    '[fdff:ffff::1]',
    '[fe80::1]',
    '[febf::1]',
    '[fec0::1]',
    '[feff::1]',
    '[ff02::1]',
    '[ff05::2]',
  ],
  ...['[2001::1]', '[2001:0:7f00:1::]', '[2001:10::1]', '[2001:20::1]', '[2001:db8::1]', '[2002:7f00:1::]'],
  ...['[2002:a00:1::]', '[2002:c0a8:101::1]', '[2002:a9fe:a9fe::]', '[3fff::1]', '[4000::1]', '[5f00::1]'],
]

/** What is no address that is to be asked at all. */
const NONE = [
  ...['http://hooks.example/', 'ftp://hooks.example/', 'file:///etc/passwd', 'gopher://hooks.example/', 'data:,x'],
  ...['ws://hooks.example/', 'unix:/var/run/docker.sock', 'https://user@hooks.example/', 'https://u:p@hooks.example/'],
  ...[
    '//hooks.example/',
    '/internal',
    '',
    'https://',
    'https://[::1',
    'https://999.999.999.999/',
    'https://127.0.0.1:99999/',
  ],
]

/** What names lead to; one public address beside makes none of it better. */
const LEADS_TO = [
  ...['127.0.0.1', '10.1.2.3', '100.64.0.1', '169.254.169.254', '172.16.0.9', '192.168.1.1', '0.0.0.0', '198.18.0.1'],
  ...[
    '::1',
    '::ffff:127.0.0.1',
    '::ffff:169.254.169.254',
    'fd00:ec2::254',
    'fe80::1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ],
]

describe('threat 63: where a webhook is sent', () => {
  /** What stands in the own network, and must hear of nothing. */
  let canary: TestReceiver
  beforeEach(async () => {
    canary = await startReceiver()
  })
  afterEach(() => canary.close())

  const message = { headers: { 'webhook-id': 'x' }, body: '{}' }
  const signal = new AbortController().signal
  const send = (url: string, resolve?: Resolve) => sendWebhook(url, message, { allowPrivate: false, resolve, signal })
  const named =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

  it('to no address of the own network, however it is written', async () => {
    const { port } = new URL(canary.url)
    const urls = INWARD.flatMap((host) => [`https://${host}:${port}/`, `https://${host}/latest/meta-data`])
    expect(urls.length).toBeGreaterThanOrEqual(150)
    for (const url of [...urls, ...NONE, canary.url]) {
      const { error, status } = await send(url, named('127.0.0.1'))
      expect([url, error, status]).toEqual([url, 'address', null])
    }
    expect(canary.connections).toBe(0)
  })

  it.each(LEADS_TO)('nor to a name that leads to %s, alone or beside a public one', async (address) => {
    const { port } = new URL(canary.url)
    const url = `https://hooks.example:${port}/`
    for (const addresses of [[address], ['93.184.215.14', address], [address, '93.184.215.14']])
      expect(await send(url, named(...addresses))).toEqual({ error: 'address', status: null, response: null })
    expect(canary.connections).toBe(0)
  })

  it('nor to a name that leads elsewhere with the next look: each attempt looks once, and connects to what it has looked at', async () => {
    const { port } = new URL(canary.url)
    let looks = 0
    const rebinding: Resolve = async () => {
      looks++
      // Whoever looked twice within an attempt would be led away here.
      return [{ address: looks === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    }
    const url = `http://rebind.example:${port}/`
    expect(await sendWebhook(url, message, { allowPrivate: true, resolve: rebinding, signal })).toMatchObject({
      error: null,
    })
    expect([looks, canary.connections]).toEqual([1, 1])
    for (let attempts = 0; attempts < 5; attempts++)
      expect(await send(`https://rebind.example:${port}/`, rebinding)).toMatchObject({ error: 'address' })
    expect([looks, canary.connections]).toEqual([6, 1])
  })

  it('threat 82: nor where an answer points to', async () => {
    const receiver = await startReceiver()
    for (const status of [301, 302, 303, 307, 308]) {
      receiver.answer(status, { headers: { location: canary.url }, body: 'over there' })
      const outcome = await sendWebhook(receiver.url, message, { allowPrivate: true, signal })
      expect(outcome).toEqual({ error: 'redirect', status, response: null })
    }
    expect(receiver.received).toHaveLength(5)
    expect(canary.connections).toBe(0)
    await receiver.close()
  })

  it('threat 82: tells no more of the way there than a word, and of an answer its first kilobyte', async () => {
    const gone = await startReceiver()
    await gone.close()
    const options = { allowPrivate: true, signal }
    expect(await sendWebhook(gone.url, message, options)).toEqual({
      error: 'unreachable',
      status: null,
      response: null,
    })
    canary.answer(500, { body: `\u0000${'é'.repeat(100_000)}` })
    const { response, error } = await sendWebhook(canary.url, message, options)
    expect(error).toBe('status')
    expect(response).toBe('é'.repeat(511))
  })

  it('carries no cookie, and nothing of who asked', async () => {
    await sendWebhook(`${canary.url}/hook?key=1`, message, { allowPrivate: true, signal })
    const [{ headers, path } = { headers: {}, path: '' }] = canary.received
    expect(path).toBe('/hook?key=1')
    expect(Object.keys(headers).sort()).toEqual(
      ['accept', 'connection', 'content-length', 'content-type', 'host', 'user-agent', 'webhook-id'].sort(),
    )
  })
})
