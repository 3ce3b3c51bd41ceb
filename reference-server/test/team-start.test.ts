import { randomUUID } from 'node:crypto'
import { createChatClient } from '@chatdesk/core'
import { textOf } from '@chatdesk/protocol'
import { contactVisitorResponse } from '@chatdesk/protocol/schemas'
import { createTestServer, type TestMember, type TestServer } from '@chatdesk/server/testing'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { WebSocket } from 'ws'

let server: TestServer
let agent: TestMember
beforeAll(async () => {
  server = await createTestServer()
  agent = await server.signIn('agent')
})
afterAll(() => server.close())

const begin = async (visitorId: string, { text = 'Your parcel is here.' } = {}) => {
  const path = `/api/chat-widget/visitors/${visitorId}/conversations`
  const answer = await server.post(path, { clientConversationId: randomUUID(), text }, agent.headers)
  return contactVisitorResponse.parse(await answer.json()).conversation
}

it('[C27] bring the widget’s own client to them without a reload, and are unread there', async () => {
  const tabId = randomUUID()
  const visitor = await server.initVisitor({ tabId })
  const PageWebSocket = class extends WebSocket {
    constructor(url: string, protocol: string) {
      super(url, protocol, { origin: server.origin })
    }
  } as unknown as typeof globalThis.WebSocket
  const identity = {
    resolve: async () => ({ tabId, token: visitor.token, visitorToken: visitor.visitorToken }),
    remember: async () => {},
    reset: async () => {},
  }
  const client = createChatClient({
    url: server.url,
    widgetKey: 'wk_demo',
    identity,
    transports: [webSocketTransport({ WebSocket: PageWebSocket })],
    fetch: (input, init) =>
      fetch(input, { ...init, headers: { ...Object.fromEntries(new Headers(init?.headers)), origin: server.origin } }),
  })
  await client.start()
  const states: string[] = []
  client.$connection.listen(({ status }) => states.push(status))
  const first = await begin(visitor.visitorId)
  const shown = () => client.$timeline.get().flatMap((entry) => ('parts' in entry ? textOf(entry.parts) : []))
  await expect.poll(shown).toEqual(['Your parcel is here.'])
  expect([client.$conversation.get()?.id, client.$unreadCount.get()]).toEqual([first.id, 1])
  // The next one as well, once this one has ended: on the same connection.
  await server.post(`/api/chat-widget/conversations/${first.id}/end`, undefined, agent.headers)
  const second = await begin(visitor.visitorId, { text: 'And another one.' })
  await expect.poll(shown).toEqual(['And another one.'])
  expect(client.$conversation.get()?.id).toBe(second.id)
  expect(states).toEqual([])
  await client.dispose()
})
