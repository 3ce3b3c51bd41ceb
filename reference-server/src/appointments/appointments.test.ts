import { listAppointmentsResponse } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestServer } from '../testing/create-test-server.js'
import { fillTenant } from '../testing/fill-tenant.js'
import { TEST_DATABASES } from '../testing/test-database.js'
import { listAppointments } from './appointments.js'

describe.each(TEST_DATABASES)('appointments on %s', (kind) => {
  let server: TestServer
  beforeAll(async () => {
    server = await createTestServer({ kind })
  })
  afterAll(() => server.close())

  it('are read by pages, with the day that was asked for, whatever zone the server is in', async () => {
    const { organizationId, widgetId, conversationId, leadId } = await fillTenant(server.database)
    const query = server.database.of(organizationId)
    const one = await listAppointments(query, { organizationId, limit: 10 })
    expect(one).toEqual({
      appointments: [
        {
          ...{ id: expect.any(String), widgetId, conversationId, leadId, name: 'John Doe', email: null, phone: null },
          ...{ subject: 'A first talk', preferredDate: '2026-01-02', preferredTime: '14:30', timeZone: 'Asia/Kolkata' },
          ...{ status: 'requested', notes: '' },
          createdAt: '2026-01-01T00:00:00.000Z',
          updatedAt: '2026-01-01T00:00:00.000Z',
        },
      ],
      nextCursor: null,
    })
    expect(listAppointmentsResponse.parse(one)).toEqual(one)
    await sql`insert into appointments (organization_id, id, widget_id, conversation_id, name, subject, preferred_date,
        time_zone, created_at, updated_at)
      select organization_id, gen_random_uuid(), widget_id, id, 'N', 'S', date '2026-02-28' + n, 'UTC', now(), now()
      from conversations, generate_series(1, 5) n where organization_id = ${organizationId}::uuid`.execute(query)
    const { appointments: all } = await listAppointments(query, { organizationId, limit: 100 })
    const first = await listAppointments(query, { organizationId, limit: 3 })
    const second = await listAppointments(query, { organizationId, limit: 3, cursor: first.nextCursor ?? '' })
    expect([...first.appointments, ...second.appointments]).toEqual(all)
    expect(second.nextCursor).toBeNull()
  })

  it('are each organization’s own: here there are none yet', async () => {
    await fillTenant(server.database)
    const viewer = await server.signIn('client_user')
    const answer = await server.get('/api/chat-widget/appointments', viewer.headers)
    expect(await answer.json()).toEqual({ appointments: [], nextCursor: null })
    // The query's own wall, with row-level security out of the way.
    const { id: organizationId } = viewer.current.organization
    const { appointments } = await listAppointments(server.database.system, { organizationId, limit: 10 })
    expect(appointments).toEqual([])
  })
})
