import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { type AssistantScene, HOURS, openAssistantScene } from './testing/assistant-scene.js'

describe.each(TEST_DATABASES)('a conversation that the assistant hands over, on %s', (kind) => {
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

  it('[B4] E1: hands over in one step: status, ticket, and words that say where the visitor stands', async () => {
    await scene.ask('I want to talk to a human')
    expect(await scene.summary()).toMatchObject({ status: 'waiting', agent: null, waitingSince: expect.any(String) })
    const events = await scene.log()
    expect(events.slice(-2)).toMatchObject([
      { type: 'message.created', author: { kind: 'assistant' } },
      { type: 'conversation.changed', status: 'waiting', author: { kind: 'system' } },
    ])
    expect((await scene.words()).at(-1)).toContain('You are next')
    expect(await scene.tickets()).toMatchObject([
      {
        source: 'escalation',
        conversation_id: scene.conversationId,
        description: expect.stringContaining('a person was asked for'),
      },
    ])
  })

  it('[B4] E1: where nobody is there it says so, and later messages are kept and wait on', async () => {
    scene.teamOnline = false
    await scene.ask('get me an agent')
    expect((await scene.words()).at(-1)).toContain('nobody of the team is here')
    const { waitingSince } = await scene.summary()
    expect(waitingSince).not.toBeNull()
    await scene.ask('hello?')
    expect((await scene.words()).at(-1)).toBe('Your message is kept for the team.')
    expect(await scene.summary()).toMatchObject({ status: 'waiting', waitingSince })
  })

  it('[B4] hands over one conversation of a widget as well as the next, also where nobody is there', async () => {
    for (const there of [true, false, true, false]) {
      scene.teamOnline = there
      scene.visitor = await scene.tenant.addVisitor()
      scene.conversationId = await scene.tenant.addConversation(scene.visitor)
      await scene.ask('I want to talk to a human')
      expect(await scene.summary()).toMatchObject({ status: 'waiting' })
      expect((await scene.words()).at(-1)).toContain('I hand you over')
    }
  })

  it('says when the team is back, by the hours of the widget', async () => {
    scene.teamOnline = false
    const tomorrow = new Date(scene.tenant.now.value.getTime() + 24 * 3_600_000)
    const week = [{ day: scene.tenant.now.value.getUTCDay() + 1, from: '09:00', to: '17:00' }]
    await scene.change({ settings: { businessHours: { timeZone: 'UTC', week, exceptions: [] } } })
    await scene.ask('I want to talk to a human')
    const weekday = tomorrow.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    expect((await scene.words()).at(-1)).toContain(`They are back ${weekday}, 09:00 UTC.`)
  })

  it('[L1] [L6] says the place by the queue’s own order, among those that the same agents may take', async () => {
    const askFor = async (words: string) => {
      scene.visitor = await scene.tenant.addVisitor()
      scene.conversationId = await scene.tenant.addConversation(scene.visitor)
      await scene.ask(words)
      return (await scene.words()).at(-1)
    }
    expect(await askFor('I want to talk to a human')).toContain('You are next')
    scene.later(1_000)
    expect(await askFor('I want to talk to a human')).toContain('number 2')
    scene.later(1_000)
    expect(await askFor('There is an unauthorised charge on my card')).toContain('You are next')
    scene.later(1_000)
    // Of a department whose people serve no other, those before are not in its queue.
    const { organizationId } = scene.tenant
    const departments = ['01900000-0000-7000-8000-00000000d001', '01900000-0000-7000-8000-00000000d002']
    for (const [index, id] of departments.entries()) {
      const member = await scene.tenant.addMember()
      await sql`insert into departments (organization_id, id, name, description, created_at)
        values (${organizationId}::uuid, ${id}::uuid, ${`Department ${index}`}, '', now())`.execute(
        test.database.system,
      )
      await sql`insert into department_members (organization_id, department_id, member_id)
        values (${organizationId}::uuid, ${id}::uuid, ${member.memberId}::uuid)`.execute(test.database.system)
    }
    await sql`update conversations set department_id = ${departments[0]}::uuid
      where organization_id = ${organizationId}::uuid`.execute(test.database.system)
    scene.visitor = await scene.tenant.addVisitor()
    scene.conversationId = await scene.tenant.addConversation(scene.visitor)
    await sql`update conversations set department_id = ${departments[1]}::uuid
      where organization_id = ${organizationId}::uuid and id = ${scene.conversationId}::uuid`.execute(
      test.database.system,
    )
    await scene.ask('I want to talk to a human')
    expect((await scene.words()).at(-1)).toContain('You are next')
  })

  it('[B4] makes a ticket whose words are whole: no half of a number, and no half of a character', async () => {
    const words = `I want to talk to a human ${'x'.repeat(84)} 98765 43210`
    await scene.ask(words)
    const [ticket] = await scene.tickets()
    expect(`${ticket?.title}`).toMatch(/x$/)
    await test.database.system.updateTable('tickets').set({ status: 'solved' }).execute()
    await scene.end()
    await scene.ask(`I want to talk to a human ${'😡'.repeat(60)}`)
    expect(await scene.summary()).toMatchObject({ status: 'waiting' })
    expect((await scene.tickets()).at(-1)?.title).toMatch(/😡$/u)
  })

  it('[B4] makes no second ticket beside one that an agent has made', async () => {
    await scene.ask('I want to talk to a human')
    await sql`update tickets set source = 'manual'`.execute(test.database.system)
    await scene.end()
    await scene.ask('I want to talk to a human')
    expect(await scene.tickets()).toHaveLength(1)
  })

  it('[B4] hands over twice with one ticket while that is open', async () => {
    await scene.ask('I want to talk to a human')
    await scene.end()
    await scene.ask('I want to talk to a human')
    expect(await scene.summary()).toMatchObject({ status: 'waiting' })
    expect(await scene.tickets()).toHaveLength(1)
    await test.database.system.updateTable('tickets').set({ status: 'solved' }).execute()
    await scene.end()
    await scene.ask('I want to talk to a human')
    expect(await scene.tickets()).toHaveLength(2)
  })

  describe('B4: a hand-off that fails', () => {
    /** From now on no ticket can be made. */
    const breakTickets = () =>
      sql`create or replace function no_ticket() returns trigger language plpgsql as $$
        begin raise exception 'no ticket today'; end $$;`
        .execute(test.database.system)
        .then(() =>
          sql`create trigger no_ticket before insert on tickets for each row execute function no_ticket()`.execute(
            test.database.system,
          ),
        )
    const mendTickets = () => sql`drop trigger if exists no_ticket on tickets`.execute(test.database.system)
    afterEach(() => mendTickets())

    it.each([true, false])(
      '[B4] leaves the visitor with the team, and its ticket is made later, once (%s)',
      async (there) => {
        scene.teamOnline = there
        await breakTickets()
        await scene.ask('There is an unauthorised charge on my card')
        expect(await scene.words()).toEqual(['Your message is saved for the team, and they answer you here.'])
        expect(await scene.summary()).toMatchObject({
          status: 'waiting',
          priority: 'urgent',
          waitingSince: expect.any(String),
        })
        expect(await scene.decisions()).toMatchObject([{ rule: 'E4', action: 'hand_off', seq: 2 }])
        scene.later(10_000)
        await scene.settle()
        expect(await scene.tickets()).toEqual([])
        await mendTickets()
        // Not at once: it was tried just now.
        await scene.settle()
        expect(await scene.tickets()).toEqual([])
        scene.later(10_000)
        const second = scene.create()
        await Promise.all([second.sweep(), scene.settle()])
        await second.idle()
        scene.later(10_000)
        await scene.settle()
        expect(await scene.tickets()).toMatchObject([
          {
            source: 'escalation',
            conversation_id: scene.conversationId,
            description: expect.stringContaining('the keyword "unauthorised"'),
          },
        ])
        await second.close()
        // Where somebody is there nothing is left that each later message would be looked at for.
        const { rows: kept } = await sql`
          select from assistant_floors where conversation_id = ${scene.conversationId}::uuid`.execute(
          test.database.system,
        )
        expect(kept).toHaveLength(there ? 0 : 1)
        await scene.ask('hello?')
        expect((await scene.words()).slice(1)).toEqual(there ? [] : ['Your message is kept for the team.'])
      },
    )

    it('[B4] makes the ticket although an agent has taken the conversation meanwhile', async () => {
      await breakTickets()
      await scene.ask('I want to talk to a human')
      await scene.say('I take this one.', scene.agent)
      await mendTickets()
      scene.later(20_000)
      await scene.settle()
      expect(await scene.tickets()).toHaveLength(1)
      expect(await scene.said()).toHaveLength(1)
    })

    it('[B4] makes none for a conversation that is over by then', async () => {
      await breakTickets()
      await scene.ask('I want to talk to a human')
      await scene.end()
      await mendTickets()
      scene.later(20_000)
      await scene.settle()
      expect(await scene.tickets()).toEqual([])
    })
  })

  it('E3: tickets that stood when an agent ended the conversation call for nobody again', async () => {
    await scene.ask('I want to talk to a human')
    await sql`update tickets set created_at = created_at - interval '49 hours'`.execute(test.database.system)
    scene.later(1)
    await scene.end()
    scene.later(1)
    await scene.ask(HOURS)
    expect((await scene.decisions()).map(({ rule }) => rule)).toEqual(['E1', 'A1'])
  })

  it('E4: an alarm is urgent for the team', async () => {
    await scene.ask('There is an unauthorised charge on my card')
    expect(await scene.summary()).toMatchObject({ status: 'waiting', priority: 'urgent' })
  })
})
