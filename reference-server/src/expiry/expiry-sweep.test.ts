import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { silentLogger } from '../platform/logger.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { EXPIRING } from './expiring.js'
import { createExpirySweep, type Expiring, KEPT_MS } from './expiry-sweep.js'

const DAY = 24 * 3_600_000
/** When everything ends that `addEnding` makes. */
const END = new Date('2026-03-01T00:00:00.000Z')
const ago = (ms: number) => new Date(END.getTime() - ms)
const FAR = new Date('2099-01-01')

/** Told by the catalogue to end: deleted where they are made, and what only sleeps until then. */
// A payment that has expired stays: it is what was asked for, and somebody may still pay it.
const ENDED_ELSEWHERE = ['connection_tickets', 'conversations', 'payment_intents']

describe.each(TEST_DATABASES)('what has ended, on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    tenant.now.value = END
  })

  const look = (at: Date, expiring: readonly Expiring[] = EXPIRING, batch = 1_000) =>
    createExpirySweep({ ...test, clock: () => at, logger: silentLogger, expiring, batch })()
  const late = (ms: number) => new Date(END.getTime() + KEPT_MS + ms)
  const own = () => ({ organization_id: tenant.organizationId, id: randomUUID() })
  const widgetId = async () => (await tenant.addVisitor()).widgetId

  /** A row of every table that ends, and beside it one that does not. */
  async function addEnding(): Promise<void> {
    const query = test.database.of(tenant.organizationId)
    const { memberId } = await tenant.addMember()
    const at = { created_at: ago(100 * DAY), last_seen_at: ago(90 * DAY) }
    const secret = () => ({ token_hash: randomBytes(32) })
    const of = { organization_id: tenant.organizationId }
    const signIn = { ...secret(), member_id: memberId, last_seen_at: ago(DAY) }
    await query.deleteFrom('member_sessions').where('member_id', '=', memberId).execute()
    for (const created_at of [ago(DAY), FAR])
      await query
        .insertInto('member_sessions')
        .values({ ...own(), ...signIn, ...secret(), created_at })
        .execute()
    for (const read_at of [ago(DAY), FAR])
      await query
        .insertInto('visit_reads')
        .values({ ...of, visit_id: randomUUID(), target_id: randomUUID(), action: 'inbox.read', read_at })
        .execute()
    for (const expires_at of [END, FAR]) {
      const invite = { email: `${randomUUID()}@acme.test`, role: 'agent', created_at: ago(DAY), expires_at } as const
      const inviter = { inviter_id: null, inviter_organization_id: null }
      await query
        .insertInto('invites')
        .values({ ...own(), ...secret(), ...invite, ...inviter })
        .execute()
      const member_id = expires_at === END ? memberId : (await tenant.addMember()).memberId
      await query
        .insertInto('password_resets')
        .values({ ...of, ...secret(), member_id, expires_at })
        .execute()
    }
    for (const expires_at of [END, null]) {
      const token = { member_id: memberId, name: 'T', scopes: ['widget:read'], created_at: ago(DAY), expires_at }
      await query
        .insertInto('api_tokens')
        .values({ ...own(), ...secret(), ...token, last_used_at: null })
        .execute()
      const key = { widget_id: await widgetId(), kind: 'firebase', created_at: ago(DAY), expires_at } as const
      const nothing = { sealed_secret: null, issuer: null, audience: null, jwks_url: null }
      await query
        .insertInto('identity_keys')
        .values({ ...own(), ...key, ...nothing, project_id: 'p' })
        .execute()
    }
    await addEndingWebhooks()
    await addEndingGaps()
    await addEndingUsage()
    await addEndingPayments()
    // One has said something, by a login that is in use; the other has not.
    for (const speaks of [true, false]) {
      const visitor = await tenant.addVisitor()
      await query
        .updateTable('visitors')
        .set({ last_seen_at: at.last_seen_at })
        .where('id', '=', visitor.visitorId)
        .execute()
      const login = { ...own(), ...secret(), ...at, visitor_id: visitor.visitorId }
      await query.insertInto('visitor_logins').values(login).execute()
      await query
        .updateTable('visitor_sessions')
        .set({ expires_at: END, ...(speaks ? { login_id: login.id, proof: 'jwt' } : {}) })
        .where('id', '=', visitor.sessionId)
        .execute()
      if (speaks) await addRuns(await tenant.addConversation(visitor))
    }
    await query
      .updateTable('widgets')
      .set({ previous_key: `wk_${randomUUID()}`, previous_key_until: END })
      .execute()
  }

  async function addRuns(conversation_id: string): Promise<void> {
    const run = { organization_id: tenant.organizationId, conversation_id, stopped_at: null }
    const runs = [END, FAR].map((ran_at) => ({ ...run, run_id: randomUUID(), ran_at }))
    await test.database.of(tenant.organizationId).insertInto('macro_runs').values(runs).execute()
  }

  /** One whose previous secret has ended, and a delivery as old as that, beside others. */
  async function addEndingWebhooks(): Promise<void> {
    const query = test.database.of(tenant.organizationId)
    for (const ended of [END, FAR]) {
      const webhook = { url: 'https://a.example', events: [], sealed_secret: '1', created_at: ago(DAY) }
      const row = { ...own(), ...webhook, sealed_previous_secret: '1', previous_secret_until: ended }
      await query.insertInto('webhooks').values(row).execute()
      const delivery = {
        webhook_id: row.id,
        type: 'ping',
        state: 'delivered',
        conversation_id: null,
        seq: null,
      } as const
      await query
        .insertInto('webhook_deliveries')
        .values({ ...own(), ...delivery, created_at: ended })
        .execute()
    }
  }

  /** An account whose previous secret has ended beside one whose has not, and a webhook as old as that beside one that still waits. */
  async function addEndingPayments(): Promise<void> {
    const query = test.database.of(tenant.organizationId)
    const account = { provider: 'razorpay', mode: 'test', key_id: 'k', sealed_key_secret: '1' } as const
    const hook = { name: 'order.paid', raw: Buffer.from('{}'), outcome: null }
    for (const ended of [END, FAR]) {
      const secrets = {
        sealed_webhook_secret: '1',
        sealed_previous_webhook_secret: '1',
        previous_webhook_secret_until: ended,
      }
      const rest = {
        endpoint_id: randomUUID(),
        provider_account_id: null,
        enabled: ended === FAR,
        created_at: ago(DAY),
      }
      const row = { ...own(), ...account, ...secrets, ...rest }
      await query.insertInto('payment_accounts').values(row).execute()
      const { organization_id, id: account_id } = row
      const next_at = ended === FAR ? END : null
      const received = { event_id: randomUUID(), body_hash: randomBytes(32), received_at: END, next_at }
      await query
        .insertInto('payment_webhooks')
        .values({ organization_id, account_id, ...received, ...hook })
        .execute()
    }
  }

  /** Of what nobody has asked for 90 days, with those that what has ended is kept, and of what somebody has. */
  async function addEndingGaps(): Promise<void> {
    const gap = { widget_id: await widgetId(), language: 'en', entry_id: null, first_at: ago(200 * DAY) }
    for (const last_at of [ago(60 * DAY), ago(59 * DAY)])
      await test.database
        .of(tenant.organizationId)
        .insertInto('knowledge_gaps')
        .values({ ...own(), ...gap, asked: `${last_at}`, question: 'q', last_at })
        .execute()
  }

  /** Of what cost something 400 days ago, with those that what has ended is kept, and of what did a day later. */
  async function addEndingUsage(): Promise<void> {
    const usage = { provider: 'openai-compatible', model: 'm', prompt_tokens: 1, completion_tokens: 1 }
    for (const begun_at of [ago(370 * DAY), ago(369 * DAY)])
      await test.database
        .of(tenant.organizationId)
        .insertInto('assistant_usage')
        .values({ ...own(), ...usage, day: '2025-02-24', estimated: false, outcome: 'answered', begun_at })
        .execute()
  }

  /** How many rows each table has, of this organization; of widgets, how many know a key that they had before. */
  async function counts(): Promise<Record<string, number>> {
    const query = test.database.of(tenant.organizationId)
    const entries = EXPIRING.map(async ({ table, emptied: [column] = [] }) => {
      const { rows } = await sql<{ count: number }>`
        select count(${sql.raw(column ?? '*')})::int as count from ${sql.table(table)}`.execute(query)
      return [table, rows[0]?.count ?? -1] as const
    })
    return Object.fromEntries(await Promise.all(entries))
  }

  it('goes 30 days later, and nothing goes before that, or that has not ended, or that a conversation rests on', async () => {
    await addEnding()
    const before = await counts()
    await look(late(0))
    expect(await counts()).toEqual(before)
    await look(late(1))
    const after = await counts()
    const gone = Object.fromEntries(
      Object.entries(before).map(([table, count]) => [table, count - (after[table] ?? 0)]),
    )
    expect(gone).toEqual(Object.fromEntries(EXPIRING.map(({ table }) => [table, 1])))
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from conversations k join visitor_sessions s using (organization_id)
      join visitors v on v.id = k.visitor_id where s.id = k.session_id`.execute(test.database.of(tenant.organizationId))
    expect(rows).toEqual([{ count: 1 }])
  })

  it('goes in batches, through the whole table, and again from its beginning', async () => {
    const invites = EXPIRING.filter(({ table }) => table === 'invites')
    const query = test.database.of(tenant.organizationId)
    const add = async (id: string, expires_at: Date) => {
      const invite = { role: 'agent', token_hash: randomBytes(32), created_at: END, expires_at } as const
      const inviter = { inviter_id: null, inviter_organization_id: null }
      const whose = { organization_id: tenant.organizationId, id, email: `${id}@acme.test` }
      await query
        .insertInto('invites')
        .values({ ...whose, ...invite, ...inviter })
        .execute()
    }
    const idOf = (place: number) => `00000000-0000-7000-8000-00000000000${place}`
    const left = async () =>
      (await query.selectFrom('invites').select('id').orderBy('id').execute()).map(({ id }) => id)
    await test.database.system.deleteFrom('invites').execute()
    for (const place of [1, 2, 3, 4, 5]) await add(idOf(place), place === 2 ? FAR : END)
    const sweep = createExpirySweep({
      ...test,
      clock: () => late(1),
      logger: silentLogger,
      expiring: invites,
      batch: 2,
    })
    await sweep()
    expect(await left()).toEqual([2, 3, 4, 5].map(idOf))
    await sweep()
    expect(await left()).toEqual([2, 5].map(idOf))
    await add(idOf(1), END)
    await sweep()
    expect(await left()).toEqual([1, 2].map(idOf))
    await sweep()
    expect(await left()).toEqual([2].map(idOf))
  })

  it('threat 30: goes under the organizations whose rows were looked at, however far a condition reaches', async () => {
    const other = await createTenant(test.database)
    for (const { addMember } of [tenant, other]) await addMember()
    const [first, second] = [tenant, other].sort((a, b) => (a.organizationId < b.organizationId ? -1 : 1))
    const rows = (of?: Tenant) =>
      test.database
        .of(of?.organizationId ?? '')
        .selectFrom('members')
        .select('id')
        .execute()
    await test.database.system
      .deleteFrom('members')
      .where('organization_id', 'not in', [tenant.organizationId, other.organizationId])
      .execute()
    const tooFar = {
      table: 'members',
      key: ['organization_id', 'id'],
      hadEndedBy: () => sql<boolean>`true or true`,
    } as const
    await look(late(1), [tooFar], 1)
    expect(await rows(first)).toEqual([])
    expect(await rows(second)).toHaveLength(1)
  })

  it('a table that cannot be gone through keeps no other from it', async () => {
    await addEnding()
    const warnings: unknown[] = []
    const logger = { ...silentLogger, warn: (fields: object) => void warnings.push(fields) }
    const broken: Expiring = { table: 'members', key: ['organization_id', 'nothing'], hadEndedBy: () => sql`true` }
    await createExpirySweep({ ...test, clock: () => late(1), logger, expiring: [broken, ...EXPIRING] })()
    expect(warnings).toMatchObject([{ table: 'members' }])
    expect(await counts()).toMatchObject({ invites: 1 })
  })

  it('is thought of in every table that says when something ends', async () => {
    const { rows } = await sql<{ table: string }>`
      select distinct table_name::text as table from information_schema.columns
      where table_schema = 'public' and column_name ~ '(expires_at|ends_at|_until)$'`.execute(test.database.system)
    const known = [...EXPIRING.map(({ table }) => String(table)), ...ENDED_ELSEWHERE]
    expect(rows.map(({ table }) => table).filter((table) => !known.includes(table))).toEqual([])
  })
})
