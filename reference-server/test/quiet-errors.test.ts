import { afterAll, beforeAll, expect, it } from 'vitest'
import { createTestServer, type TestServer } from '../src/testing/index.js'

let server: TestServer

beforeAll(async () => {
  server = await createTestServer()
})
afterAll(() => server.close())

/** What would tell an attacker how we are built. */
const TELLING = [
  /\bat [^"]*[(/][^"]*:\d+:\d+/,
  /node_modules|\.[cm]?[jt]s\b|file:\/\//,
  /\b(select|insert|update|delete)\b.*\b(from|into|set|where)\b/i,
  /\b(postgres|pglite|kysely|zod|express|relation|syntax error|constraint)\b/i,
  /\d+\.\d+\.\d+/,
]

const HOSTILE = [
  '%00',
  '%ff',
  '%2e%2e%2fpackage.json',
  "'%20or%201=1--",
  '00000000-0000-0000-0000-000000000000',
  '%E0%A4%A',
]

it('threat 90: no refusal over REST tells a stack, SQL, a file or a version', async () => {
  const { token } = await server.initVisitor()
  const authorization = `Bearer ${token}`
  const json = { authorization, origin: server.origin, 'content-type': 'application/json' }
  const requests: [string, RequestInit][] = [
    ...['{', '[]', '"x"', '{"widgetKey":{"a":[1]}}', '{"widgetKey":"wk_none"}', `{"a":${'['.repeat(5000)}`].flatMap(
      (body): [string, RequestInit][] =>
        ['/api/widget/init', '/api/widget/conversations', '/api/auth/sign-in', '/api/auth/ticket'].map((path) => [
          path,
          { method: 'POST', headers: json, body },
        ]),
    ),
    ...HOSTILE.flatMap((id): [string, RequestInit][] => [
      [`/api/widget/conversations/${id}/messages`, { headers: { authorization } }],
      [`/api/widget/conversations/${id}/messages?limit=${id}`, { headers: { authorization } }],
      [`/api/widget/conversations/${id}/messages`, { method: 'POST', headers: json, body: '{"text":"x"}' }],
      [`/api/chat-widget/public/widget/${id}/config`, {}],
      [`/api/auth/me`, { headers: { cookie: `chatdesk=${id}` } }],
    ]),
    ['/api/widget/init', { method: 'POST', headers: { ...json, 'content-type': 'text/plain' }, body: '{}' }],
    ['/api/widget/init', { method: 'POST', headers: { ...json, 'content-encoding': 'gzip' }, body: 'no gzip' }],
  ]
  let refused = 0
  for (const [path, request] of requests) {
    const answer = await fetch(server.url + path, request)
    const body = await answer.text()
    const seen = `${request.method ?? 'GET'} ${path} ${answer.status} ${body}`
    if (answer.ok) continue
    refused++
    expect(answer.status, seen).toBeLessThan(500)
    expect(answer.headers.get('x-powered-by')).toBeNull()
    for (const pattern of TELLING) expect(body, seen).not.toMatch(pattern)
  }
  // Unknown fields are ignored, so a few of these are no faults.
  expect(refused).toBeGreaterThan(requests.length * 0.9)
})
