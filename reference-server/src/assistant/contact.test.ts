import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { type AssistantScene, openAssistantScene } from './testing/assistant-scene.js'

describe.each(TEST_DATABASES)('B14: a way to be reached that was asked for, on %s', (kind) => {
  let test: TestDatabase
  let scene: AssistantScene

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    scene = await openAssistantScene(test)
  })
  afterEach(() => scene.close())

  const traits = async () => {
    const { rows } = await sql<{ traits: unknown }>`
      select traits from visitor_sessions where id = ${scene.visitor.sessionId}::uuid`.execute(test.database.system)
    return rows[0]?.traits
  }
  const leads = () =>
    test.database.system
      .selectFrom('leads')
      .select(['email', 'phone', 'source', 'widget_id', 'page_url'])
      .where('organization_id', '=', scene.tenant.organizationId)
      .execute()

  it('[B14] L1: is a claim of theirs and one lead, however often it is left, and is confirmed', async () => {
    await scene.ask('What does it cost?')
    expect((await scene.words()).at(-1)).toContain('Leave your e-mail address or phone number')
    await scene.ask('Sure, you can write to me at Asha@Home.test')
    expect((await scene.words()).at(-1)).toBe('Thank you, a colleague gets back to you at asha@home.test.')
    await scene.ask('asha@home.test')
    await scene.ask('or call me on +91 98765 43210')
    expect(await traits()).toEqual({ email: 'asha@home.test', phone: '+919876543210' })
    const own = { source: 'chat_widget', widget_id: scene.visitor.widgetId, page_url: 'https://acme.test/prices' }
    expect(await leads()).toEqual([{ email: 'asha@home.test', phone: '+919876543210', ...own }])
    expect((await scene.decisions()).at(-1)).toMatchObject({ rule: 'L1', action: 'contact' })
    expect(await scene.summary()).toMatchObject({ status: 'open' })
  })

  it('[B14] L1: who is a lead already stays that one, in another conversation as well', async () => {
    for (const address of ['asha@home.test', 'ASHA@home.test']) {
      scene.visitor = await scene.tenant.addVisitor()
      scene.conversationId = await scene.tenant.addConversation(scene.visitor)
      await scene.ask('What does it cost?')
      await scene.ask(address)
      const { rows } = await sql`select lead_id from conversations where id = ${scene.conversationId}::uuid
        and lead_id is not null`.execute(test.database.system)
      expect(rows).toHaveLength(1)
    }
    expect(await leads()).toHaveLength(1)
  })

  it('[B14] C1: gives the conversation to the team, whose answer was promised', async () => {
    scene.teamOnline = false
    await scene.ask('Which wallaby enclosure thermostat firmware fits zeppelins?')
    expect((await scene.words()).at(-1)).toContain('Leave your e-mail address')
    await scene.ask('asha@home.test')
    expect((await scene.words()).at(-1)).toBe('Thank you, the team answers you here and at asha@home.test.')
    expect(await scene.summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
    expect(await scene.tickets()).toMatchObject([{ description: expect.stringContaining('wallaby') }])
    expect(await traits()).toEqual({ email: 'asha@home.test' })
    expect(await leads()).toEqual([])
  })

  it('[B14, B4] is understood while the team is waited for, and the conversation stays theirs', async () => {
    scene.teamOnline = false
    await scene.ask('get me an agent')
    for (const _ of [1, 2]) {
      await scene.ask('my number is 98765 43210')
      expect((await scene.words()).at(-1)).toBe('Thank you, the team answers you here and at 9876543210.')
    }
    expect(await traits()).toEqual({ phone: '9876543210' })
    expect(await scene.summary()).toMatchObject({ status: 'waiting' })
    expect((await scene.decisions()).map(({ rule, action }) => [rule, action])).toEqual([
      ['E1', 'hand_off'],
      ['L1', 'contact'],
      ['L1', 'contact'],
    ])
  })

  it('[B14] L1: whoever says somebody else’s address changes nothing of theirs', async () => {
    const begin = async () => {
      scene.visitor = await scene.tenant.addVisitor()
      scene.conversationId = await scene.tenant.addConversation(scene.visitor)
      await scene.ask('What does it cost?')
    }
    await begin()
    await scene.ask('asha@home.test')
    scene.later(60_000)
    await begin()
    await scene.ask('asha@home.test')
    await scene.ask('mallory@evil.test')
    expect((await leads()).map(({ email }) => email)).toEqual(['asha@home.test', 'mallory@evil.test'])
  })

  it('[B14] L1: puts right what they have left themselves', async () => {
    await scene.ask('What does it cost?')
    await scene.ask('asha@hom.test')
    await scene.ask('asha@home.test')
    expect((await leads()).map(({ email }) => email)).toEqual(['asha@home.test'])
  })

  it('[B14] L1: what is not known yet of a lead is added to it', async () => {
    for (const left of ['asha@home.test', 'asha@home.test or 98765 43210']) {
      scene.visitor = await scene.tenant.addVisitor()
      scene.conversationId = await scene.tenant.addConversation(scene.visitor)
      await scene.ask('What does it cost?')
      await scene.ask(left)
    }
    expect(await leads()).toMatchObject([{ email: 'asha@home.test', phone: '9876543210' }])
  })

  it('[B14] is left once: what is mentioned later is no address of theirs', async () => {
    await scene.ask('What does it cost?')
    await scene.ask('asha@home.test')
    await scene.ask('noreply@bank.test keeps writing, when are you open?')
    expect((await scene.words()).at(-1)).not.toContain('noreply@bank.test')
    expect(await traits()).toEqual({ email: 'asha@home.test' })
    expect(await leads()).toMatchObject([{ email: 'asha@home.test' }])
  })

  it('[B14, B4] an order’s number is kept for the team as the rest of its message is', async () => {
    scene.teamOnline = false
    await scene.ask('get me an agent')
    await scene.ask('my order number is 9876543210')
    expect((await scene.words()).at(-1)).toBe('Your message is kept for the team.')
    expect(await traits()).toBeNull()
  })
})
