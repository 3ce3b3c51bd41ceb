import { randomUUID } from 'node:crypto'
import {
  assistantSettingsResponse,
  assistantUsageResponse,
  errorBody,
  listAuditResponse,
} from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

const PATH = '/api/chat-widget/assistant'
const PRICE = { prompt: 0.15, completion: 0.6, currency: 'USD' }

describe.each(TEST_DATABASES)('what an organization says of its model, on %s', (kind) => {
  let server: TestServer
  let owner: TestMember
  let agent: TestMember

  beforeAll(async () => {
    server = await createTestServer({
      kind,
      assistant: {
        provider: { baseUrl: 'http://127.0.0.1:9/v1', model: 'small' },
        budgets: { perDay: 5_000 },
        prices: { small: PRICE },
      },
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
    const standing = {
      usesModels: true,
      model: 'small',
      budgets: { perConversation: 60_000, perDay: 5_000 },
      price: PRICE,
    }
    expect(await read()).toMatchObject(standing)
    const answer = await patch({ usesModels: false }, owner)
    expect(assistantSettingsResponse.parse(await answer.json()).assistant).toMatchObject({
      ...{ ...standing, usesModels: false },
    })
    expect(await read()).toMatchObject({ usesModels: false })
    await patch({ usesModels: false }, owner)
    const trail = listAuditResponse.parse(
      await (await server.get('/api/chat-widget/audit', owner.headers)).json(),
    ).entries
    expect(trail.filter(({ action }) => action === 'assistant.update')).toMatchObject([
      {
        target: { kind: 'organization', id: organization.id },
        changes: { usesModels: { from: true, to: false } },
      },
    ])
  })

  it.each(['get', 'patch'] as const)('refuses agents: %s', async (method) => {
    const answer = await (method === 'get' ? server.get(PATH, agent.headers) : patch({ usesModels: true }, agent))
    expect(errorBody.parse(await answer.json()).error.code).toBe('FORBIDDEN')
  })

  it('refuses what is no switch', async () => {
    const answer = await patch({ usesModels: 'no' }, owner)
    expect(errorBody.parse(await answer.json()).error).toMatchObject({
      ...{ code: 'VALIDATION_FAILED', field: 'usesModels' },
    })
  })

  describe('what it has cost', () => {
    const usage = async (query = '', member = owner) => {
      const answer = await server.get(`${PATH}/usage${query}`, member.headers)
      return { status: answer.status, body: await answer.json() }
    }
    const spend = (organizationId: string, day: string, cost: number | null, currency = 'USD') =>
      server.database.system
        .insertInto('assistant_usage')
        .values({
          ...{ organization_id: organizationId, day, id: randomUUID(), conversation_id: null },
          ...{ provider: 'scripted', model: 'small', prompt_tokens: 100, completion_tokens: 10, estimated: false },
          ...{ cost_micro: cost, currency: cost === null ? null : currency },
          ...{ outcome: 'answered', code: 'stop', begun_at: new Date() },
        })
        .execute()
    const one = { model: 'small', requests: 1, promptTokens: 100, completionTokens: 10 }

    it('[B8] adds up by day, model and currency, apart from what had no price, and tells nobody else’s', async () => {
      const own = owner.current.organization.id
      const { organizationId: foreign } = await server.chat.api.createOrganization({ name: 'Foreign' })
      for (const cost of [3_000_000_000, 3_000_000_000]) await spend(own, '2026-03-02', cost)
      await spend(own, '2026-03-02', 5, 'EUR')
      await spend(own, '2026-03-01', null)
      await spend(own, '2026-02-28', 1)
      await spend(foreign, '2026-03-02', 99)
      const { body } = await usage('?from=2026-03-01&to=2026-03-02')
      expect(assistantUsageResponse.parse(body)).toEqual({
        ...{ from: '2026-03-01', to: '2026-03-02' },
        usage: [
          { ...one, day: '2026-03-02', cost: { micro: 5, currency: 'EUR' } },
          {
            ...{ day: '2026-03-02', model: 'small', requests: 2, promptTokens: 200, completionTokens: 20 },
            cost: { micro: 6_000_000_000, currency: 'USD' },
          },
          { ...one, day: '2026-03-01', cost: null },
        ],
      })
    })

    it('[B8] is of the last thirty days where nobody says which, and no agent’s to read', async () => {
      const { from, to } = assistantUsageResponse.parse((await usage()).body)
      expect(Date.parse(to) - Date.parse(from)).toBe(29 * 24 * 3_600_000)
      expect((await usage('?from=2026-03-02&to=2026-03-01')).status).toBe(422)
      expect((await usage('', agent)).status).toBe(403)
    })
  })

  it('says that there is no model on a server that has none', async () => {
    const bare = await createTestServer({ kind })
    const { headers } = await bare.signIn('client_admin')
    const answer = assistantSettingsResponse.parse(await (await bare.get(PATH, headers)).json())
    expect(answer.assistant).toMatchObject({ usesModels: true, model: null, budgets: null, price: null })
    await bare.close()
  })
})
