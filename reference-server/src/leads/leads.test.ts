import { listLeadsResponse } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestServer } from '../testing/create-test-server.js'
import { fillTenant } from '../testing/fill-tenant.js'
import { TEST_DATABASES } from '../testing/test-database.js'
import { listLeads } from './leads.js'

describe.each(TEST_DATABASES)('leads on %s', (kind) => {
  let server: TestServer
  beforeAll(async () => {
    server = await createTestServer({ kind })
  })
  afterAll(() => server.close())

  it('are read by pages, newest first, with who looks after them', async () => {
    const { organizationId, widgetId, memberId, leadId } = await fillTenant(server.database)
    const query = server.database.of(organizationId)
    const one = await listLeads(query, { organizationId, limit: 10 })
    expect(one).toEqual({
      leads: [
        {
          ...{ id: leadId, widgetId, name: 'John Doe', email: 'john@example.com', phone: null, notes: '' },
          ...{ source: 'chat_widget', pageUrl: 'https://acme.test/prices', referrer: null, utm: {}, status: 'new' },
          assignedTo: { id: memberId, name: expect.stringMatching(/^Member/) },
          createdAt: '2026-01-01T00:00:00.000Z',
          updatedAt: '2026-01-01T00:00:00.000Z',
        },
      ],
      nextCursor: null,
    })
    expect(listLeadsResponse.parse(one)).toEqual(one)
    await sql`insert into leads (organization_id, id, phone, utm, created_at, updated_at)
      select ${organizationId}::uuid, gen_random_uuid(), n::text, '{"source":"news"}', now(), now()
      from generate_series(1, 6) n`.execute(query)
    const { leads: all } = await listLeads(query, { organizationId, limit: 100 })
    const first = await listLeads(query, { organizationId, limit: 4 })
    const second = await listLeads(query, { organizationId, limit: 4, cursor: first.nextCursor ?? '' })
    expect([...first.leads, ...second.leads]).toEqual(all)
    expect(all.map(({ id }) => id)).toEqual(
      all
        .map(({ id }) => id)
        .sort()
        .reverse(),
    )
    expect(second.nextCursor).toBeNull()
  })

  it('are each organization’s own: here there are none yet', async () => {
    const other = await fillTenant(server.database)
    const viewer = await server.signIn('client_user')
    const answer = await server.get('/api/chat-widget/leads', viewer.headers)
    expect(await answer.json()).toEqual({ leads: [], nextCursor: null })
    // The query's own wall, with row-level security out of the way.
    const { id: organizationId } = viewer.current.organization
    const query = { organizationId, limit: 10, cursor: 'ffffffff-ffff-ffff-ffff-ffffffffffff' }
    expect((await listLeads(server.database.system, query)).leads).toEqual([])
    expect(other.leadId).toBeTruthy()
    expect((await server.get('/api/chat-widget/leads')).status).toBe(401)
    expect((await server.get('/api/chat-widget/leads?page=2', viewer.headers)).status).toBe(422)
  })
})
