import type { LogEvent, MessagePart } from '@chatdesk/protocol'
import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ConversationsContext, rateMessage } from '../conversations/index.js'
import { createChangeFeed, createMessageLog } from '../messages/index.js'
import type { MemberActor, VisitorActor } from '../organizations/actor.js'
import { createIdGenerator } from '../platform/ids.js'
import { silentLogger } from '../platform/logger.js'
import { createBackend } from '../server-backend.js'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createWidgetFeed, updateWidget, type WidgetFeed, type WidgetInput } from '../widgets/index.js'
import { type Assistant, createAssistant } from './assistant.js'

const HOURS = 'When are you open?'

describe.each(TEST_DATABASES)('the assistant in a conversation, on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let visitor: VisitorActor
  let agent: MemberActor
  let conversationId: string
  let assistant: Assistant
  let teamOnline: boolean
  let widgetFeed: WidgetFeed
  let timers: (() => void)[]
  /** How long they wait, in milliseconds, of all that were ever set. */
  let delays: number[]
  /** Turns ask for it: what it waits for, they wait for. */
  let teamIsAsked: () => Promise<void>

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    visitor = await tenant.addVisitor()
    agent = await tenant.addMember()
    teamOnline = true
    widgetFeed = createWidgetFeed()
    timers = []
    delays = []
    teamIsAsked = async () => {}
    await switchOn(true)
    conversationId = await tenant.addConversation(visitor)
    assistant = create()
    return () => assistant.close()
  })

  const create = ({ messages, feed: changes } = tenant) =>
    createAssistant({
      ...{ database: test.database, messages, changes, logger: silentLogger, widgetFeed },
      clock: () => tenant.now.value,
      generateId: createIdGenerator(),
      timers: {
        setTimeout(run, ms) {
          timers.push(run)
          delays.push(ms)
          return () => {
            timers = timers.filter((other) => other !== run)
          }
        },
      },
      async isTeamThere() {
        await teamIsAsked()
        return teamOnline
      },
      speak: () => ({ say() {}, end() {}, drop() {} }),
    })
  const change = (said: WidgetInput) =>
    test.database.transaction(tenant.organizationId, (transaction) =>
      updateWidget(
        transaction,
        { organizationId: tenant.organizationId, widgetId: visitor.widgetId, now: tenant.now.value },
        said,
      ),
    )
  const switchOn = (on: boolean) => change({ assistant: on })
  const later = (ms: number) => {
    tenant.now.value = new Date(tenant.now.value.getTime() + ms)
  }
  const say = async (text: string, who: VisitorActor | MemberActor = visitor, { backend } = tenant) => {
    later(1)
    const parts: MessagePart[] = [{ type: 'text', text }]
    await backend.appendMessage(who, { conversationId, clientMessageId: tenant.clientId(), parts })
    await tenant.messages.idle()
  }
  /** Another node, which tells this one nothing. */
  const otherNode = (): Tenant => {
    const { database } = test
    const changes = createChangeFeed(() => {})
    const context = { database, changes, clock: () => tenant.now.value, generateId: createIdGenerator() }
    const messages = createMessageLog(context)
    return { ...tenant, messages, feed: changes, backend: createBackend({ ...context, messages, widgetFeed }) }
  }
  /** Another node begins with this, and is heard of no more. */
  const dieWith = async (text: string) => {
    const node = otherNode()
    const dying = create(node)
    await say(text, visitor, node)
    await dying.idle()
    await node.messages.idle()
    timers = []
  }
  /** Until nothing is under way. */
  const settle = async () => {
    await assistant.sweep()
    await assistant.idle()
    await tenant.messages.idle()
  }
  const think = async () => {
    await settle()
    for (const run of timers.splice(0)) run()
    await settle()
  }
  const ask = async (text: string) => {
    await say(text)
    await think()
  }
  const log = async (): Promise<LogEvent[]> =>
    (await tenant.backend.loadHistory(agent, { conversationId, limit: 100 })).events
  const said = async () =>
    (await log()).flatMap((event) =>
      event.type === 'message.created' && event.author.kind === 'assistant' ? [event.parts] : [],
    )
  const words = async () => (await said()).map((parts) => parts.map(({ text }) => text).join(' '))
  const summary = async () => {
    const [row] = await tenant.backend.loadSummaries(tenant.organizationId, [conversationId])
    if (!row) throw new Error('no row')
    return row
  }
  const decisions = async () => {
    const { rows } = await sql<{ rule: string; action: string; band: string | null; seq: number | null }>`
      select rule, action, band, seq from assistant_turns where conversation_id = ${conversationId}::uuid
      order by decided_at, id`.execute(test.database.system)
    return rows
  }

  const tickets = () =>
    test.database.system
      .selectFrom('tickets')
      .select(['source', 'conversation_id', 'description'])
      .where('organization_id', '=', tenant.organizationId)
      .execute()

  it('[C2, B1] begins what a visitor begins, where its widget has it; elsewhere the team is waited for', async () => {
    expect(await summary()).toMatchObject({ status: 'open' })
    await switchOn(false)
    const other = await tenant.addConversation(await tenant.addVisitor())
    const [row] = await tenant.backend.loadSummaries(tenant.organizationId, [other])
    expect(row).toMatchObject({ status: 'waiting' })
    await switchOn(true)
  })

  it('goes by what its widget says of it: how sure it must be, and which words call for a person', async () => {
    await change({ assistantPolicy: { ...DEFAULT_ASSISTANT_POLICY, answerAt: 1, keywords: ['allergy'] } })
    await ask(HOURS)
    expect(await decisions()).toMatchObject([{ rule: 'A2', action: 'suggest', band: 'middle' }])
    await ask('There was an allergy')
    expect(await decisions()).toMatchObject([{ rule: 'A2' }, { rule: 'E4', action: 'hand_off' }])
    await expect(
      change({ assistantPolicy: { ...DEFAULT_ASSISTANT_POLICY, answerAt: 0.1, suggestAt: 0.2 } }),
    ).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'assistantPolicy.suggestAt' })
  })

  it('[B1] A1: answers with a document’s own words and names it, and keeps how sure it was', async () => {
    await ask(HOURS)
    const [answer] = await words()
    expect(answer).toContain('You can write at any time.')
    expect(answer).toContain('_From: ')
    expect(await summary()).toMatchObject({ status: 'open', waitingSince: null })
    expect(await decisions()).toMatchObject([{ rule: 'A1', action: 'answer', band: 'high', seq: 2 }])
    const { rows } = await sql<{ confidence: number; entry: string }>`
      select confidence, knowledge_entry_id as entry from answer_sources
      where conversation_id = ${conversationId}::uuid and seq = 2`.execute(test.database.system)
    expect(rows).toEqual([{ confidence: expect.any(Number), entry: expect.any(String) }])
  })

  it('C1: says that it does not know, offers a person, and the question is a gap', async () => {
    await ask('Which wallaby enclosure thermostat firmware fits zeppelins?')
    expect(await decisions()).toMatchObject([{ rule: 'C1', band: 'low' }])
    expect((await said())[0]).toMatchObject([{ type: 'choices', choices: [{ id: 'person' }] }])
    const gaps = await test.database.system
      .selectFrom('knowledge_gaps')
      .select('question')
      .where('organization_id', '=', tenant.organizationId)
      .execute()
    expect(gaps).toMatchObject([{ question: expect.stringContaining('wallaby') }])
  })

  it.each(['hi', 'ok', 'thanks', '👍', 'asha@home.test'])('no gap is left by %s', async (text) => {
    await ask(text)
    expect(await said()).toHaveLength(1)
    expect(await words()).not.toContain(expect.stringContaining('do not know'))
    const gaps = await test.database.system
      .selectFrom('knowledge_gaps')
      .select('question')
      .where('organization_id', '=', tenant.organizationId)
      .execute()
    expect(gaps).toEqual([])
  })

  it('A1: answers a question that ends with thanks', async () => {
    await ask('When are you open? thanks')
    expect((await words()).at(-1)).toContain('You can write at any time.')
  })

  describe('J2, B9: an answer that did not help', () => {
    const rate = async (seq: number, helpful: boolean, who = visitor) => {
      later(1)
      await rateMessage(
        { database: test.database, changes: tenant.feed, clock: () => tenant.now.value } as ConversationsContext,
        who,
        { conversationId, seq, helpful },
      )
      await settle()
    }
    const offers = async () => (await words()).filter((one) => one.includes('sorry that this did not help'))

    it('[B9] is followed at once by the offer of a person, once a message, and logged with rule and reason', async () => {
      await ask(HOURS)
      await rate(2, true)
      expect(await offers()).toEqual([])
      await rate(2, false)
      expect((await said()).at(-1)).toMatchObject([{ type: 'choices', choices: [{ id: 'person' }] }])
      await rate(2, true)
      await rate(2, false)
      // Nor for the offer itself.
      await rate(3, false)
      expect(await offers()).toHaveLength(1)
      expect((await decisions()).at(-1)).toMatchObject({ rule: 'C1', action: 'not_helpful', band: null, seq: 3 })
      const { rows } = await sql<{ reason: string; rated: number[] }>`
        select reason, inputs -> 'rated' as rated from assistant_turns
        where conversation_id = ${conversationId}::uuid and action = 'not_helpful'`.execute(test.database.system)
      expect(rows).toEqual([{ reason: 'what was said did not help', rated: [2] }])
      await ask('yes please')
      expect(await summary()).toMatchObject({ status: 'waiting' })
    })

    it('[B9] where nobody is there asks for an address, and gives what it is left to the team', async () => {
      teamOnline = false
      await ask(HOURS)
      await rate(2, false)
      expect((await words()).at(-1)).toContain('Leave your e-mail address')
      await ask('asha@home.test')
      expect(await summary()).toMatchObject({ status: 'waiting' })
    })

    it('[B9, B2] says nothing where a person has it, or it is over', async () => {
      await ask(HOURS)
      await say('I take this one.', agent)
      await rate(2, false)
      await tenant.backend.endConversation(agent, { conversationId })
      await rate(2, true)
      await rate(2, false)
      expect(await offers()).toEqual([])
    })

    it('[B9, B3] waits for the answer to what is asked meanwhile', async () => {
      await ask(HOURS)
      await say('What do you offer?')
      await settle()
      await rate(2, false)
      expect(await said()).toHaveLength(1)
      await think()
      expect(await said()).toHaveLength(3)
      expect(await offers()).toHaveLength(1)
    })

    it('[B9] of two nodes one offers', async () => {
      const second = create()
      await ask(HOURS)
      await rate(2, false)
      await second.idle()
      await settle()
      expect(await offers()).toHaveLength(1)
      await second.close()
    })
  })

  describe('B10: a way to be reached that was asked for', () => {
    const traits = async () => {
      const { rows } = await sql<{ traits: unknown }>`
        select traits from visitor_sessions where id = ${visitor.sessionId}::uuid`.execute(test.database.system)
      return rows[0]?.traits
    }
    const leads = () =>
      test.database.system
        .selectFrom('leads')
        .select(['email', 'phone', 'source', 'widget_id', 'page_url'])
        .where('organization_id', '=', tenant.organizationId)
        .execute()

    it('[B10] L1: is a claim of theirs and one lead, however often it is left, and is confirmed', async () => {
      await ask('What does it cost?')
      expect((await words()).at(-1)).toContain('Leave your e-mail address or phone number')
      await ask('Sure, you can write to me at Asha@Home.test')
      expect((await words()).at(-1)).toBe('Thank you, a colleague gets back to you at asha@home.test.')
      await ask('asha@home.test')
      await ask('or call me on +91 98765 43210')
      expect(await traits()).toEqual({ email: 'asha@home.test', phone: '+919876543210' })
      const own = { source: 'chat_widget', widget_id: visitor.widgetId, page_url: 'https://acme.test/prices' }
      expect(await leads()).toEqual([{ email: 'asha@home.test', phone: '+919876543210', ...own }])
      expect((await decisions()).at(-1)).toMatchObject({ rule: 'L1', action: 'contact' })
      expect(await summary()).toMatchObject({ status: 'open' })
    })

    it('[B10] L1: who is a lead already stays that one, in another conversation as well', async () => {
      for (const address of ['asha@home.test', 'ASHA@home.test']) {
        visitor = await tenant.addVisitor()
        conversationId = await tenant.addConversation(visitor)
        await ask('What does it cost?')
        await ask(address)
        const { rows } = await sql`select lead_id from conversations where id = ${conversationId}::uuid
          and lead_id is not null`.execute(test.database.system)
        expect(rows).toHaveLength(1)
      }
      expect(await leads()).toHaveLength(1)
    })

    it('[B10] C1: gives the conversation to the team, whose answer was promised', async () => {
      teamOnline = false
      await ask('Which wallaby enclosure thermostat firmware fits zeppelins?')
      expect((await words()).at(-1)).toContain('Leave your e-mail address')
      await ask('asha@home.test')
      expect((await words()).at(-1)).toBe('Thank you, the team answers you here and at asha@home.test.')
      expect(await summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
      expect(await tickets()).toMatchObject([{ description: expect.stringContaining('wallaby') }])
      expect(await traits()).toEqual({ email: 'asha@home.test' })
      expect(await leads()).toEqual([])
    })

    it('[B10, B4] is understood while the team is waited for, and the conversation stays theirs', async () => {
      teamOnline = false
      await ask('get me an agent')
      for (const _ of [1, 2]) {
        await ask('my number is 98765 43210')
        expect((await words()).at(-1)).toBe('Thank you, the team answers you here and at 9876543210.')
      }
      expect(await traits()).toEqual({ phone: '9876543210' })
      expect(await summary()).toMatchObject({ status: 'waiting' })
      expect((await decisions()).map(({ rule, action }) => [rule, action])).toEqual([
        ['E1', 'hand_off'],
        ['L1', 'contact'],
        ['L1', 'contact'],
      ])
    })
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
        teamOnline = there
        await breakTickets()
        await ask('There is an unauthorised charge on my card')
        expect(await words()).toEqual(['Your message is saved for the team, and they answer you here.'])
        expect(await summary()).toMatchObject({
          status: 'waiting',
          priority: 'urgent',
          waitingSince: expect.any(String),
        })
        expect(await decisions()).toMatchObject([{ rule: 'E4', action: 'hand_off', seq: 2 }])
        later(10_000)
        await settle()
        expect(await tickets()).toEqual([])
        await mendTickets()
        // Not at once: it was tried just now.
        await settle()
        expect(await tickets()).toEqual([])
        later(10_000)
        const second = create()
        await Promise.all([second.sweep(), settle()])
        await second.idle()
        later(10_000)
        await settle()
        expect(await tickets()).toMatchObject([
          { source: 'escalation', conversation_id: conversationId, description: expect.stringContaining('rule E4') },
        ])
        await second.close()
        await ask('hello?')
        expect((await words()).slice(1)).toEqual(there ? [] : ['Your message is kept for the team.'])
      },
    )

    it('[B4] makes the ticket although an agent has taken the conversation meanwhile', async () => {
      await breakTickets()
      await ask('I want to talk to a human')
      await say('I take this one.', agent)
      await mendTickets()
      later(20_000)
      await settle()
      expect(await tickets()).toHaveLength(1)
      expect(await said()).toHaveLength(1)
    })

    it('[B4] makes none for a conversation that is over by then', async () => {
      await breakTickets()
      await ask('I want to talk to a human')
      await tenant.backend.endConversation(agent, { conversationId })
      await mendTickets()
      later(20_000)
      await settle()
      expect(await tickets()).toEqual([])
    })
  })

  it('E3: tickets that stood when an agent ended the conversation call for nobody again', async () => {
    await ask('I want to talk to a human')
    await sql`update tickets set created_at = created_at - interval '49 hours'`.execute(test.database.system)
    later(1)
    await tenant.backend.endConversation(agent, { conversationId })
    later(1)
    await ask(HOURS)
    expect((await decisions()).map(({ rule }) => rule)).toEqual(['E1', 'A1'])
  })

  it('threat 73: a gap keeps placeholders in place of personal data', async () => {
    await ask('मेरा नंबर ९८७६५४३२१० है, wallaby zeppelin quokka, pan ABCPE1234F, mail me @ acme.test, otp is 482')
    const gaps = await test.database.system
      .selectFrom('knowledge_gaps')
      .select(['asked', 'question'])
      .where('organization_id', '=', tenant.organizationId)
      .execute()
    expect(gaps).toEqual([
      {
        asked: 'मेरा नंबर phone 1 है wallaby zeppelin quokka pan tax id 1 mail email 1 otp is otp 1',
        question: 'मेरा नंबर [PHONE_1] है, wallaby zeppelin quokka, pan [TAX_ID_1], mail [EMAIL_1], otp is [OTP_1]',
      },
    ])
  })

  it('[B4] E1: hands over in one step: status, ticket, and words that say where the visitor stands', async () => {
    await ask('I want to talk to a human')
    expect(await summary()).toMatchObject({ status: 'waiting', agent: null, waitingSince: expect.any(String) })
    const events = await log()
    expect(events.slice(-2)).toMatchObject([
      { type: 'message.created', author: { kind: 'assistant' } },
      { type: 'conversation.changed', status: 'waiting', author: { kind: 'system' } },
    ])
    expect((await words()).at(-1)).toContain('You are next')
    expect(await tickets()).toMatchObject([
      { source: 'escalation', conversation_id: conversationId, description: expect.stringContaining('rule E1') },
    ])
  })

  it('says when the team is back, by the hours of the widget', async () => {
    teamOnline = false
    const tomorrow = new Date(tenant.now.value.getTime() + 24 * 3_600_000)
    const week = [{ day: tenant.now.value.getUTCDay() + 1, from: '09:00', to: '17:00' }]
    await change({ settings: { businessHours: { timeZone: 'UTC', week, exceptions: [] } } })
    await ask('I want to talk to a human')
    const weekday = tomorrow.toLocaleDateString('en', { weekday: 'long', timeZone: 'UTC' })
    expect((await words()).at(-1)).toContain(`They are back ${weekday}, 09:00 UTC.`)
  })

  it('[B4] hands over one conversation of a widget as well as the next, also where nobody is there', async () => {
    for (const there of [true, false, true, false]) {
      teamOnline = there
      visitor = await tenant.addVisitor()
      conversationId = await tenant.addConversation(visitor)
      await ask('I want to talk to a human')
      expect(await summary()).toMatchObject({ status: 'waiting' })
      expect((await words()).at(-1)).toContain('I hand you over')
    }
  })

  it('[B4] E1: where nobody is there it says so, and later messages are kept and wait on', async () => {
    teamOnline = false
    await ask('get me an agent')
    expect((await words()).at(-1)).toContain('nobody of the team is here')
    const { waitingSince } = await summary()
    expect(waitingSince).not.toBeNull()
    await ask('hello?')
    expect((await words()).at(-1)).toBe('Your message is kept for the team.')
    expect(await summary()).toMatchObject({ status: 'waiting', waitingSince })
  })

  it('[B4] hands over twice with one ticket while that is open', async () => {
    await ask('I want to talk to a human')
    await tenant.backend.endConversation(agent, { conversationId })
    await ask('I want to talk to a human')
    expect(await summary()).toMatchObject({ status: 'waiting' })
    expect(await tickets()).toHaveLength(1)
    await test.database.system.updateTable('tickets').set({ status: 'solved' }).execute()
    await tenant.backend.endConversation(agent, { conversationId })
    await ask('I want to talk to a human')
    expect(await tickets()).toHaveLength(2)
  })

  it('E4: an alarm is urgent for the team', async () => {
    await ask('There is an unauthorised charge on my card')
    expect(await summary()).toMatchObject({ status: 'waiting', priority: 'urgent' })
  })

  it('[B3] one answer for a burst, 700 ms after the last of it', async () => {
    await say('Hello')
    await settle()
    await say(HOURS)
    await settle()
    expect(timers).toHaveLength(1)
    expect(delays).toEqual([700, 700])
    await think()
    expect(await said()).toHaveLength(1)
    expect((await words())[0]).toContain('_From: ')
  })

  it('[B3] a newer message takes the place of an answer that is under way', async () => {
    await say('Hello')
    await settle()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    teamIsAsked = () => held
    for (const run of timers.splice(0)) run()
    await say(HOURS)
    await expect.poll(() => timers.length).toBe(1)
    goOn()
    await settle()
    expect(await said()).toEqual([])
    await think()
    expect(await said()).toHaveLength(1)
    expect((await words())[0]).toContain('_From: ')
  })

  it('[B5] says that it could not finish when its turn fails', async () => {
    teamIsAsked = async () => {
      throw new Error('nobody knows')
    }
    await ask(HOURS)
    expect(await words()).toEqual(['I could not finish an answer. Ask again, or ask for a colleague.'])
    expect(await summary()).toMatchObject({ status: 'open', waitingSince: null })
  })

  it('[B2] never speaks after an agent did, however late its turn comes', async () => {
    await say(HOURS)
    await settle()
    await say('I take this one.', agent)
    await think()
    expect(await said()).toEqual([])
    expect(await summary()).toMatchObject({ status: 'assigned' })
    await ask('And on Sunday?')
    expect(await said()).toEqual([])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['ended', () => tenant.backend.endConversation(agent, { conversationId })],
    [
      'assigned',
      () =>
        tenant.messages.move({
          ...{ organizationId: tenant.organizationId, conversationId },
          move: { to: 'agent', agent: { kind: 'agent', id: agent.memberId, name: agent.name } },
        }),
    ],
    [
      'released to the queue',
      () => tenant.messages.move({ organizationId: tenant.organizationId, conversationId, move: { to: 'queue' } }),
    ],
  ])('[B2] says nothing in a conversation that was %s while it thought', async (_name, act) => {
    await say(HOURS)
    await settle()
    later(1)
    await act()
    await think()
    expect(await said()).toEqual([])
  })

  it('[B1] begins anew in an episode of its own when the visitor writes after the end', async () => {
    await ask('I want to talk to a human')
    await tenant.backend.endConversation(agent, { conversationId })
    await ask(HOURS)
    expect(await summary()).toMatchObject({ status: 'open' })
    expect((await decisions()).map(({ rule }) => rule)).toEqual(['E1', 'A1'])
  })

  it('of two nodes one answers', async () => {
    const second = create()
    await say(HOURS)
    await settle()
    await second.sweep()
    for (const run of timers.splice(0)) run()
    await Promise.all([assistant.idle(), second.idle()])
    await settle()
    expect(await said()).toHaveLength(1)
    await second.close()
  })

  it('finds what a node has left before it began', async () => {
    await assistant.close()
    await say(HOURS)
    assistant = create()
    await think()
    expect(await said()).toEqual([])
    later(2_000)
    await think()
    expect(await said()).toHaveLength(1)
  })

  it('[B5] says that it could not finish when a node died with a turn', async () => {
    await dieWith(HOURS)
    later(34_000)
    await think()
    expect(await said()).toEqual([])
    later(2_000)
    await think()
    expect(await words()).toEqual(['I could not finish an answer. Ask again, or ask for a colleague.'])
    expect(await summary()).toMatchObject({ waitingSince: null })
  })

  it('[B5] finds a turn that a node died with behind any number of those that agents have ended', async () => {
    for (let taken = 0; taken < 100; taken++) await tenant.addConversation(visitor)
    await sql`
      insert into assistant_floors (organization_id, conversation_id, owner_version, phase, until)
      select organization_id, id, owner_version, '{"name":"bot_thinking"}', ${tenant.now.value}::timestamptz
      from conversations k where organization_id = ${tenant.organizationId}::uuid and id <> ${conversationId}::uuid
    `.execute(test.database.system)
    // As a takeover does: whoever takes it knows nothing of the assistant.
    await sql`
      update conversations set status = 'assigned', agent_id = ${agent.memberId}::uuid
      where organization_id = ${tenant.organizationId}::uuid and id <> ${conversationId}::uuid
    `.execute(test.database.system)
    await dieWith(HOURS)
    later(36_000)
    await settle()
    expect(await words()).toEqual(['I could not finish an answer. Ask again, or ask for a colleague.'])
    const { rows } = await sql`
      select from assistant_floors where organization_id = ${tenant.organizationId}::uuid`.execute(test.database.system)
    expect(rows).toEqual([])
  })

  it('[B1, C18] switched off, leaves what is open to the team: in the queue whoever waits for an answer', async () => {
    await ask(HOURS)
    const answered = conversationId
    conversationId = await tenant.addConversation(visitor)
    await say(HOURS)
    await assistant.idle()
    await switchOn(false)
    widgetFeed.emit({ organizationId: tenant.organizationId, widgetId: visitor.widgetId })
    await think()
    expect(await summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
    expect(await said()).toEqual([])
    expect((await log()).at(-1)).toMatchObject({ type: 'conversation.changed', status: 'waiting', agent: null })
    expect(tenant.changes.at(-1)?.events).toMatchObject([{ type: 'conversation.changed', status: 'waiting' }])
    conversationId = answered
    expect(await summary()).toMatchObject({ status: 'waiting', waitingSince: null })
    expect(await said()).toHaveLength(1)
    expect(await tickets()).toEqual([])
  })

  it('[B1] switched off unheard, says nothing more, and what is asked of it is the team’s', async () => {
    await ask(HOURS)
    await switchOn(false)
    await ask('And on Sunday?')
    expect(await said()).toHaveLength(1)
    expect(await summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
  })

  it.each(['before it begins', 'while it is about it'])(
    '[B1] switched off %s, does not finish its turn',
    async (when) => {
      await say(HOURS)
      await settle()
      if (when === 'before it begins') await switchOn(false)
      else teamIsAsked = async () => switchOn(false).then(() => {})
      await think()
      expect(await said()).toEqual([])
      expect(await summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
    },
  )

  it('where nobody is there and it is switched off, keeps nothing for the team in its own words', async () => {
    teamOnline = false
    await ask('get me an agent')
    await switchOn(false)
    await ask('hello?')
    expect(await said()).toHaveLength(1)
  })

  it('[B3, B5] does not say an answer behind a message that it was not told of, and answers both', async () => {
    await say('Hello')
    await settle()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    teamIsAsked = () => held
    for (const run of timers.splice(0)) run()
    await say(HOURS, visitor, otherNode())
    goOn()
    await assistant.idle()
    expect(await said()).toEqual([])
    await think()
    expect(await said()).toHaveLength(1)
    expect((await words())[0]).toContain('_From: ')
    expect(await summary()).toMatchObject({ waitingSince: null })
  })

  it('[B3, B5] answers all of a burst that a node has left', async () => {
    await say(HOURS, visitor, otherNode())
    await say('thanks', visitor, otherNode())
    later(3_000)
    await think()
    expect(await said()).toHaveLength(1)
    expect((await words())[0]).toContain('_From: ')
  })

  it('answers once what it is told twice, or when it is answered already', async () => {
    await ask(HOURS)
    for (const change of tenant.changes.filter((one) => one.conversationId === conversationId)) tenant.feed.emit(change)
    await think()
    expect(await said()).toHaveLength(1)
    expect(await decisions()).toHaveLength(1)
    expect(await summary()).toMatchObject({ status: 'open' })
  })

  it('takes up what a node has not begun with that was closed in good order', async () => {
    const node = otherNode()
    const going = create(node)
    await say(HOURS, visitor, node)
    await going.idle()
    await going.close()
    later(2_000)
    await think()
    expect(await said()).toHaveLength(1)
    expect((await words())[0]).toContain('_From: ')
  })

  it('takes up what reached a node while it was closed', async () => {
    const node = otherNode()
    const going = create(node)
    await say(HOURS, visitor, node)
    await Promise.all([going.close(), going.idle()])
    later(2_000)
    await think()
    expect(await said()).toHaveLength(1)
  })
})
