import { textOf } from '@chatdesk/protocol'
import { conversationPageResponse, createConversationResponse, listMessagesResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEMO_WIDGET_KEY } from '../demo/seed.js'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { fillTenant } from '../testing/fill-tenant.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('the routes of conversations on %s', (kind) => {
  let server: TestServer
  let viewer: TestMember
  let widgetId: string
  let conversationId: string
  beforeAll(async () => {
    server = await createTestServer({ kind })
    viewer = await server.signIn('client_user')
    const { id } = await server.database.system
      .selectFrom('widgets')
      .select('id')
      .where('key', '=', DEMO_WIDGET_KEY)
      .executeTakeFirstOrThrow()
    widgetId = id
    const { token } = await server.initVisitor({ page: { url: 'https://acme.test/prices' } })
    const headers = { authorization: `Bearer ${token}` }
    const started = await server.post('/api/widget/conversations', {}, headers)
    conversationId = createConversationResponse.parse(await started.json()).conversation.id
    for (const text of ['one', 'two', 'three'])
      await server.post(
        `/api/widget/conversations/${conversationId}/messages`,
        { clientMessageId: `message-${text}`, text },
        headers,
      )
  })
  afterAll(() => server.close())
  const get = async (path: string, member = viewer) => {
    const answer = await server.get(`/api/chat-widget${path}`, member.headers)
    return { status: answer.status, body: await answer.json() }
  }

  it('show a widget’s conversations', async () => {
    const { status, body } = await get(`/widgets/${widgetId}/conversations?status=waiting&from=2026-01-01T00:00:00Z`)
    expect(status).toBe(200)
    expect(conversationPageResponse.parse(body)).toEqual(body)
    expect(body).toMatchObject({
      conversations: [{ id: conversationId, unread: 3, lastMessage: { text: 'three' } }],
      nextCursor: null,
    })
    const none = await get(`/widgets/${widgetId}/conversations?status=resolved`)
    expect(none.body).toEqual({ conversations: [], nextCursor: null })
  })

  it('show what was said in one', async () => {
    const { status, body } = await get(`/conversations/${conversationId}/messages`)
    expect(status).toBe(200)
    expect(listMessagesResponse.parse(body)).toEqual(body)
    const texts = (page: unknown) => listMessagesResponse.parse(page).messages.map(({ parts }) => textOf(parts))
    expect(texts(body)).toEqual(['one', 'two', 'three'])
    expect(body).toMatchObject({ reachedStart: true, headSeq: 3 })
    expect(texts((await get(`/conversations/${conversationId}/messages?before=3&limit=1`)).body)).toEqual(['two'])
    expect(texts((await get(`/conversations/${conversationId}/messages?after=2`)).body)).toEqual(['three'])
  })

  it.each([
    ['status=done', 'status'],
    ['from=yesterday', 'from'],
    ['to=2026-13-01T00:00:00Z', 'to'],
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['cursor=x', 'cursor'],
    ['organizationId=x', ''],
  ])('refuse ?%s', async (query, field) => {
    const { status, body } = await get(`/widgets/${widgetId}/conversations?${query}`)
    expect({ status, body }).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_FAILED', field } } })
  })

  it('refuse bad questions for messages', async () => {
    for (const query of ['before=2&after=1', 'limit=101', 'before=x', 'session=1'])
      expect(await get(`/conversations/${conversationId}/messages?${query}`)).toMatchObject({ status: 422 })
  })

  it('show nothing of another organization, and nothing to nobody', async () => {
    const other = await fillTenant(server.database)
    for (const path of [
      `/widgets/${other.widgetId}/conversations`,
      `/conversations/${other.conversationId}/messages`,
      '/widgets/7/conversations',
      '/conversations/7/messages',
    ]) {
      expect(await get(path)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
      expect((await server.get(`/api/chat-widget${path}`)).status).toBe(401)
    }
  })
})
