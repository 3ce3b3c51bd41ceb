import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { type AssistantScene, HOURS, openAssistantScene } from './testing/assistant-scene.js'

describe.each(TEST_DATABASES)('an assistant on several nodes, or switched off, on %s', (kind) => {
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

  it('of two nodes one answers', async () => {
    const second = scene.create()
    await scene.say(HOURS)
    await scene.settle()
    await second.sweep()
    scene.fire()
    await Promise.all([scene.assistant.idle(), second.idle()])
    await scene.settle()
    expect(await scene.said()).toHaveLength(1)
    await second.close()
  })

  it('finds what a node has left before it began', async () => {
    await scene.assistant.close()
    await scene.say(HOURS)
    scene.assistant = scene.create()
    await scene.think()
    expect(await scene.said()).toEqual([])
    scene.later(2_000)
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
  })

  it('[B4] [B14] keeps the address that was left while nobody was there, though a node died with it', async () => {
    scene.teamOnline = false
    await scene.ask('get me an agent')
    await scene.assistant.close()
    await scene.say('ann@example.com')
    scene.assistant = scene.create()
    scene.later(2_000)
    await scene.think()
    expect((await scene.words()).at(-1)).toContain('ann@example.com')
    const told = await scene.words()
    scene.later(2_000)
    await scene.think()
    expect(await scene.words()).toEqual(told)
  })

  it('[B5] says that it could not finish when a node died with a turn', async () => {
    await scene.dieWith(HOURS)
    scene.later(34_000)
    await scene.think()
    expect(await scene.said()).toEqual([])
    scene.later(2_000)
    await scene.think()
    expect(await scene.words()).toEqual(['I could not finish an answer. Ask again, or ask for a colleague.'])
    expect(await scene.summary()).toMatchObject({ waitingSince: null })
  })

  it('[B5] finds a turn that a node died with behind any number of those that agents have ended', async () => {
    for (let taken = 0; taken < 100; taken++) await scene.tenant.addConversation(scene.visitor)
    await sql`
      insert into assistant_floors (organization_id, conversation_id, owner_version, phase, until)
      select organization_id, id, owner_version, '{"name":"bot_thinking"}', ${scene.tenant.now.value}::timestamptz
      from conversations k where organization_id = ${scene.tenant.organizationId}::uuid and id <> ${scene.conversationId}::uuid
    `.execute(test.database.system)
    // As a takeover does: whoever takes it knows nothing of the assistant.
    await sql`
      update conversations set status = 'assigned', agent_id = ${scene.agent.memberId}::uuid
      where organization_id = ${scene.tenant.organizationId}::uuid and id <> ${scene.conversationId}::uuid
    `.execute(test.database.system)
    await scene.dieWith(HOURS)
    scene.later(36_000)
    await scene.settle()
    expect(await scene.words()).toEqual(['I could not finish an answer. Ask again, or ask for a colleague.'])
    const { rows } = await sql`
      select from assistant_floors where organization_id = ${scene.tenant.organizationId}::uuid`.execute(
      test.database.system,
    )
    expect(rows).toEqual([])
  })

  it('[B3, B5] does not say an answer behind a message that it was not told of, and answers both', async () => {
    await scene.say('Hello')
    await scene.settle()
    let goOn = () => {}
    const held = new Promise<void>((resolve) => {
      goOn = resolve
    })
    scene.teamIsAsked = () => held
    scene.fire()
    await scene.say(HOURS, scene.visitor, scene.otherNode())
    goOn()
    await scene.assistant.idle()
    expect(await scene.said()).toEqual([])
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
    expect((await scene.words())[0]).toContain('_From: ')
    expect(await scene.summary()).toMatchObject({ waitingSince: null })
  })

  it('[B3, B5] answers all of a burst that a node has left', async () => {
    await scene.say(HOURS, scene.visitor, scene.otherNode())
    await scene.say('thanks', scene.visitor, scene.otherNode())
    scene.later(3_000)
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
    expect((await scene.words())[0]).toContain('_From: ')
  })

  it('takes up what a node has not begun with that was closed in good order', async () => {
    const node = scene.otherNode()
    const going = scene.create(node)
    await scene.say(HOURS, scene.visitor, node)
    await going.idle()
    await going.close()
    scene.later(2_000)
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
    expect((await scene.words())[0]).toContain('_From: ')
  })

  it('takes up what reached a node while it was closed', async () => {
    const node = scene.otherNode()
    const going = scene.create(node)
    await scene.say(HOURS, scene.visitor, node)
    await Promise.all([going.close(), going.idle()])
    scene.later(2_000)
    await scene.think()
    expect(await scene.said()).toHaveLength(1)
  })

  it('[B1, C18] switched off, leaves what is open to the team: in the queue whoever waits for an answer', async () => {
    await scene.ask(HOURS)
    const answered = scene.conversationId
    scene.conversationId = await scene.tenant.addConversation(scene.visitor)
    await scene.say(HOURS)
    await scene.assistant.idle()
    await scene.switchOn(false)
    scene.widgetFeed.emit({ organizationId: scene.tenant.organizationId, widgetId: scene.visitor.widgetId })
    await scene.think()
    expect(await scene.summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
    expect(await scene.said()).toEqual([])
    expect((await scene.log()).at(-1)).toMatchObject({ type: 'conversation.changed', status: 'waiting', agent: null })
    expect(scene.tenant.changes.at(-1)?.events).toMatchObject([{ type: 'conversation.changed', status: 'waiting' }])
    scene.conversationId = answered
    expect(await scene.summary()).toMatchObject({ status: 'waiting', waitingSince: null })
    expect(await scene.said()).toHaveLength(1)
    expect(await scene.tickets()).toEqual([])
  })

  it('[B1] switched off unheard, says nothing more, and what is asked of it is the team’s', async () => {
    await scene.ask(HOURS)
    await scene.switchOn(false)
    await scene.ask('And on Sunday?')
    expect(await scene.said()).toHaveLength(1)
    expect(await scene.summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
  })

  it.each(['before it begins', 'while it is about it'])(
    '[B1] switched off %s, does not finish its turn',
    async (when) => {
      await scene.say(HOURS)
      await scene.settle()
      if (when === 'before it begins') await scene.switchOn(false)
      else scene.teamIsAsked = async () => scene.switchOn(false).then(() => {})
      await scene.think()
      expect(await scene.said()).toEqual([])
      expect(await scene.summary()).toMatchObject({ status: 'waiting', waitingSince: expect.any(String) })
    },
  )

  it('where nobody is there and it is switched off, keeps nothing for the team in its own words', async () => {
    scene.teamOnline = false
    await scene.ask('get me an agent')
    await scene.switchOn(false)
    await scene.ask('hello?')
    expect(await scene.said()).toHaveLength(1)
  })
})
