import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type ConversationsContext, rateMessage } from '../conversations/index.js'
import { createChangeFeed } from '../messages/index.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { type AssistantScene, HOURS, openAssistantScene } from './testing/assistant-scene.js'

describe.each(TEST_DATABASES)('J2, B13: an answer that did not help, on %s', (kind) => {
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

  const rate = async (seq: number, helpful: boolean, who = scene.visitor) => {
    scene.later(1)
    await rateMessage(
      {
        database: test.database,
        changes: scene.tenant.feed,
        clock: () => scene.tenant.now.value,
      } as ConversationsContext,
      who,
      { conversationId: scene.conversationId, seq, helpful },
    )
    await scene.settle()
  }
  /** On a node that dies before it tells anybody of it. */
  const rateAndDie = async (seq: number) => {
    scene.later(1)
    await rateMessage(
      {
        database: test.database,
        changes: createChangeFeed(() => {}),
        clock: () => scene.tenant.now.value,
      } as ConversationsContext,
      scene.visitor,
      { conversationId: scene.conversationId, seq, helpful: false },
    )
    await scene.settle()
  }
  const offers = async () => (await scene.words()).filter((one) => one.includes('sorry that this did not help'))

  it('[B13] is followed at once by the offer of a person, once a message, and logged with rule and reason', async () => {
    await scene.ask(HOURS)
    await rate(2, true)
    expect(await offers()).toEqual([])
    await rate(2, false)
    expect((await scene.said()).at(-1)).toMatchObject([{ type: 'choices', choices: [{ id: 'person' }] }])
    await rate(2, true)
    await rate(2, false)
    // Nor for the offer itself.
    await rate(3, false)
    expect(await offers()).toHaveLength(1)
    expect((await scene.decisions()).at(-1)).toMatchObject({ rule: 'C1', action: 'not_helpful', band: null, seq: 3 })
    const { rows } = await sql<{ reason: string; rated: number[] }>`
      select reason, inputs -> 'rated' as rated from assistant_turns
      where conversation_id = ${scene.conversationId}::uuid and action = 'not_helpful'`.execute(test.database.system)
    expect(rows).toEqual([{ reason: 'what was said did not help', rated: [2] }])
    await scene.ask('yes please')
    expect(await scene.summary()).toMatchObject({ status: 'waiting' })
  })

  it('[B13] where nobody is there asks for an address, and gives what it is left to the team', async () => {
    scene.teamOnline = false
    await scene.ask(HOURS)
    await rate(2, false)
    expect((await scene.words()).at(-1)).toContain('Leave your e-mail address')
    await scene.ask('asha@home.test')
    expect(await scene.summary()).toMatchObject({ status: 'waiting' })
  })

  it('[B13, B2] says nothing where a person has it, or it is over', async () => {
    await scene.ask(HOURS)
    await scene.say('I take this one.', scene.agent)
    await rate(2, false)
    await scene.end()
    await rate(2, true)
    await rate(2, false)
    expect(await offers()).toEqual([])
  })

  it('[B13, B3] waits for the answer to what is asked meanwhile', async () => {
    await scene.ask(HOURS)
    await scene.say('What do you offer?')
    await scene.settle()
    await rate(2, false)
    expect(await scene.said()).toHaveLength(1)
    await scene.think()
    expect(await scene.said()).toHaveLength(3)
    expect(await offers()).toHaveLength(1)
  })

  it('[B13] of two nodes one offers', async () => {
    await scene.ask(HOURS)
    // Now, so that nobody waits for a turn of its.
    const second = scene.create()
    await rate(2, false)
    await second.idle()
    await scene.settle()
    expect(await offers()).toHaveLength(1)
    await second.close()
  })

  it('[B13] is found by a later look where the node that was told has died, and once', async () => {
    await scene.ask(HOURS)
    await rateAndDie(2)
    expect(await offers()).toEqual([])
    scene.later(2_000)
    const second = scene.create()
    await Promise.all([second.sweep(), scene.settle()])
    await scene.settle()
    expect(await offers()).toHaveLength(1)
    await second.close()
  })

  it('[B13] is offered by a later look where offering has failed', async () => {
    await scene.ask(HOURS)
    scene.teamIsAsked = async () => {
      throw new Error('nobody knows')
    }
    await rate(2, false)
    expect(await offers()).toEqual([])
    scene.teamIsAsked = async () => {}
    scene.later(2_000)
    await scene.settle()
    expect(await offers()).toHaveLength(1)
  })

  it('[B13] is too long ago after an hour', async () => {
    await scene.ask(HOURS)
    await rateAndDie(2)
    scene.later(3_600_001)
    await scene.settle()
    expect(await offers()).toEqual([])
  })

  it('[B13, B2] is the team’s where the widget does not have the assistant any more', async () => {
    await scene.ask(HOURS)
    await scene.switchOn(false)
    await rate(2, false)
    expect(await offers()).toEqual([])
    expect(await scene.summary()).toMatchObject({ status: 'waiting', waitingSince: null })
  })
})
