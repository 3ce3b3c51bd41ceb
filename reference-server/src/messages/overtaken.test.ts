import { type SaidPart, textOf } from '@chatdesk/protocol'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Actor, MemberActor, VisitorActor } from '../organizations/actor.js'
import { authorOf } from '../realtime/index.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import type { MessageDraft } from './append.js'
import { findContested } from './contested.js'

describe.each(TEST_DATABASES)('two who answer on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let visitor: VisitorActor
  let asha: MemberActor
  let ravi: MemberActor
  let conversationId: string

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    visitor = await tenant.addVisitor()
    asha = await tenant.addMember()
    ravi = await tenant.addMember()
    conversationId = await tenant.addConversation(visitor)
    await say(visitor, 'hello?')
    tenant.changes.length = 0
  })

  const say = (actor: Actor, text: string, seenSeq?: number, clientMessageId = tenant.clientId()) => {
    const parts: SaidPart[] = [{ type: 'text', text }]
    return tenant.backend.appendMessage(actor, { conversationId, clientMessageId, parts, seenSeq })
  }
  const texts = async () => {
    const { events } = await tenant.backend.syncConversation(asha, { conversationId })
    return events.flatMap((event) => (event.type === 'message.created' ? [textOf(event.parts)] : []))
  }

  it('[C19] refuses what a colleague has overtaken, appends nothing and tells nobody', async () => {
    await say(asha, 'first', 1)
    const told = tenant.changes.length
    await expect(say(ravi, 'second', 1)).rejects.toMatchObject({ code: 'OVERTAKEN', retryable: false })
    expect(await texts()).toEqual(['hello?', 'first'])
    expect(tenant.changes.slice(told).flatMap(({ events }) => events)).toEqual([])
  })

  it('[C19] takes it when its author has seen the answer, or does not say', async () => {
    await say(asha, 'first', 1)
    await say(ravi, 'second', 3)
    await say(asha, 'third')
    expect(await texts()).toEqual(['hello?', 'first', 'second', 'third'])
  })

  it('[C19] minds no words of the visitor, of oneself or of the system, and none of a visitor', async () => {
    await say(asha, 'one', 1)
    await say(visitor, 'and another thing')
    await say(asha, 'two', 1)
    await say(visitor, 'thanks', 0)
    await expect(say(ravi, 'three', 3)).rejects.toMatchObject({ code: 'OVERTAKEN' })
    await say(ravi, 'three', 5)
    expect(await texts()).toEqual(['hello?', 'one', 'and another thing', 'two', 'thanks', 'three'])
  })

  it('[C19] [Q3] answers a repeat as before, whoever has spoken since, and takes what was refused under its id', async () => {
    const first = await say(ravi, 'mine', 1, 'client-id-1')
    await say(asha, 'and mine', 3)
    expect(await say(ravi, 'mine', 1, 'client-id-1')).toEqual(first)
    await expect(say(ravi, 'late', 3, 'client-id-2')).rejects.toMatchObject({ code: 'OVERTAKEN' })
    await say(ravi, 'late', 4, 'client-id-2')
    await expect(say(ravi, 'other words', 5, 'client-id-2')).rejects.toMatchObject({ code: 'ID_REUSED' })
    expect(await texts()).toEqual(['hello?', 'mine', 'and mine', 'late'])
  })

  it('[C19] of those who answer at once one is faster, and the others are told', async () => {
    const crowd = [asha, ravi, ...(await Promise.all(Array.from({ length: 6 }, () => tenant.addMember())))]
    const answers = await Promise.allSettled(
      crowd.flatMap((actor, n) => [say(actor, `${n} a`, 1), say(visitor, `v${n}`), say(actor, `${n} b`, 1)]),
    )
    const refused = answers.filter((answer) => answer.status === 'rejected')
    expect(refused.map(({ reason }) => reason.code)).toEqual(Array(14).fill('OVERTAKEN'))
    expect((await texts()).filter((text) => / [ab]$/.test(text))).toEqual(['0 a', '0 b'])
  })

  it('[C19] [Q7] keeps the order of each author while somebody waits for the log to decide', async () => {
    const [one, two] = [tenant.addVisitor(), tenant.addVisitor()]
    await Promise.all([one, two])
    await Promise.allSettled([
      say(asha, 'a1'),
      say(ravi, 'r1', 1),
      say(visitor, 'v1'),
      say(asha, 'a2'),
      say(ravi, 'r2'),
      say(visitor, 'v2'),
    ])
    const said = await texts()
    for (const author of ['a', 'r', 'v']) {
      const own = said.filter((text) => text.startsWith(author))
      expect(own).toEqual([...own].sort())
    }
    expect(said).toHaveLength(6)
    expect(said).not.toContain('r1')
  })
})

describe('findContested', () => {
  const draft = (name: string, seenSeq?: number, over: Partial<MessageDraft> = {}): MessageDraft => ({
    id: 'id',
    organizationId: 'o',
    conversationId: 'c',
    author: { kind: 'agent', id: name, name },
    ownerSessionId: null,
    clientMessageId: 'm',
    parts: [],
    seenSeq,
    ...over,
  })
  const contested = (...drafts: MessageDraft[]) => [...findContested(drafts)]

  it('[C19] holds back what follows a colleague’s in the same conversation of the same organization, and all behind it there', () => {
    expect(contested(draft('a', 1), draft('b', 1), draft('a', 1), draft('b'))).toEqual([1, 2, 3])
    expect(contested(draft('a', 1), draft('a', 1), draft('b'))).toEqual([])
    expect(
      contested(draft('a', 1), draft('b', 1, { conversationId: 'd' }), draft('c', 1, { organizationId: 'p' })),
    ).toEqual([])
    const visitor = draft('v', undefined, { author: authorOf({ kind: 'visitor' } as VisitorActor) })
    expect(contested(visitor, draft('b', 1))).toEqual([])
  })
})
