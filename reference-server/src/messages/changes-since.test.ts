import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { MemberActor, VisitorActor } from '../organizations/actor.js'
import type { KnownLog } from '../realtime/backend.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('what other nodes have written, on %s', (kind) => {
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

  const write = async (count: number, id = conversationId) => {
    for (let n = 1; n <= count; n += 1)
      await tenant.backend.appendMessage(visitor, {
        conversationId: id,
        clientMessageId: tenant.clientId(),
        parts: [{ type: 'text', text: `${n}` }],
      })
  }
  const known = (facts: Partial<KnownLog> = {}): KnownLog => ({
    organizationId: visitor.organizationId,
    conversationId,
    headSeq: 0,
    reads: { visitor: 0, team: 0 },
    ...facts,
  })
  const load = (...logs: KnownLog[]) => tenant.backend.loadChanges(logs)

  it('is read of many logs at once: only of those that have more, from where each is known', async () => {
    const others = [await tenant.addConversation(visitor), await tenant.addConversation(visitor)]
    const [quiet = '', busy = ''] = others
    await write(3)
    await write(2, busy)
    expect(await load()).toEqual([])
    const changes = await load(
      known({ headSeq: 1 }),
      known({ conversationId: quiet }),
      known({ conversationId: busy, headSeq: 2 }),
    )
    const { events } = await tenant.backend.loadHistory(visitor, { conversationId, afterSeq: 1, limit: 10 })
    expect(events).toHaveLength(2)
    const { organizationId } = visitor
    expect(changes).toEqual([{ organizationId, conversationId, events, headSeq: 3, reads: { visitor: 0, team: 0 } }])
  })

  it('is the true head with the oldest events only, and marks that moved with no events', async () => {
    await write(25)
    const [change] = await load(known())
    expect(change?.headSeq).toBe(25)
    expect(change?.events.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, index) => index + 1))
    await tenant.backend.markRead(agent, { conversationId, upToSeq: 7 })
    await tenant.backend.markRead(visitor, { conversationId, upToSeq: 4 })
    const reads = { visitor: 4, team: 7 }
    expect(await load(known({ headSeq: 25, reads: { visitor: 4, team: 6 } }))).toMatchObject([
      { events: [], headSeq: 25, reads },
    ])
    expect(await load(known({ headSeq: 25, reads: { visitor: 3, team: 7 } }))).toMatchObject([{ events: [], reads }])
    expect(await load(known({ headSeq: 25, reads }))).toEqual([])
  })

  it('threat 44: is nothing of a conversation that is asked for under another organization, or that nobody has', async () => {
    await write(1)
    const other = await createTenant(test.database)
    const stranger = await other.addVisitor()
    expect(await load(known({ organizationId: stranger.organizationId }))).toEqual([])
    expect(await load(known({ conversationId: stranger.sessionId }))).toEqual([])
  })

  it('shows in the versions of the inbox: messages, the end, the team’s marks; of these organizations only', async () => {
    const { organizationId } = visitor
    const other = await createTenant(test.database)
    await other.addConversation(await other.addVisitor())
    const versions = () => tenant.backend.loadVersions([organizationId], 0)
    expect(await versions()).toEqual([{ organizationId, conversationId, version: 1 }])
    expect(await tenant.backend.loadVersions([organizationId, other.organizationId], 0)).toHaveLength(2)

    const long = async () => {
      await test.database.system
        .updateTable('conversations')
        .set({ version_at: new Date('2020-01-01T00:00:00Z') })
        .where('id', '=', conversationId)
        .execute()
      expect(await versions()).toEqual([])
    }
    const writes: [write: () => Promise<unknown>, version: number][] = [
      [() => write(1), 2],
      [() => tenant.backend.markRead(agent, { conversationId, upToSeq: 1 }), 3],
      [() => tenant.backend.endConversation(visitor, { conversationId }), 4],
    ]
    for (const [change, version] of writes) {
      await long()
      await change()
      expect(await versions()).toEqual([{ organizationId, conversationId, version }])
    }
    await long()
    expect(await tenant.backend.loadVersions([organizationId], 100 * 365 * 24 * 3_600_000)).toHaveLength(1)
    await tenant.backend.markRead(visitor, { conversationId, upToSeq: 1 })
    expect(await versions()).toEqual([])
  })
})
