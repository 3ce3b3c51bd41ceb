import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { type AssistantScene, HOURS, openAssistantScene } from './testing/assistant-scene.js'

describe.each(TEST_DATABASES)('the assistant in a conversation, on %s', (kind) => {
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

  it('[C2, B1] begins what a visitor begins, where its widget has it; elsewhere the team is waited for', async () => {
    expect(await scene.summary()).toMatchObject({ status: 'open' })
    await scene.switchOn(false)
    const other = await scene.tenant.addConversation(await scene.tenant.addVisitor())
    const [row] = await scene.tenant.backend.loadSummaries(scene.tenant.organizationId, [other])
    expect(row).toMatchObject({ status: 'waiting' })
    await scene.switchOn(true)
  })

  it('goes by what its widget says of it: how sure it must be, and which words call for a person', async () => {
    await scene.change({ assistantPolicy: { ...DEFAULT_ASSISTANT_POLICY, answerAt: 1, keywords: ['allergy'] } })
    await scene.ask(HOURS)
    expect(await scene.decisions()).toMatchObject([{ rule: 'A2', action: 'suggest', band: 'middle' }])
    await scene.ask('There was an allergy')
    expect(await scene.decisions()).toMatchObject([{ rule: 'A2' }, { rule: 'E4', action: 'hand_off' }])
    await expect(
      scene.change({ assistantPolicy: { ...DEFAULT_ASSISTANT_POLICY, answerAt: 0.1, suggestAt: 0.2 } }),
    ).rejects.toMatchObject({ code: 'VALIDATION_FAILED', field: 'assistantPolicy.suggestAt' })
  })

  it('[B1] A1: answers with a document’s own words and names it, and keeps how sure it was', async () => {
    await scene.ask(HOURS)
    const [answer] = await scene.words()
    expect(answer).toContain('You can write at any time.')
    expect(answer).toContain('_From: ')
    expect(await scene.summary()).toMatchObject({ status: 'open', waitingSince: null })
    expect(await scene.decisions()).toMatchObject([{ rule: 'A1', action: 'answer', band: 'high', seq: 2 }])
    const { rows } = await sql<{ confidence: number; entry: string }>`
      select confidence, knowledge_entry_id as entry from answer_sources
      where conversation_id = ${scene.conversationId}::uuid and seq = 2`.execute(test.database.system)
    expect(rows).toEqual([{ confidence: expect.any(Number), entry: expect.any(String) }])
  })

  it('A1: leads to where the document stands, and says none of its marks', async () => {
    const { database } = test
    const organization = sql`organization_id = ${scene.tenant.organizationId}::uuid`
    await sql`update knowledge_entries set url = 'https://shop.example/opening_hours_(all)' where ${organization}`.execute(
      database.system,
    )
    await sql`update knowledge_chunks set text = replace(text, 'write at any', '**write** at any') where ${organization}`.execute(
      database.system,
    )
    await scene.ask(HOURS)
    const [answer] = await scene.words()
    expect(answer).toContain('You can write at any time.')
    expect(answer).toMatch(/_From: \[[^\]]+\]\(https:\/\/shop\.example\/opening_hours_%28all%29\)_$/)
  })

  it('C1: says that it does not know, offers a person, and the question is a gap', async () => {
    await scene.ask('Which wallaby enclosure thermostat firmware fits zeppelins?')
    expect(await scene.decisions()).toMatchObject([{ rule: 'C1', band: 'low' }])
    expect((await scene.said())[0]).toMatchObject([{ type: 'choices', choices: [{ id: 'person' }] }])
    expect(await scene.gaps()).toMatchObject([{ question: expect.stringContaining('wallaby') }])
  })

  it.each(['hi', 'ok', 'thanks', '👍', 'asha@home.test'])('no gap is left by %s', async (text) => {
    await scene.ask(text)
    expect(await scene.said()).toHaveLength(1)
    expect(await scene.words()).not.toContain(expect.stringContaining('do not know'))
    expect(await scene.gaps()).toEqual([])
  })

  it('A1: answers a question that ends with thanks', async () => {
    await scene.ask('When are you open? thanks')
    expect((await scene.words()).at(-1)).toContain('You can write at any time.')
  })

  it('threat 73: a gap keeps placeholders in place of personal data', async () => {
    await scene.ask('मेरा नंबर ९८७६५४३२१० है, wallaby zeppelin quokka, pan ABCPE1234F, mail me @ acme.test, otp is 482')
    expect(await scene.gaps()).toEqual([
      {
        asked: 'मेरा नंबर phone 1 है wallaby zeppelin quokka pan tax id 1 mail email 1 otp is otp 1',
        question: 'मेरा नंबर [PHONE_1] है, wallaby zeppelin quokka, pan [TAX_ID_1], mail [EMAIL_1], otp is [OTP_1]',
      },
    ])
  })

  it('[B3] one answer for a burst, 700 ms after the last of it', async () => {
    await scene.say('Hello')
    await scene.settle()
    await scene.say(HOURS)
    await scene.settle()
    expect(scene.timers).toHaveLength(1)
    expect(scene.delays).toEqual([700, 700])
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
    expect((await scene.words())[0]).toContain('_From: ')
  })

  it('[B3] a newer message takes the place of an answer that is under way', async () => {
    await scene.say('Hello')
    await scene.settle()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    scene.teamIsAsked = () => held
    scene.fire()
    await scene.say(HOURS)
    await expect.poll(() => scene.timers.length).toBe(1)
    goOn()
    await scene.settle()
    expect(await scene.said()).toEqual([])
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
    expect((await scene.words())[0]).toContain('_From: ')
  })

  it('[B5] says that it could not finish when its turn fails', async () => {
    scene.teamIsAsked = async () => {
      throw new Error('nobody knows')
    }
    await scene.ask(HOURS)
    expect(await scene.words()).toEqual(['I could not finish an answer. Ask again, or ask for a colleague.'])
    expect(await scene.summary()).toMatchObject({ status: 'open', waitingSince: null })
  })

  it('[B2] never speaks after an agent did, however late its turn comes', async () => {
    await scene.say(HOURS)
    await scene.settle()
    await scene.say('I take this one.', scene.agent)
    await scene.think()
    expect(await scene.said()).toEqual([])
    expect(await scene.summary()).toMatchObject({ status: 'assigned' })
    await scene.ask('And on Sunday?')
    expect(await scene.said()).toEqual([])
  })

  it.each<[string, () => Promise<unknown>]>([
    ['ended', () => scene.end()],
    [
      'assigned',
      () =>
        scene.tenant.messages.move({
          ...{ organizationId: scene.tenant.organizationId, conversationId: scene.conversationId },
          move: { to: 'agent', agent: { kind: 'agent', id: scene.agent.memberId, name: scene.agent.name } },
        }),
    ],
    [
      'released to the queue',
      () =>
        scene.tenant.messages.move({
          organizationId: scene.tenant.organizationId,
          conversationId: scene.conversationId,
          move: { to: 'queue' },
        }),
    ],
  ])('[B2] says nothing in a conversation that was %s while it thought', async (_name, act) => {
    await scene.say(HOURS)
    await scene.settle()
    scene.later(1)
    await act()
    await scene.think()
    expect(await scene.said()).toEqual([])
  })

  it('[B1] begins anew in an episode of its own when the visitor writes after the end', async () => {
    await scene.ask('I want to talk to a human')
    await scene.end()
    await scene.ask(HOURS)
    expect(await scene.summary()).toMatchObject({ status: 'open' })
    expect((await scene.decisions()).map(({ rule }) => rule)).toEqual(['E1', 'A1'])
  })

  it('answers once what it is told twice, or when it is answered already', async () => {
    await scene.ask(HOURS)
    for (const change of scene.tenant.changes.filter((one) => one.conversationId === scene.conversationId))
      scene.tenant.feed.emit(change)
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
    expect(await scene.decisions()).toHaveLength(1)
    expect(await scene.summary()).toMatchObject({ status: 'open' })
  })
})
