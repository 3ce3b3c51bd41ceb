import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, MemberActor, VisitorActor } from '../organizations/actor.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('reading the log on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let visitor: VisitorActor
  let agent: MemberActor
  let conversationId: string

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    visitor = await tenant.addVisitor()
    agent = await tenant.addMember()
    conversationId = await tenant.addConversation(visitor)
  })

  const write = (count: number, actor: Actor = visitor) =>
    Promise.all(
      Array.from({ length: count }, (_, n) =>
        tenant.backend.appendMessage(actor, {
          conversationId,
          clientMessageId: tenant.clientId(),
          parts: [{ type: 'text', text: String(n + 1) }],
        }),
      ),
    )
  const seqs = (events: readonly { seq: number }[]) => events.map(({ seq }) => seq)
  const load = (page: { beforeSeq?: number; afterSeq?: number; limit: number }) =>
    tenant.backend.loadHistory(visitor, { conversationId, ...page })
  const sync = (cursor?: { seq: number; eventId: string }) =>
    tenant.backend.syncConversation(visitor, { conversationId, cursor })

  it('[H1] gives the newest, the newest before, and the oldest after', async () => {
    await write(10)
    const newest = await load({ limit: 3 })
    expect(newest).toMatchObject({ reachedStart: false, headSeq: 10 })
    expect(seqs(newest.events)).toEqual([8, 9, 10])
    expect(seqs((await load({ beforeSeq: 8, limit: 3 })).events)).toEqual([5, 6, 7])
    expect(seqs((await load({ afterSeq: 2, limit: 3 })).events)).toEqual([3, 4, 5])
    const first = await load({ beforeSeq: 3, limit: 3 })
    expect(seqs(first.events)).toEqual([1, 2])
    expect(first.reachedStart).toBe(true)
    expect(await load({ afterSeq: 10, limit: 3 })).toEqual({ events: [], reachedStart: false, headSeq: 10 })
    expect(await load({ beforeSeq: 1, limit: 3 })).toEqual({ events: [], reachedStart: true, headSeq: 10 })
  })

  it('[H1] refuses both ends at once', async () => {
    await expect(load({ beforeSeq: 3, afterSeq: 1, limit: 3 })).rejects.toMatchObject({ code: 'VALIDATION_FAILED' })
  })

  it('[H1] an empty log has no older events', async () => {
    expect(await load({ limit: 3 })).toEqual({ events: [], reachedStart: true, headSeq: 0 })
  })

  it('[R2] without a cursor: the newest 50', async () => {
    await write(60)
    const fresh = await sync()
    expect(fresh).toMatchObject({ recovery: 'fresh', headSeq: 60, reachedStart: false })
    expect(seqs(fresh.events)).toEqual(Array.from({ length: 50 }, (_, index) => index + 11))
  })

  it('[R3] with a known cursor: exactly what is missing', async () => {
    const messages = await write(5)
    const third = messages.find(({ seq }) => seq === 3)
    const resumed = await sync({ seq: 3, eventId: third?.id ?? '' })
    expect(resumed.recovery).toBe('resumed')
    expect(seqs(resumed.events)).toEqual([4, 5])
    const head = messages.find(({ seq }) => seq === 5)
    expect(await sync({ seq: 5, eventId: head?.id ?? '' })).toMatchObject({ recovery: 'resumed', events: [] })
  })

  it('[R3] [R4] 500 events behind is resumed, 501 is a gap', async () => {
    const messages = await write(502)
    const at = (seq: number) => ({ seq, eventId: messages.find((message) => message.seq === seq)?.id ?? '' })
    const resumed = await sync(at(2))
    expect(resumed.recovery).toBe('resumed')
    expect(resumed.events).toHaveLength(500)
    const gap = await sync(at(1))
    expect(gap.recovery).toBe('gap')
    expect(gap.events).toHaveLength(50)
  })

  it.each([
    { what: 'another event', seq: 1 },
    { what: 'beyond the head', seq: 9 },
    { what: 'before the first', seq: 0 },
    { what: 'beyond every integer', seq: Number.MAX_SAFE_INTEGER },
  ])('[R4] a cursor $what is a gap', async ({ seq }) => {
    await write(2)
    const gap = await sync({ seq, eventId: '01890000-0000-7000-8000-000000000000' })
    expect(gap).toMatchObject({ recovery: 'gap', headSeq: 2, reachedStart: true })
    expect(seqs(gap.events)).toEqual([1, 2])
  })

  it("[R6] [C1] another's conversation does not exist, for every kind of read", async () => {
    const stranger = await tenant.addVisitor()
    const foreign = await (await createTenant(test.database)).addMember()
    for (const actor of [stranger, foreign])
      for (const attempt of [
        () => tenant.backend.syncConversation(actor, { conversationId }),
        () => tenant.backend.loadHistory(actor, { conversationId, limit: 5 }),
        () => tenant.backend.markRead(actor, { conversationId, upToSeq: 1 }),
      ])
        await expect(attempt()).rejects.toMatchObject({ code: 'NOT_FOUND' })
    expect(await tenant.backend.loadSummaries(foreign.organizationId, [conversationId])).toEqual([])
  })

  it('[H2] marks rise to the head, never fall, and are told once', async () => {
    await write(4)
    const mark = (actor: Actor, upToSeq: number) => tenant.backend.markRead(actor, { conversationId, upToSeq })
    tenant.changes.length = 0
    await mark(visitor, 2)
    await mark(visitor, 1)
    await mark(visitor, Number.MAX_SAFE_INTEGER)
    await mark(visitor, 4)
    await mark(agent, 3)
    expect((await sync()).reads).toEqual({ visitor: 4, team: 3 })
    expect(tenant.changes).toEqual(
      [
        { visitor: 2, team: 0 },
        { visitor: 4, team: 0 },
        { visitor: 4, team: 3 },
      ].map((reads) => ({ organizationId: tenant.organizationId, conversationId, events: [], headSeq: 4, reads })),
    )
  })

  it('[H2] [I1] the team reads: unread falls by what was read, and the row has a new version', async () => {
    await write(3)
    await write(1, agent)
    await write(2)
    const row = async () => (await tenant.backend.loadSummaries(tenant.organizationId, [conversationId]))[0]
    const before = await row()
    expect(before?.unread).toBe(5)
    await tenant.backend.markRead(agent, { conversationId, upToSeq: 3 })
    expect(await row()).toMatchObject({ unread: 2, version: (before?.version ?? 0) + 1, updatedAt: before?.updatedAt })
  })

  it('[H2] many marks at once leave the highest', async () => {
    await write(20)
    await Promise.all(
      Array.from({ length: 20 }, (_, n) =>
        tenant.backend.markRead(n % 2 ? visitor : agent, { conversationId, upToSeq: n + 1 }),
      ),
    )
    expect((await sync()).reads).toEqual({ visitor: 20, team: 19 })
  })

  it('[I1] pages through the inbox, most recently changed first, none twice, none missed', async () => {
    const ids = [conversationId]
    for (let n = 0; n < 6; n++) ids.push(await tenant.addConversation(visitor))
    // Some share their minute: the id cuts the page. Each is seen once all the same.
    for (const [n, id] of ids.entries()) {
      tenant.now.value = new Date(Date.UTC(2026, 0, 2) + n * 40_000)
      await tenant.backend.appendMessage(visitor, {
        conversationId: id,
        clientMessageId: tenant.clientId(),
        parts: [{ type: 'text', text: 'x' }],
      })
    }
    // Who signed in the day before has been signed out since.
    const reader = await tenant.addMember()
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await tenant.backend.loadInbox(reader, { limit: 3, cursor })
      seen.push(...page.conversations.map(({ id }) => id))
      cursor = page.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect([...seen].sort()).toEqual([...ids].sort())
    const first = await tenant.backend.loadInbox(reader, { limit: 100 })
    expect(first.conversations.map(({ id }) => id)).toEqual([...ids].reverse())
  })

  it.each(['', 'x', '1.2', '1.zzzzzzzz-0000-7000-8000-000000000000', "1.'; drop table events; --", '9'.repeat(128)])(
    'threat 51: refuses the inbox cursor %j',
    async (cursor) => {
      await expect(tenant.backend.loadInbox(agent, { limit: 3, cursor })).rejects.toMatchObject({
        code: 'VALIDATION_FAILED',
        field: 'cursor',
      })
    },
  )

  it('[C2] the same id gives the same conversation, another visitor has its own', async () => {
    const start = (actor: VisitorActor) =>
      tenant.backend.startConversation(actor, { clientConversationId: 'conversation-1' })
    tenant.changes.length = 0
    const first = await start(visitor)
    expect(await start(visitor)).toEqual(first)
    expect(tenant.changes).toHaveLength(1)
    expect(await start(await tenant.addVisitor())).not.toEqual(first)
    expect(await tenant.backend.conversationsOf(visitor, [])).toEqual([first.conversationId])
    expect(await tenant.backend.syncConversation(visitor, first)).toMatchObject({
      status: 'waiting',
      headSeq: 0,
      events: [],
    })
  })

  it('[S6] a credential that has ended is not valid', async () => {
    expect(await tenant.backend.isStillValid(visitor, [])).toBe(true)
    expect(await tenant.backend.isStillValid(agent, [])).toBe(true)
    expect(await tenant.backend.isStillValid({ ...agent, role: 'super_admin' }, [])).toBe(false)
    tenant.now.value = new Date('2026-01-01T07:00:00.000Z')
    await write(1, agent)
    expect(await tenant.backend.isStillValid(agent, [])).toBe(true)
    // Seven hours after the message, fourteen after the sign-in: the message kept it alive.
    tenant.now.value = new Date('2026-01-01T14:00:00.000Z')
    expect(await tenant.backend.isStillValid(agent, [])).toBe(true)
    tenant.now.value = new Date('2026-01-01T15:00:01.000Z')
    expect(await tenant.backend.isStillValid(agent, [])).toBe(false)
    tenant.now.value = new Date('2027-02-01T00:00:00.000Z')
    expect(await tenant.backend.isStillValid(visitor, [])).toBe(false)
  })
})
