import type { WidgetDay } from '@chatdesk/protocol'
import { analyticsResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { fillTenant } from '../testing/fill-tenant.js'
import { TEST_DATABASES } from '../testing/test-database.js'
import { loadWidgetDays } from './analytics.js'

const NOW = new Date('2026-03-01T12:00:00.000Z')

describe.each(TEST_DATABASES)('analytics on %s', (kind) => {
  let server: TestServer
  let viewer: TestMember
  let organizationId: string
  let widgetId: string
  beforeAll(async () => {
    server = await createTestServer({ kind, clock: () => NOW })
    viewer = await server.signIn('client_user')
    organizationId = viewer.current.organization.id
    widgetId = (await server.chat.api.createWidget({ organizationId, name: 'Blog' })).widgetId
  })
  afterAll(() => server.close())
  const ask = async (query = '', id = widgetId) => {
    const answer = await server.get(`/api/chat-widget/widgets/${id}/analytics${query}`, viewer.headers)
    return { status: answer.status, body: (await answer.json()) as { days: WidgetDay[] } }
  }

  it('are of the last 30 days, unless asked otherwise, and empty while nothing is counted', async () => {
    expect(await ask()).toEqual({ status: 200, body: { from: '2026-01-31', to: '2026-03-01', days: [] } })
  })

  it('are read day by day, the first and the last included', async () => {
    const days = ['2025-12-31', '2026-01-01', '2026-01-02', '2026-01-03']
    await server.database
      .of(organizationId)
      .insertInto('widget_days')
      .values(
        days.map((date, index) => ({
          ...{ organization_id: organizationId, widget_id: widgetId, date, computed_at: NOW },
          ...{ conversations: index, first_responses: 2, first_response_ms: 3_000_000_000, confidence_sum: 1.5 },
        })),
      )
      .execute()
    const { body } = await ask('?from=2026-01-01&to=2026-01-02')
    expect(body.days).toMatchObject([
      { date: '2026-01-01', conversations: 1, firstResponses: 2, firstResponseMs: 3e9, confidenceSum: 1.5, spam: 0 },
      { date: '2026-01-02', conversations: 2, handoffs: { email: 0, phone: 0, assistant: 0 } },
    ])
    expect(analyticsResponse.parse(body)).toEqual(body)
    expect((await ask('?from=2025-12-31&to=2025-12-31')).body.days).toHaveLength(1)
  })

  it.each([
    ['?from=2026-01-01', 'from'],
    ['?to=2026-01-01', 'from'],
    ['?from=2026-01-02&to=2026-01-01', 'to'],
    ['?from=2025-01-01&to=2026-01-02', 'to'],
    ['?from=2026-02-30&to=2026-03-01', 'from'],
    ['?from=0000-01-01&to=0000-01-02', 'from'],
    ['?from=yesterday&to=2026-03-01', 'from'],
    ['?days=7', ''],
  ])('refuse %s', async (query, field) => {
    expect(await ask(query)).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_FAILED', field } } })
  })

  it('take a year, leap days and all', async () => {
    expect(await ask('?from=2024-01-01&to=2024-12-31')).toMatchObject({ status: 200 })
  })

  it('are nobody else’s', async () => {
    const other = await fillTenant(server.database)
    expect(await ask('', other.widgetId)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
    expect(await ask('', '7')).toMatchObject({ status: 404 })
    const mixed = { organizationId, widgetId: other.widgetId, from: '2026-01-01', to: '2026-01-01' }
    await expect(loadWidgetDays(server.database.system, mixed)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
