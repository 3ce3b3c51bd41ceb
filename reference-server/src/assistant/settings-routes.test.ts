import { assistantSettingsResponse, errorBody, listAuditResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

const PATH = '/api/chat-widget/assistant'

describe.each(TEST_DATABASES)('what an organization says of its model, on %s', (kind) => {
  let server: TestServer
  let owner: TestMember
  let agent: TestMember

  beforeAll(async () => {
    server = await createTestServer({
      kind,
      assistant: { provider: { baseUrl: 'http://127.0.0.1:9/v1', model: 'small' }, budgets: { perDay: 5_000 } },
    })
    owner = await server.signIn('client_admin')
    agent = await server.signIn('agent')
  })
  afterAll(() => server.close())

  const patch = (body: unknown, { headers }: TestMember) =>
    fetch(`${server.url}${PATH}`, {
      method: 'PATCH',
      headers: { origin: server.origin, 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const read = async (member = owner) =>
    assistantSettingsResponse.parse(await (await server.get(PATH, member.headers)).json()).assistant

  it('[B8] has it write unless somebody who is in charge has said otherwise, which the trail keeps', async () => {
    const { organization } = owner.current
    const standing = { writesWithModel: true, model: 'small', budgets: { perConversation: 60_000, perDay: 5_000 } }
    expect(await read()).toMatchObject(standing)
    const answer = await patch({ writesWithModel: false }, owner)
    expect(assistantSettingsResponse.parse(await answer.json()).assistant).toMatchObject({
      ...{ ...standing, writesWithModel: false },
    })
    expect(await read()).toMatchObject({ writesWithModel: false })
    await patch({ writesWithModel: false }, owner)
    const trail = listAuditResponse.parse(
      await (await server.get('/api/chat-widget/audit', owner.headers)).json(),
    ).entries
    expect(trail.filter(({ action }) => action === 'assistant.update')).toMatchObject([
      {
        target: { kind: 'organization', id: organization.id },
        changes: { writesWithModel: { from: true, to: false } },
      },
    ])
  })

  it.each(['get', 'patch'] as const)('refuses agents: %s', async (method) => {
    const answer = await (method === 'get' ? server.get(PATH, agent.headers) : patch({ writesWithModel: true }, agent))
    expect(errorBody.parse(await answer.json()).error.code).toBe('FORBIDDEN')
  })

  it('refuses what is no switch', async () => {
    const answer = await patch({ writesWithModel: 'no' }, owner)
    expect(errorBody.parse(await answer.json()).error).toMatchObject({
      ...{ code: 'VALIDATION_FAILED', field: 'writesWithModel' },
    })
  })

  it('says that there is no model on a server that has none', async () => {
    const bare = await createTestServer({ kind })
    const { headers } = await bare.signIn('client_admin')
    const answer = assistantSettingsResponse.parse(await (await bare.get(PATH, headers)).json())
    expect(answer.assistant).toMatchObject({ writesWithModel: true, model: null, budgets: null })
    await bare.close()
  })
})
