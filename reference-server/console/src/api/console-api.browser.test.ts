import { expect, it } from 'vitest'
import { sampleMember } from '../testing/sample-data.js'
import { createConsoleApi } from './console-api.js'

function answering(status: number, body: unknown) {
  const requests: { url: string; init: RequestInit }[] = []
  const api = createConsoleApi({
    url: 'https://example.com/chat',
    fetch: async (input, init = {}) => {
      requests.push({ url: String(input), init })
      return new Response(typeof body === 'string' ? body : JSON.stringify(body), { status })
    },
  })
  return { api, requests }
}

it('[S3] sends the CSRF token in a header, the password in the body, and neither in an address', async () => {
  const { api, requests } = answering(200, { ...sampleMember(), ticket: 'secret', expiresAt: new Date().toISOString() })
  await api.signIn({ email: 'priya@northwind.example', password: 'hunter2' })
  expect(await api.ticket('csrf-token')).toBe('secret')
  expect(requests.map(({ url, init }) => `${init.method} ${url}`)).toEqual([
    'POST https://example.com/chat/api/auth/sign-in',
    'POST https://example.com/chat/api/auth/ticket',
  ])
  expect(requests[0]?.init.body).toBe('{"email":"priya@northwind.example","password":"hunter2"}')
  expect(new Headers(requests[1]?.init.headers).get('x-chatdesk-csrf')).toBe('csrf-token')
})

it('[E3] reads the refusal of the server', async () => {
  const { api } = answering(429, { error: { code: 'RATE_LIMITED', message: 'Slow down.', retryAfterMs: 42_000 } })
  await expect(api.me()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 42_000 })
})

it.each([
  [401, 'UNAUTHENTICATED'],
  [429, 'RATE_LIMITED'],
  [500, 'INTERNAL'],
  [502, 'UNAVAILABLE'],
])('[E1] reads a bare status %d as %s', async (status, code) => {
  const { api } = answering(status, '<html>proxy</html>')
  await expect(api.me()).rejects.toMatchObject({ code })
})

it('does not believe an answer of another shape', async () => {
  const { api } = answering(200, { member: { name: 'Priya' } })
  await expect(api.me()).rejects.toMatchObject({ code: 'INTERNAL' })
})

it('reads a failed fetch as OFFLINE', async () => {
  const api = createConsoleApi({
    url: '',
    fetch: async () => {
      throw new TypeError('Failed to fetch')
    },
  })
  await expect(api.signOut('csrf-token')).rejects.toMatchObject({ code: 'OFFLINE' })
})
