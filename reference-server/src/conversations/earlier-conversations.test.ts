import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { VisitorActor } from '../organizations/actor.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { loadEarlierConversations } from './earlier-conversations.js'

describe.each(TEST_DATABASES)('earlier conversations of a visitor on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let visitor: VisitorActor
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    visitor = await tenant.addVisitor()
  })

  /** Begun at these days of 2026, in this order; answers with their ids. */
  const begin = async (of: VisitorActor, days: readonly number[]): Promise<string[]> => {
    const { rows } = await sql<{ id: string }>`
      insert into conversations (organization_id, id, visitor_id, session_id, widget_id, client_conversation_id, status,
        created_at, updated_at, listed_at)
      select ${of.organizationId}::uuid, gen_random_uuid(), ${of.visitorId}::uuid, ${of.sessionId}::uuid,
        ${of.widgetId}::uuid, gen_random_uuid()::text, 'open', at, at, at
      from (select timestamptz '2026-01-01 00:00Z' + interval '1 day' * day as at, n
        from unnest(${[...days]}::int[]) with ordinality as d (day, n)) days order by n
      returning id`.execute(test.database.system)
    return rows.map(({ id }) => id)
  }
  const earlier = (conversationId = '', more: { limit?: number; cursor?: string | undefined } = {}) =>
    loadEarlierConversations(test.database, {
      organizationId: tenant.organizationId,
      conversationId,
      limit: 10,
      ...more,
    })

  it('are those of the same visitor that began before it, the latest first', async () => {
    const other = await tenant.addVisitor()
    await begin(other, [1, 2])
    const [first, second, third, later] = await begin(visitor, [3, 4, 5, 9])
    const { conversations, nextCursor } = await earlier(third)
    expect(conversations.map(({ id }) => id)).toEqual([second, first])
    expect(nextCursor).toBeNull()
    expect((await earlier(later)).conversations).toHaveLength(3)
    expect((await earlier(first)).conversations).toEqual([])
  })

  it('come by pages, each once, also those that began at one moment', async () => {
    const ids = await begin(visitor, [1, 1, 1, 2, 2, 3])
    const [newest] = await begin(visitor, [8])
    for (const limit of [1, 2, 4]) {
      const walked: string[] = []
      let cursor: string | undefined
      do {
        const page = await earlier(newest, { limit, cursor })
        walked.push(...page.conversations.map(({ id }) => id))
        cursor = page.nextCursor ?? undefined
      } while (cursor)
      expect([...walked].sort()).toEqual([...ids].sort())
    }
    await expect(earlier(newest, { cursor: 'nonsense' })).rejects.toMatchObject({ field: 'cursor' })
  })

  it('are nobody else’s: of another organization there is no such conversation', async () => {
    const foreign = await createTenant(test.database)
    const [id] = await begin(await foreign.addVisitor(), [1])
    await expect(earlier(id)).rejects.toBeInstanceOf(ChatError)
    await expect(earlier(id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
