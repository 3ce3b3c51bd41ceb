import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { VisitorActor } from '../../organizations/actor.js'
import { createTenant, type Tenant } from '../../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { createTicket } from '../../tickets/index.js'
import { loadRecentTickets } from './recent-tickets.js'

describe.each(TEST_DATABASES)('[B15] the tickets that a model is told of, on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let visitor: VisitorActor
  let conversationId: string

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    visitor = await tenant.addVisitor()
    conversationId = await tenant.addConversation(visitor)
  })

  const add = (title: string, about: string | null = conversationId, { organizationId, now } = tenant) =>
    test.database.transaction(organizationId, (transaction) =>
      createTicket(transaction, {
        ...{ organizationId, id: randomUUID(), title, description: 'Canary: he is a nuisance', priority: 'high' },
        ...{ assigneeId: null, conversationId: about, createdBy: null, source: 'manual', now: now.value },
      }),
    )
  const told = (id = conversationId, { organizationId } = tenant) =>
    loadRecentTickets(test.database.of(organizationId), { organizationId, conversationId: id })
  const titles = async (id?: string) => (await told(id)).map(({ title }) => title)
  const change = (id: string, set: { title?: null; status?: 'solved'; solved_at?: Date }) =>
    test.database.of(tenant.organizationId).updateTable('tickets').set(set).where('id', '=', id).execute()
  /** Another session of the same browser's visitor, both so, and a conversation of it. */
  const besides = async ({ shared = false, login = null }: { shared?: boolean; login?: string | null }) => {
    const { sessionId } = await tenant.addVisitor()
    await sql`update visitor_sessions set visitor_id = ${visitor.visitorId}::uuid, shared = ${shared}::boolean,
      login_id = ${login}::uuid, proof = case when ${login}::uuid is not null then 'jwt' end
      where id in (${sessionId}::uuid, ${visitor.sessionId}::uuid)`.execute(test.database.system)
    return await tenant.addConversation({ ...visitor, sessionId })
  }
  const signIn = async () => {
    const { organizationId, now } = tenant
    const { visitorId } = visitor
    const id = randomUUID()
    await test.database
      .of(organizationId)
      .insertInto('visitor_logins')
      .values({
        ...{ organization_id: organizationId, id, visitor_id: visitorId, token_hash: Buffer.from(id) },
        ...{ created_at: now.value, last_seen_at: now.value },
      })
      .execute()
    return id
  }

  it('are the newest three, with number, title, status and days, and nothing that the team has noted', async () => {
    for (const title of ['One', 'Two', 'Three']) await add(title)
    tenant.now.value = new Date('2026-01-03T23:59:00.000Z')
    const { id } = await add('Four')
    await change(id, { status: 'solved', solved_at: new Date('2026-01-05T00:00:00.000Z') })
    expect(await told()).toEqual([
      { number: 4, title: 'Four', status: 'solved', opened: '2026-01-03', solved: '2026-01-05' },
      { number: 3, title: 'Three', status: 'open', opened: '2026-01-01', solved: null },
      { number: 2, title: 'Two', status: 'open', opened: '2026-01-01', solved: null },
    ])
  })

  it('are none of another visitor, of another organization, or of nobody', async () => {
    await add('Of another', await tenant.addConversation(await tenant.addVisitor()))
    await add('Of nobody', null)
    const other = await createTenant(test.database)
    await add('Elsewhere', await other.addConversation(await other.addVisitor()), other)
    expect(await told()).toEqual([])
    expect(await told(conversationId, other)).toEqual([])
  })

  it('are a signed-in user’s of all their sessions', async () => {
    await add('There', await besides({ login: await signIn() }))
    expect(await titles()).toEqual(['There'])
  })

  it('are those of all tabs that share, and of no other tab of a browser', async () => {
    const apart = await besides({ shared: false })
    await add('Of whoever sat there before', apart)
    expect(await titles()).toEqual([])
    await add('There', await besides({ shared: true }))
    expect(await titles()).toEqual(['There'])
  })

  it('say without a title that its words were taken by an erasure', async () => {
    const { id } = await add('Gone')
    await change(id, { title: null })
    expect(await titles()).toEqual([null])
  })
})
