import { isInView } from '@chatdesk/core/agent'
import { type ConversationSummary, type InboxFilter, type InboxView, queueRank } from '@chatdesk/protocol'
import { inboxView } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { loadInbox } from './inbox.js'
import { countViews, loadView } from './inbox-view.js'

const ROWS = 120

/** The same seed gives the same rows. */
function randomOf(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

describe.each(TEST_DATABASES)('views of the inbox on %s', (kind) => {
  const seed = Math.floor(Math.random() * 2 ** 31)
  let test: TestDatabase
  let tenant: Tenant
  let filters: InboxFilter[]
  let memberId: string
  let all: ConversationSummary[]

  beforeAll(async () => {
    const random = randomOf(seed)
    const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
    test = await createTestDatabase(kind)
    tenant = await createTenant(test.database)
    const { organizationId } = tenant
    const query = test.database.of(organizationId)
    const members = [await tenant.addMember(), await tenant.addMember()].map((member) => member.memberId)
    memberId = members[0] ?? ''
    const visitor = await tenant.addVisitor()
    const made = { organization_id: organizationId, created_at: tenant.now.value, created_by: null }
    const [departmentId, tagId] = ['00000000-0000-7000-8000-000000000001', '00000000-0000-7000-8000-000000000002']
    await query
      .insertInto('departments')
      .values({ ...made, id: departmentId, name: 'Sales', description: '' })
      .execute()
    await query
      .insertInto('tags')
      .values({ ...made, id: tagId, name: 'vip' })
      .execute()
    for (let index = 0; index < ROWS; index++) {
      const id = await tenant.addConversation(visitor)
      const near = () => new Date(tenant.now.value.getTime() + Math.floor(random() * 600 - 300) * 1000)
      const snoozedAt = random() < 0.5 ? near() : null
      const changed = near()
      const author = pick([null, { kind: 'visitor' }, { kind: 'agent', id: memberId, name: 'A' }])
      await query
        .updateTable('conversations')
        .set({
          ...{ status: pick(['open', 'waiting', 'assigned', 'resolved']), agent_id: pick([null, ...members]) },
          ...{ priority: pick([-1, 0, 1, 2]), department_id: pick([null, departmentId]) },
          ...{ waiting_since: pick([null, near(), near()]), snoozed_at: snoozedAt },
          snoozed_until: snoozedAt && near(),
          last_message_author: author && JSON.stringify(author),
          last_message_at: author && near(),
          updated_at: changed,
          listed_at: sql`date_trunc('minute', ${changed}::timestamptz)`,
        })
        .where('organization_id', '=', organizationId)
        .where('id', '=', id)
        .execute()
      const tagging = { organization_id: organizationId, conversation_id: id, tag_id: tagId }
      if (random() < 0.4) await query.insertInto('conversation_tags').values(tagging).execute()
    }
    filters = [
      {},
      { agentId: members[1] },
      { departmentId },
      { tagId },
      { priority: 'urgent' },
      { widgetId: visitor.widgetId, priority: 'low', tagId },
      { widgetId: '00000000-0000-7000-8000-00000000ffff' },
    ]
    all = []
    let cursor: string | undefined
    do {
      const page = await loadInbox(test.database, { organizationId, limit: 100, cursor })
      all.push(...page.conversations)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
  })
  afterAll(() => test.drop())

  const onlooker = () => ({ organizationId: tenant.organizationId, memberId, now: tenant.now.value })
  const query = () => test.database.of(tenant.organizationId)
  const pageThrough = async (view: InboxView, filter: InboxFilter) => {
    const pages: ConversationSummary[][] = []
    let cursor: string | undefined
    do {
      const page = await loadView(query(), { ...onlooker(), view, filter, limit: 7, cursor })
      pages.push(page.conversations)
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    return pages
  }
  const expected = (view: InboxView, filter: InboxFilter) =>
    all.filter((row) => isInView(row, view, filter, { selfId: memberId, now: tenant.now.value.getTime() }))

  it(`[I3] each view and filter has the rows that the client counts to it, each once, seed ${seed}`, async () => {
    expect(all).toHaveLength(ROWS)
    for (const view of inboxView.options)
      for (const filter of filters) {
        const rows = (await pageThrough(view, filter)).flat()
        const ids = (list: readonly ConversationSummary[]) => list.map(({ id }) => id).sort()
        expect({ view, filter, ids: ids(rows) }).toEqual({ view, filter, ids: ids(expected(view, filter)) })
      }
    for (const view of inboxView.options) expect(expected(view, {}).length).toBeGreaterThan(0)
  })

  it('[I3] [L1] `waiting` is in the order of the queue, and what changed last comes first in the others', async () => {
    const waiting = (await pageThrough('waiting', {})).flat()
    const ranks = waiting.map((row) => queueRank(row) ?? Number.NaN)
    expect(ranks).toEqual([...ranks].sort((a, b) => a - b))
    const since = waiting.map((row) => row.waitingSince)
    expect(since).not.toEqual([...since].sort())
    for (const view of ['all', 'resolved'] as const) {
      const minutes = (await pageThrough(view, {})).flat().map((row) => row.updatedAt.slice(0, 16))
      expect(minutes).toEqual([...minutes].sort().reverse())
    }
  })

  it('[I3] counts what each view has', async () => {
    const counts = Object.fromEntries(inboxView.options.map((view) => [view, expected(view, {}).length]))
    expect(await countViews(query(), onlooker())).toEqual(counts)
  })

  it('refuses a cursor that is none', async () => {
    const asked = loadView(query(), { ...onlooker(), view: 'all', filter: {}, limit: 7, cursor: '1.x' })
    await expect(asked).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'cursor' })
  })
})
