import { currentMember } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('the id of an organization for a key, on %s', (kind) => {
  let server: TestServer
  beforeAll(async () => {
    server = await createTestServer({ kind })
  })
  afterAll(() => server.close())

  const init = (widgetKey: string) => server.post('/api/widget/init', { widgetKey, tabId: 'tab-00000001' })

  it('W3: means its only widget; where there are two, or for a stranger’s, none', async () => {
    const { headers } = await server.signIn('client_admin')
    const { home } = currentMember.parse(await (await server.get('/api/auth/me', headers)).json())
    const opened = (await (await init(home.id)).json()) as object
    expect(opened).toMatchObject({ widget: { key: home.id }, token: expect.any(String) })
    expect((await server.get(`/api/chat-widget/public/widget/${home.id}/config`)).status).toBe(200)
    for (const stranger of ['c785d757-16c3-49de-b547-f2a897fc94dc', "' or true --", 'wk_none'])
      expect((await init(stranger)).status, stranger).toBe(404)
    expect((await server.post('/api/chat-widget/widgets', { name: 'Another' }, headers)).status).toBe(201)
    expect((await init(home.id)).status).toBe(404)
  })
})
