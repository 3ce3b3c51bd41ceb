import { expect, it } from 'vitest'
import { createTestClient, createTestServer } from '../testing/index.js'
import { createVisitorActions } from './visitor-actions.js'

async function setUp(answer: unknown = {}) {
  const calls: unknown[][] = []
  const server = createTestServer()
  const { client } = createTestClient({
    server,
    async fetch(input, init) {
      const path = String(input).replace('https://chat.example/api/widget', '')
      if (path === '/init') return server.fetch(input, init)
      expect(init?.headers).toMatchObject({ authorization: expect.stringContaining('Bearer ') })
      calls.push([init?.method, path, ...(init?.body ? [JSON.parse(String(init.body))] : [])])
      return new Response(JSON.stringify(answer), { status: path === '/logout' ? 401 : 200 })
    },
  })
  await client.start()
  return { actions: createVisitorActions(client), calls, client }
}

it('[C11] loads the list', async () => {
  const conversations = [{ id: 'one' }]
  const { actions, client } = await setUp({ conversations })
  expect(actions.$conversations.get()).toBeNull()
  expect(await actions.loadConversations()).toEqual(conversations)
  expect(actions.$conversations.get()).toEqual(conversations)
  await client.dispose()
})

it('loads the departments that the widget offers', async () => {
  const departments = [{ id: 'one', name: 'Sales', description: '' }]
  const { actions, calls, client } = await setUp({ departments })
  expect(await actions.loadDepartments()).toEqual(departments)
  expect(calls).toEqual([['GET', '/departments']])
  await client.dispose()
})

it('[C13] [C14] [J1] [J2] asks for one thing at a time, and no id leaves its place', async () => {
  const { actions, calls, client } = await setUp()
  await actions.rate('a/b', { score: 5, comment: 'good' })
  await actions.rateMessage('c', 7, false)
  await actions.loadRating('c')
  expect(await (await actions.transcript('c', 'html', 'de')).text()).toBe('{}')
  await actions.mailTranscript('c', 'me@example.com')
  expect(calls).toEqual([
    ['PUT', '/conversations/a%2Fb/rating', { score: 5, comment: 'good' }],
    ['PUT', '/conversations/c/message-rating', { seq: 7, helpful: false }],
    ['GET', '/conversations/c/rating'],
    ['GET', '/conversations/c/transcript?format=html&locale=de'],
    ['POST', '/conversations/c/transcript', { email: 'me@example.com' }],
  ])
  await client.dispose()
})

it('[W7] [W8] gives everything out, and forgets the visitor here once the server has', async () => {
  const { actions, calls, client } = await setUp({ receiptId: 'r' })
  await client.sendMessage('Hello')
  await actions.exportData()
  expect(client.$timeline.get()).toHaveLength(1)
  expect(await actions.deleteData()).toEqual({ receiptId: 'r' })
  expect(client.$timeline.get()).toEqual([])
  expect(calls.map(([, path]) => path)).toEqual(['/visitor/export', '/visitor', '/logout'])
  await client.dispose()
})

it('rejects with the refusal of the server, and before there is a session', async () => {
  const error = { code: 'RATE_LIMITED', message: 'no', retryAfterMs: 7 }
  const { client, server } = createTestClient({ fetch: async () => Response.json({ error }, { status: 429 }) })
  const actions = createVisitorActions(client)
  await expect(actions.loadConversations()).rejects.toMatchObject({ code: 'NOT_OPEN' })
  client.port.session.token = 'token-1'
  await expect(actions.loadConversations()).rejects.toMatchObject({ code: 'RATE_LIMITED', retryAfterMs: 7 })
  expect(server.connections).toBe(0)
})
