import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillKnowledge } from '../knowledge/testing/fill-knowledge.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { chunk, DONE, event, finish, packets, says, status, words } from './testing/model-scripts.js'
import type { StubScript } from './testing/model-stub.js'
import { seenByModel } from './testing/obedient-model.js'
import { createWritingScene } from './testing/writing-scene.js'
import { saveModelSwitch } from './writing/model-switch.js'

const HOURS = 'When are you open?'
const FIRST = 'You can write at any time.'
const REST = 'When nobody is here, the team answers as soon as somebody is back.'
/** What the model says where it does its task. */
const GOOD = says(
  'You can write ',
  'at any time [1]. When nobody is here, ',
  'the team answers as soon as somebody is back [1].',
)
const HALF = [words('You can write at any time [1]. '), words('When nobody is')]

describe.each(TEST_DATABASES)('answers that a model writes, on %s', (kind) => {
  let test: TestDatabase
  let scene: Awaited<ReturnType<typeof createWritingScene>>

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    scene = await createWritingScene(test)
  })
  afterEach(() => scene.close())

  const texts = async () => (await scene.said()).map((parts) => parts.map(({ text }) => text).join(' '))
  /** The knowledge base's own words, by the rule for a provider that is out. */
  const expectRetrieval = async (reason: string) => {
    expect(await texts()).toEqual([`${FIRST} ${REST}\n\n_From: What are your hours?_`])
    expect(await scene.decisions()).toMatchObject([{ rule: 'G1', action: 'answer', band: 'high', reason }])
  }

  it('[B7] are shown as they grow, sentence by sentence, and said once', async () => {
    scene.stub.queue(GOOD)
    await scene.ask(HOURS)
    expect(await texts()).toEqual([`${FIRST} ${REST}\n\n_From: What are your hours?_`])
    expect(await scene.decisions()).toMatchObject([{ rule: 'A1', action: 'answer', band: 'high' }])
    expect(scene.shown).toMatchObject([{ afterSeq: 1, drafts: [FIRST], end: 'ended' }])
  })

  it('[B8] are metered as the provider says', async () => {
    scene.stub.queue(GOOD)
    await scene.ask(HOURS)
    const tokens = { prompt_tokens: 120, completion_tokens: 7, estimated: false }
    expect(await scene.usage()).toEqual([
      { provider: 'openai-compatible', model: 'm', ...tokens, outcome: 'answered', code: 'stop' },
    ])
  })

  describe('what they cost', () => {
    const costs = async () => {
      const { rows } = await sql<{ cost: number | null; currency: string | null }>`
        select cost_micro::int as cost, currency from assistant_usage
        where conversation_id = ${scene.conversationId}::uuid`.execute(test.database.system)
      return rows
    }
    const open = async (prices: Record<string, { prompt: number; completion: number; currency: string }>) => {
      await scene.close()
      scene = await createWritingScene(test, { prices })
    }
    const PRICES = { m: { prompt: 2, completion: 10, currency: 'EUR' } }

    it('[B8] is kept with them, as the provider counts and the price of their time says', async () => {
      await open(PRICES)
      scene.stub.queue(GOOD)
      await scene.ask(HOURS)
      expect(await costs()).toEqual([{ cost: 120 * 2 + 7 * 10, currency: 'EUR' }])
    })

    it('[B8] is reserved as well, and is that as long as nobody settles it', async () => {
      await open(PRICES)
      scene.stub.queue(packets(...HALF, 'hang'))
      await scene.begin(HOURS)
      await scene.stub.received(1)
      const [row] = await scene.usage()
      expect(await costs()).toEqual([{ cost: Number(row?.prompt_tokens) * 2 + 400 * 10, currency: 'EUR' }])
    })

    it('[B8] is nothing where nobody charges, and not known of a model without a price', async () => {
      await open(PRICES)
      scene.stub.otherwise(status(401, {}))
      await scene.ask(HOURS)
      expect(await costs()).toEqual([{ cost: 0, currency: 'EUR' }])
      await open({ another: PRICES.m })
      scene.stub.otherwise(GOOD)
      await scene.ask(HOURS)
      expect(await costs()).toEqual([{ cost: null, currency: null }])
    })
  })

  it('rest on what was said since the conversation was last over, and on nothing before', async () => {
    scene.stub.otherwise(GOOD)
    await scene.ask('What do you offer?')
    await scene.tenant.backend.endConversation(scene.agent, { conversationId: scene.conversationId })
    await scene.ask('hello')
    await scene.ask(HOURS)
    const seen = seenByModel(scene.stub.requests.at(-1) as never)
    expect(seen.question).toBe(HOURS)
    expect(seen.earlier).toEqual([
      { from: 'visitor', text: 'hello' },
      { from: 'assistant', text: expect.stringContaining('Hello!') },
    ])
    expect(seen.system).toContain('Acme')
  })

  it.each<[string, StubScript]>([
    ['an error of the server', status(500, { error: { message: 'no' } })],
    ['a page', { headers: { 'content-type': 'text/html' }, steps: [{ write: '<!doctype html><p>Sign in' }] }],
    ['no choices', packets(chunk({ choices: [] }), DONE)],
    ['no word', packets(finish('stop'), DONE)],
    ['no JSON', packets(event('{"choices":['), DONE)],
    ['a cut before the first word', packets(chunk({ choices: [{ index: 0, delta: { role: 'assistant' } }] }), 'cut')],
  ])('[B8] give way to the knowledge base after one more try: %s', async (_name, script) => {
    scene.stub.otherwise(script)
    scene.clock.armed(300).then(() => scene.clock.advance(300))
    await scene.ask(HOURS)
    expect(scene.stub.requests).toHaveLength(2)
    await expectRetrieval('the provider is out: failed')
    expect(await scene.usage()).toMatchObject([{ outcome: 'failed' }])
  })

  it('[B8] give way to the knowledge base when the server is silent', async () => {
    scene.stub.otherwise({ silent: true, steps: [] })
    await scene.begin(HOURS)
    await scene.clock.armed(3_000)
    scene.clock.advance(3_000)
    await scene.clock.armed(300)
    scene.clock.advance(300)
    await scene.clock.armed(3_000, 2)
    scene.clock.advance(3_000)
    await scene.idle()
    await expectRetrieval('the provider is out: failed')
    expect(await scene.usage()).toMatchObject([
      { outcome: 'failed', code: 'connect_timeout', prompt_tokens: 0, completion_tokens: 0 },
    ])
  })

  it('[B8] keep what holds when the provider dies in the middle, say so, and offer a person', async () => {
    scene.stub.queue(packets(...HALF, 'cut'))
    await scene.ask(HOURS)
    expect(await scene.said()).toMatchObject([
      [
        { type: 'text', text: `${FIRST}\n\n_From: What are your hours?_` },
        { type: 'choices', text: expect.stringContaining('could not finish'), choices: [{ id: 'person' }] },
      ],
    ])
    expect(await scene.usage()).toMatchObject([{ outcome: 'unfinished', code: 'cut', estimated: true }])
    expect(scene.stub.requests).toHaveLength(1)
  })

  it.each<[string, StubScript]>([
    ['refuses', packets(chunk({ choices: [{ index: 0, delta: { refusal: 'I cannot.' } }] }), finish('stop'), DONE)],
    ['cites what it was not given', says('You can write at any time [7].')],
    ['cites nothing', says('You can write at any time.')],
    ['says what no passage says', says('We are open from nine to five [1].')],
    ['does not know', says('I do not know.')],
  ])('[B6] of what an entry answers exactly are its own words when the model %s', async (_name, script) => {
    scene.stub.queue(script)
    await scene.ask(HOURS)
    await expectRetrieval('the provider is out: declined')
    expect(await scene.usage()).toMatchObject([{ outcome: 'downgraded' }])
    expect(scene.shown).toMatchObject([{ drafts: [] }])
  })

  it('G1: one that was given before is handed over', async () => {
    scene.stub.otherwise(GOOD)
    await scene.ask(HOURS)
    await scene.ask('When do you answer?')
    expect(await scene.decisions()).toMatchObject([{ rule: 'A1' }, { rule: 'G1', action: 'hand_off' }])
  })

  it.each([
    ['the conversation', { perConversation: 300 }],
    ['the day', { perDay: 300 }],
  ])('[B8] are not asked for when the budget of %s is spent', async (_name, budgets) => {
    await scene.close()
    scene = await createWritingScene(test, { budgets })
    await scene.ask(HOURS)
    expect(scene.stub.requests).toEqual([])
    await expectRetrieval('the provider is out: budget_spent')
    expect(await scene.usage()).toEqual([])
  })

  it('[B8] are the knowledge base’s own where the organization has the model switched off, from the next one on', async () => {
    const { organizationId } = scene.tenant
    const switchModel = (on: boolean) => saveModelSwitch(test.database.of(organizationId), organizationId, on)
    scene.stub.otherwise(GOOD)
    await switchModel(false)
    await scene.ask(HOURS)
    expect(scene.stub.requests).toEqual([])
    expect(await scene.usage()).toEqual([])
    expect(await texts()).toEqual([`${FIRST} ${REST}\n\n_From: What are your hours?_`])
    expect(await scene.decisions()).toMatchObject([{ rule: 'A1', action: 'answer', band: 'high' }])
    await switchModel(true)
    await scene.ask('When do you answer?')
    expect(scene.stub.requests).toHaveLength(1)
  })

  it('[B8] spend a budget that is counted over all answers, each reserved before it begins', async () => {
    const start = async (perDay?: number) => {
      await scene.close()
      scene = await createWritingScene(test, { budgets: perDay === undefined ? {} : { perDay } })
      scene.stub.queue(packets(...HALF, 'hang'))
      await scene.begin(HOURS)
      await scene.stub.received(1)
      const [row] = await scene.usage()
      expect(row).toMatchObject({ outcome: 'reserved', completion_tokens: 400 })
      return Number(row?.prompt_tokens) + 400
    }
    const one = await start()
    // Enough for one, not for two.
    await start(Math.floor(1.5 * one))
    const other = await scene.tenant.addVisitor()
    const conversationId = await scene.tenant.addConversation(other)
    const parts = [{ type: 'text' as const, text: HOURS }]
    await scene.tenant.backend.appendMessage(other, { conversationId, clientMessageId: scene.tenant.clientId(), parts })
    await expect.poll(() => scene.shown.length).toBe(2)
    scene.fire((delayMs) => delayMs === 700)
    await expect.poll(() => scene.shown.at(-1)?.end).toBe('ended')
    expect(scene.stub.requests).toHaveLength(1)
  })

  describe('[B2] end at once, and nothing is written behind', () => {
    const { backend, messages } = {
      backend: () => scene.tenant.backend,
      messages: () => scene.tenant.messages,
    }
    const place = () => ({ organizationId: scene.tenant.organizationId, conversationId: scene.conversationId })

    it.each<[string, () => Promise<unknown>]>([
      ['an agent writes', () => scene.say('I take this one.', scene.agent)],
      ['it is ended', () => backend().endConversation(scene.agent, { conversationId: scene.conversationId })],
      ['it is released', () => messages().move({ ...place(), move: { to: 'queue' } })],
      [
        'it is assigned at another node, which says so',
        async () => {
          await assignElsewhere()
          scene.hints.deliver({ type: 'conversation.changed', ...place() })
        },
      ],
      [
        'it is assigned at another node, which says nothing',
        async () => {
          await assignElsewhere()
          scene.fire((delayMs) => delayMs === 1_000)
        },
      ],
    ])('when %s', async (_name, act) => {
      scene.stub.queue(packets(...HALF, 'hang'))
      await scene.begin(HOURS)
      await expect.poll(() => scene.shown[0]?.drafts).toEqual([FIRST])
      await act()
      await scene.stub.left(1)
      await scene.idle()
      expect(await scene.said()).toEqual([])
      expect(scene.shown).toMatchObject([{ drafts: [FIRST], end: 'ended' }])
      expect(await scene.decisions()).toEqual([])
      expect(await scene.usage()).toMatchObject([{ outcome: 'stopped', code: 'aborted' }])
    })

    const assignElsewhere = () =>
      sql`update conversations set status = 'assigned', agent_id = ${scene.agent.memberId}::uuid
        where id = ${scene.conversationId}::uuid`.execute(test.database.system)
  })

  it('[B3] begin anew with a newer message, and answer both', async () => {
    scene.stub.queue(packets(...HALF, 'hang'), GOOD)
    await scene.begin(HOURS)
    await expect.poll(() => scene.shown[0]?.drafts).toEqual([FIRST])
    await scene.say('Hello?')
    await scene.stub.left(1)
    await scene.idle()
    scene.fire((delayMs) => delayMs === 700)
    await scene.idle()
    expect(seenByModel(scene.stub.requests[1] as never).question).toBe(HOURS)
    expect(await scene.said()).toHaveLength(1)
    // Whoever watches sees one sign that goes on, not one that ends and begins.
    expect(scene.shown).toMatchObject([{ end: 'dropped' }, { end: 'ended' }])
  })

  it('[B3, B7] end without a sign when another node has begun anew: it shows that it types', async () => {
    scene.stub.queue(packets(...HALF, 'hang'))
    await scene.begin(HOURS)
    await expect.poll(() => scene.shown[0]?.drafts).toEqual([FIRST])
    await sql`update assistant_floors set phase = phase || '{"turnId":"another"}'
      where conversation_id = ${scene.conversationId}::uuid`.execute(test.database.system)
    scene.fire((delayMs) => delayMs === 1_000)
    await scene.stub.left(1)
    await scene.idle()
    expect(scene.shown).toMatchObject([{ drafts: [FIRST], end: 'dropped' }])
  })

  it('[B5] make do with what there is when the time is nearly over', async () => {
    scene.stub.queue(packets(...HALF, 'hang'))
    await scene.begin(HOURS)
    await expect.poll(() => scene.shown[0]?.drafts).toEqual([FIRST])
    scene.fire((delayMs) => delayMs > 30_000 && delayMs <= 33_000)
    await scene.idle()
    expect((await texts())[0]).toContain(FIRST)
    expect((await texts())[0]).toContain('could not finish')
  })

  it('[B5] make do with what there is when their node goes', async () => {
    scene.stub.queue({ silent: true, steps: [] })
    await scene.begin(HOURS)
    await scene.stub.received(1)
    await scene.assistant.close()
    await expectRetrieval('the provider is out: failed')
  })

  it('keep no look for what others wait for waiting', async () => {
    scene.stub.queue(packets(...HALF, 'hang'))
    await scene.begin(HOURS)
    await scene.stub.received(1)
    await scene.assistant.sweep()
    expect(await scene.said()).toEqual([])
  })

  it('of two nodes one asks for', async () => {
    const second = scene.create()
    scene.stub.otherwise(GOOD)
    await scene.say(HOURS)
    await Promise.all([scene.idle(), second.idle()])
    scene.fire((delayMs) => delayMs === 700)
    await Promise.all([scene.idle(), second.idle()])
    expect(scene.stub.requests).toHaveLength(1)
    expect(await scene.said()).toHaveLength(1)
    await second.close()
  })

  it('threat 73: tell a provider no personal data, and the visitor what stands for it', async () => {
    const { organizationId } = scene.tenant
    await test.database.of(organizationId).deleteFrom('knowledge_entries').execute()
    const entry = { id: 'invoices', question: 'Where do I send invoices?', answer: 'Send invoices to bills@acme.test.' }
    await fillKnowledge(test.database, { organizationId, widgetId: scene.widgetId }, [entry])
    scene.stub.otherwise((request) => {
      const [address = ''] = seenByModel(request).passages[0]?.text.match(/\[EMAIL_\d\]/) ?? []
      return says('Send invoices to [EMA', `${address.slice(4)} [1].`)
    })
    await scene.ask('Zebra zeppelins: I am asha@home.test, and they are bills@acme.test')
    await scene.ask('Where do I send invoices?')
    const { raw } = scene.stub.requests[0] as { raw: string }
    expect(raw).toContain('Zebra')
    expect(raw).not.toContain('asha@home.test')
    expect(raw).not.toContain('bills@acme.test')
    expect((await texts()).at(-1)).toContain('Send invoices to bills@acme.test.')
    expect((await scene.decisions()).at(-1)).toMatchObject({ rule: 'A1' })
  })
})
