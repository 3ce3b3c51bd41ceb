import { createServer, type RequestListener, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { fetchJwks } from './fetch-jwks.js'

const RSA = { kty: 'RSA', kid: 'one', n: 'AQAB', e: 'AQAB' }

let server: Server
let url: string
let asked: string[] = []
let answer: RequestListener

beforeAll(async () => {
  server = createServer((request, response) => {
    asked.push(request.url ?? '')
    answer(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/keys`
})
afterAll(() => {
  server.closeAllConnections()
  server.close()
})
beforeEach(() => {
  asked = []
  answer = (_request, response) => response.end(JSON.stringify({ keys: [RSA] }))
})

const allowPrivate = true

it('reads the public keys of a set, and how long it may be kept', async () => {
  const secret = [{ kty: 'oct', k: 'AAAA' }, { ...RSA, d: 'AQAB' }, { kty: 'EC', crv: 'P-256', k: 'x' }, null, 7, 'x']
  answer = (_request, response) => {
    response.setHeader('cache-control', 'public, max-age=300, must-revalidate')
    response.end(JSON.stringify({ keys: [...secret, RSA] }))
  }
  expect(await fetchJwks(url, { allowPrivate })).toEqual({ keys: { keys: [RSA] }, maxAgeMs: 300_000 })
})

it.each([['no-store'], ['max-age=forever'], ['x-max-age=5'], ['']])('%j says nothing of how long', async (header) => {
  answer = (_request, response) => response.setHeader('cache-control', header).end(JSON.stringify({ keys: [] }))
  expect(await fetchJwks(url, { allowPrivate })).toEqual({ keys: { keys: [] }, maxAgeMs: undefined })
})

it.each<[string, RequestListener]>([
  ['an error', (_, response) => response.writeHead(500).end('{"keys":[]}')],
  ['no JSON', (_, response) => response.end('<html>')],
  ['no key set', (_, response) => response.end('[]')],
  ['keys that are none', (_, response) => response.end('{"keys":{}}')],
  ['too many keys', (_, response) => response.end(JSON.stringify({ keys: Array(101).fill(RSA) }))],
  ['more than 64 kB', (_, response) => response.end(`{"keys":[],"x":"${'x'.repeat(64 * 1024)}"}`)],
  [
    'half an answer',
    (_, response) => response.writeHead(200, { 'content-length': 99 }).write('{', () => response.destroy()),
  ],
])('refuses %s', async (_what, listener) => {
  answer = listener
  await expect(fetchJwks(url, { allowPrivate })).rejects.toThrow()
})

it('goes nowhere that an answer points to', async () => {
  answer = (_request, response) => response.writeHead(302, { location: '/elsewhere' }).end()
  await expect(fetchJwks(url, { allowPrivate })).rejects.toThrow('302')
  expect(asked).toEqual(['/keys'])
})

it.each<[string, RequestListener]>([
  ['never answers', () => {}],
  ['never ends', (_, response) => void response.write('{"keys":')],
])('does not wait for a server that %s', async (_what, listener) => {
  answer = listener
  await expect(fetchJwks(url, { allowPrivate, timeoutMs: 50 })).rejects.toThrow()
})

it('threat 10: asks nobody but servers of the public Internet, by https', async () => {
  const { port } = new URL(url)
  const private_ = [{ address: '127.0.0.1', family: 4 }]
  const resolve = async () => private_
  for (const address of [
    url,
    `https://127.0.0.1:${port}/keys`,
    `https://[::1]:${port}/keys`,
    `https://2130706433:${port}/keys`,
    `https://user:word@issuer.example:${port}/keys`,
    `https://issuer.example:${port}/keys`,
    'ftp://issuer.example/keys',
    'file:///etc/passwd',
    'keys',
  ])
    await expect(fetchJwks(address, { resolve })).rejects.toThrow()
  const mixed = [{ address: '8.8.8.8', family: 4 }, ...private_]
  await expect(fetchJwks(`https://issuer.example:${port}/keys`, { resolve: async () => mixed })).rejects.toThrow(
    /not of the public Internet/,
  )
  expect(asked).toEqual([])
})
