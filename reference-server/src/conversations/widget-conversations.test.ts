import type { ConversationStatus } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Tables } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { loadWidgetConversations, widgetConversationIds } from './widget-conversations.js'

/** A node of a plan, as far as it is read here. */
interface PlanNode {
  'Node Type': string
  'Actual Rows': number
  'Actual Loops': number
  'Rows Removed by Filter'?: number
  Plans?: PlanNode[]
}

describe.each(TEST_DATABASES)("a widget's conversations on %s", (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let visitor: VisitorActor
  let query: Kysely<Tables>
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    visitor = await tenant.addVisitor()
    query = test.database.of(tenant.organizationId)
  })

  /** Conversations of one visitor, begun at midnight of day 0, 1, 2… of 2026, each three at one moment. */
  const addConversations = (count: number, status: ConversationStatus, firstDay = 0) =>
    sql`
    insert into conversations (organization_id, id, visitor_id, session_id, widget_id, client_conversation_id, status,
      created_at, updated_at, listed_at)
    select ${tenant.organizationId}::uuid, gen_random_uuid(), ${visitor.visitorId}::uuid, ${visitor.sessionId}::uuid,
      ${visitor.widgetId}::uuid, gen_random_uuid()::text, ${status}, at, at, timestamptz '2026-01-01 00:00Z'
    from (select timestamptz '2026-01-01 00:00Z' + interval '1 day' * (${firstDay}::int + n / 3) as at
      from generate_series(0, ${count - 1}::int) n) days`.execute(test.database.system)
  const ask = (more: Partial<Parameters<typeof loadWidgetConversations>[1]> = {}) =>
    loadWidgetConversations(query, {
      organizationId: tenant.organizationId,
      widgetId: visitor.widgetId,
      limit: 100,
      ...more,
    })

  it('come by pages, those that began last first, each once, whatever happens in between', async () => {
    await addConversations(8, 'waiting')
    await addConversations(7, 'resolved', 1)
    const { conversations: all, nextCursor } = await ask()
    expect(all).toHaveLength(15)
    expect(nextCursor).toBeNull()
    const begun = all.map(({ createdAt }) => createdAt)
    expect(begun).toEqual([...begun].sort().reverse())
    for (const limit of [1, 2, 4, 15]) {
      const walked: string[] = []
      let cursor: string | undefined
      do {
        const page = await ask({ limit, cursor })
        expect(page.conversations.length).toBeLessThanOrEqual(limit)
        walked.push(...page.conversations.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
        await sql`update conversations set listed_at = now(), updated_at = now() where id = ${walked[0]}::uuid`.execute(
          query,
        )
      } while (cursor)
      expect(walked).toEqual(all.map(({ id }) => id))
    }
  })

  it('are chosen by status and by the moment at which they began', async () => {
    await addConversations(3, 'waiting')
    await addConversations(3, 'resolved', 1)
    await addConversations(3, 'open', 2)
    const days = async (more: Parameters<typeof ask>[0]) =>
      (await ask(more)).conversations.map(({ status, createdAt }) => `${status} ${createdAt.slice(8, 10)}`)
    const three = (text: string) => [text, text, text]
    expect(await days({ status: 'resolved' })).toEqual(three('resolved 02'))
    expect(await days({ status: 'assigned' })).toEqual([])
    const [first, second, third] = ['2026-01-01', '2026-01-02', '2026-01-03'].map((day) => `${day}T00:00:00.000Z`)
    expect(await days({ from: second })).toEqual([...three('open 03'), ...three('resolved 02')])
    expect(await days({ from: first, to: second })).toEqual(three('waiting 01'))
    expect(await days({ from: second, to: third, status: 'waiting' })).toEqual([])
    expect(await days({ from: '0000-01-01T00:00:00.000Z', to: '9999-12-31T23:59:59.999Z' })).toHaveLength(9)
  })

  it('are nobody else’s', async () => {
    const other = await createTenant(test.database)
    const foreign = await other.addVisitor()
    await other.addConversation(foreign)
    await expect(ask({ widgetId: foreign.widgetId })).rejects.toMatchObject({ code: 'NOT_FOUND' })
    // The queries' own wall, with row-level security out of the way.
    const mixed = { organizationId: tenant.organizationId, widgetId: foreign.widgetId, limit: 10 }
    await expect(loadWidgetConversations(test.database.system, mixed)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const { rows } = await sql<{ ids: string[] }>`select ${widgetConversationIds(mixed)} as ids`.execute(
      test.database.system,
    )
    expect(rows).toEqual([{ ids: [] }])
  })

  it.each(['x', '1.x', '.', '1.0199A0B2-0000-7000-8000-000000000000'])('refuse the cursor %s', async (cursor) => {
    await expect(ask({ cursor })).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'cursor' })
  })

  it('cost the same, however many there are', async () => {
    await addConversations(12_000, 'resolved')
    await addConversations(6, 'waiting', 2_000)
    const limit = 10
    const of = { organizationId: tenant.organizationId, widgetId: visitor.widgetId, limit }
    const { nextCursor: cursor = null } = await ask({ limit, status: 'resolved', to: '2030-01-01T00:00:00.000Z' })
    const questions = [
      {},
      { status: 'waiting' },
      { from: '2035-01-01T00:00:00.000Z' },
      { status: 'resolved', cursor },
    ] as Partial<typeof of>[]
    const readPlans = async () => {
      for (const question of questions) {
        const { rows } = await sql<{ 'QUERY PLAN': [{ Plan: PlanNode }] }>`
          explain (analyze, format json) select ${widgetConversationIds({ ...of, ...question })}`.execute(query)
        const nodes = allNodes(rows[0]?.['QUERY PLAN'][0].Plan)
        const read = nodes.map(
          (node) => (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)) * node['Actual Loops'],
        )
        expect(Math.max(...read), JSON.stringify(question)).toBeLessThanOrEqual(4 * (limit + 1))
      }
    }
    // As a young database plans, and as one that has gathered statistics.
    await readPlans()
    await sql`analyze conversations`.execute(test.database.system)
    await readPlans()
  })
})

function allNodes(node: PlanNode | undefined): PlanNode[] {
  return node ? [node, ...(node.Plans ?? []).flatMap(allNodes)] : []
}
