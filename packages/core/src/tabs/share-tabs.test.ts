import type { ChatError, ServerFrame } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { adoptEntries } from '../client/adopt-entries.js'
import { createVisitorActions } from '../client/visitor-actions.js'
import { outboxKey } from '../outbox/outbox-disk.js'
import type { OutboxEntry } from '../state/conversation-state.js'
import { message, settle, type TestServer } from '../testing/index.js'
import { createTestScene, type TestScene as Scene, type TestSceneTab as Tab, textOf } from './testing/test-scene.js'

const leaders = (tabs: readonly Tab[]) => tabs.filter((tab) => tab.tabs.$leader.get())
const logTexts = (server: TestServer) =>
  server.log().events.flatMap((event) => (event.type === 'message.created' ? textOf(event) : []))

/** What stands on a tab's disk, given to another one as `adoptOutboxes` does. */
async function inherit(from: Tab, to: Tab): Promise<void> {
  const left = await from.disk.get(outboxKey('wk_demo', from.tabId))
  const [[, { entries }]] = JSON.parse(left as string) as [[string, { entries: OutboxEntry[] }]]
  const queued = entries.map((entry) => ({ ...entry, delivery: 'queued' as const }))
  expect(await adoptEntries(to.client, queued, undefined)).toBe(true)
}

let scene = createTestScene()
afterEach(() => {
  scene = createTestScene()
})

describe('tabs that share a connection', () => {
  it('eight of them hold one, and what anybody says is in all', async () => {
    const tabs = await Promise.all(Array.from('12345678', (name) => scene.open(name)))
    await settle()
    expect(scene.live()).toBe(1)
    expect(scene.server.connections).toBe(1)
    expect(leaders(tabs)).toHaveLength(1)
    for (const [index, tab] of tabs.entries())
      await Promise.all([tab.client.sendMessage(`from ${index}`), scene.clock.advance(2_000)])
    scene.server.agentSays('to everybody')
    await scene.clock.advance(1_000)
    const log = logTexts(scene.server)
    expect(log).toEqual([...tabs.map((_tab, index) => `from ${index}`), 'to everybody'])
    for (const tab of tabs) {
      expect(tab.texts()).toEqual(log)
      expect(tab.client.$connection.get().status).toBe('online')
      expect(tab.client.$unreadCount.get()).toBe(1)
    }
    expect(scene.live()).toBe(1)
  })

  it('what is read in one is read in all, and typing of the team is seen in all', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([follower.client.sendMessage('hello'), scene.clock.advance(2_000)])
    scene.server.agentSays('read me')
    scene.server.types('agent', true)
    await settle()
    for (const { client } of [leader, follower]) {
      expect(client.$unreadCount.get()).toBe(1)
      expect(client.$typing.get()).toHaveLength(1)
    }
    follower.client.markRead()
    await settle()
    expect(leader.client.$unreadCount.get()).toBe(0)
    scene.server.agentSays('and me')
    await settle()
    leader.client.markRead()
    await settle()
    expect(follower.client.$unreadCount.get()).toBe(0)
  })

  it('[P3] whether the team is there is shown in all of them, and when that changes', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([leader.client.sendMessage('hello'), scene.clock.advance(2_000)])
    for (const team of [
      { online: true, agent: true },
      { online: false, agent: false },
    ]) {
      scene.server.push({ type: 'team.presence', team })
      await settle()
      for (const { client } of [leader, follower]) expect(client.$presence.get()).toEqual(team)
    }
  })

  it('[G1] each shows the widget as its owner changes it', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([leader.client.sendMessage('hello'), scene.clock.advance(2_000)])
    scene.server.changeWidget({ name: 'Renamed' })
    await settle()
    for (const { client } of [leader, follower]) expect(client.$settings.get()?.name).toBe('Renamed')
  })

  it('each is told of a message once, and one of them leads', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([leader.client.sendMessage('hello'), scene.clock.advance(2_000)])
    const told: string[] = []
    leader.client.on('message', (entry) => told.push(`leader: ${textOf(entry)}`))
    follower.client.on('message', (entry) => told.push(`follower: ${textOf(entry)}`))
    scene.server.agentSays('news')
    await scene.clock.advance(1_000)
    expect(told.sort()).toEqual(['follower: news', 'leader: news'])
    expect([leader, follower].map((tab) => tab.tabs.$leader.get())).toEqual([true, false])
  })

  it('[C7] two that start the conversation at once start one, and go on in it', async () => {
    const [leader, one, other] = [await scene.open('1'), await scene.open('2'), await scene.open('3')]
    await Promise.all([one.client.sendMessage('one'), other.client.sendMessage('other'), scene.clock.advance(3_000)])
    expect(logTexts(scene.server).sort()).toEqual(['one', 'other'])
    for (const tab of [leader, one, other]) expect(tab.texts()).toEqual(logTexts(scene.server))
    scene.server.agentSays('heard')
    await settle()
    for (const tab of [leader, one, other]) expect(tab.texts().at(-1)).toBe('heard')
    expect(scene.live()).toBe(1)
  })

  it('a conversation whose start was answered to nobody reaches the one that leads', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    const begin = scene.server.hold('conversation.start')
    const sent = follower.client.sendMessage('hello')
    await settle()
    const answer = scene.server.loseAnswers()
    begin()
    answer()
    // Less than it takes the one that leads to miss a heartbeat.
    await scene.clock.advance(20_000)
    await expect(sent).resolves.toBeDefined()
    expect(leader.texts()).toEqual(['hello'])
    scene.server.agentSays('good day')
    await scene.clock.advance(2_000)
    for (const tab of [leader, follower]) expect(tab.texts()).toEqual(['hello', 'good day'])
  })

  it('a new one shows everything at once', async () => {
    const first = await scene.open('1')
    await Promise.all([first.client.sendMessage('before'), scene.clock.advance(2_000)])
    const second = await scene.open('2')
    expect(second.texts()).toEqual(['before'])
    expect(second.dialled).toBe(0)
  })

  it('a failing transport is followed by the next attempt of the same tab; the others hear nothing of it', async () => {
    const leader = await scene.open('1', { failing: 2 })
    const follower = await scene.open('2')
    expect(follower.client.$connection.get().status).toBe('online')
    await scene.clock.advance(2_000)
    expect(leaders([leader, follower])).toEqual([leader])
    expect([leader.dialled, follower.dialled]).toEqual([3, 0])
  })

  it('a leader that gets no connection makes way, and comes back as one that follows', async () => {
    const leader = await scene.open('1', { failing: 5 })
    const follower = await scene.open('2')
    await scene.clock.advance(20_000)
    expect(leaders([leader, follower])).toEqual([follower])
    expect(scene.live()).toBe(1)
    expect(leader.client.$connection.get().status).toBe('online')
  })

  it('that are all disposed of leave no lock, no channel and no timer', async () => {
    const tabs = await Promise.all(Array.from('123', (name) => scene.open(name)))
    await Promise.all([tabs[1]?.client.sendMessage('hello'), scene.clock.advance(1_000)])
    for (const { client } of tabs) await client.dispose()
    await scene.clock.advance(2_000)
    expect(scene.browser.inUse).toBe(0)
    expect(scene.clock.pending).toBe(0)
    expect(scene.live()).toBe(0)
  })

  it('a page that is put away holds no lock and no channel, and follows when it comes back', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([leader.client.sendMessage('before'), scene.clock.advance(1_000)])
    leader.rest()
    expect(leader.tabs.$leader.get()).toBe(false)
    await scene.clock.advance(1_000)
    expect(leaders([leader, follower])).toEqual([follower])
    scene.server.agentSays('meanwhile')
    await settle()
    leader.wake()
    await settle()
    expect(leader.texts()).toEqual(['before', 'meanwhile'])
    expect(leaders([leader, follower])).toEqual([follower])
    // A page alone that is put away leaves nothing behind at once.
    await leader.client.dispose()
    follower.rest()
    expect(scene.browser.inUse).toBe(0)
  })
})

describe('the death of a leader', () => {
  it('is followed by another one in less than two seconds, which misses nothing', async () => {
    const tabs = await Promise.all(Array.from('123', (name) => scene.open(name)))
    const [leader, ...others] = [...leaders(tabs), ...tabs.filter((tab) => !tab.tabs.$leader.get())] as [Tab, Tab, Tab]
    await Promise.all([others[0].client.sendMessage('before'), scene.clock.advance(2_000)])
    leader.die()
    scene.server.agentSays('to nobody')
    await scene.clock.advance(1_999)
    expect(leaders(others)).toHaveLength(1)
    expect(scene.live()).toBe(1)
    for (const { client } of others) expect(client.$connection.get().status).toBe('online')
    for (const tab of others) expect(tab.texts()).toEqual(['before', 'to nobody'])
  })

  /** How far a message has come when the leader dies. */
  const steps: [step: string, begun: boolean, prepare: (scene: Scene) => () => void][] = [
    ['when its conversation is asked for', false, ({ server }) => server.hold('conversation.start')],
    ['when it is on its way, the first', false, ({ server }) => server.hold('message.send')],
    ['when it is on its way', true, ({ server }) => server.hold('message.send')],
    ['when its answer is lost, the first', false, ({ server }) => server.loseAnswers()],
    ['when its answer is lost', true, ({ server }) => server.loseAnswers()],
  ]
  /** Three tabs, the first of which leads, in a conversation or before it. */
  async function openThree(begun: boolean): Promise<[leader: Tab, one: Tab, other: Tab]> {
    const tabs = [await scene.open('1'), await scene.open('2'), await scene.open('3')] as [Tab, Tab, Tab]
    if (begun) await Promise.all([tabs[2].client.sendMessage('first'), scene.clock.advance(2_000)])
    return tabs
  }
  const logOf = (begun: boolean) => [...(begun ? ['first'] : []), 'mine']

  it.each([false, true])(
    'takes nothing along that a follower sends, before it is on disk (begun: %s)',
    async (begun) => {
      const [leader, follower, witness] = await openThree(begun)
      const sent = follower.client.sendMessage('mine')
      leader.die()
      await scene.clock.advance(30_000)
      await expect(sent).resolves.toMatchObject({ parts: [{ text: 'mine' }] })
      for (const tab of [follower, witness]) expect(tab.texts()).toEqual(logOf(begun))
    },
  )

  it.each(steps)('takes nothing along that a follower sends, %s', async (_step, begun, prepare) => {
    const [leader, follower, witness] = await openThree(begun)
    const go = prepare(scene)
    const sent = follower.client.sendMessage('mine')
    await settle()
    leader.die()
    await settle()
    go()
    await scene.clock.advance(30_000)
    await expect(sent).resolves.toMatchObject({ parts: [{ text: 'mine' }] })
    expect(logTexts(scene.server)).toEqual(logOf(begun))
    for (const tab of [follower, witness]) expect(tab.texts()).toEqual(logOf(begun))
    expect(scene.live()).toBe(1)
  })

  it.each(steps)('leaves on disk what it sends itself, for another one to send, %s', async (_step, begun, prepare) => {
    const [leader, heir, witness] = await openThree(begun)
    const go = prepare(scene)
    void leader.client.sendMessage('mine')
    await settle()
    leader.die()
    go()
    await scene.clock.advance(3_000)
    await inherit(leader, heir)
    await scene.clock.advance(30_000)
    expect(logTexts(scene.server)).toEqual(logOf(begun))
    for (const tab of [heir, witness]) expect(tab.texts()).toEqual(logOf(begun))
  })

  it.each(steps)('or of a follower: what it sends is on its disk, too, %s', async (_step, begun, prepare) => {
    const [leader, follower, heir] = await openThree(begun)
    const go = prepare(scene)
    void follower.client.sendMessage('mine')
    await settle()
    follower.die()
    go()
    await scene.clock.advance(3_000)
    await inherit(follower, heir)
    await scene.clock.advance(30_000)
    expect(logTexts(scene.server)).toEqual(logOf(begun))
    for (const tab of [leader, heir]) expect(tab.texts()).toEqual(logOf(begun))
  })

  it('one after the other: the last tab has it all', async () => {
    const tabs = await Promise.all(Array.from('12345', (name) => scene.open(name)))
    const last = tabs.at(-1) as Tab
    await Promise.all([last.client.sendMessage('start'), scene.clock.advance(2_000)])
    for (let round = 0; round < 4; round += 1) {
      const leader = leaders(tabs)[0] as Tab
      if (leader === last) leader.rest()
      else {
        leader.die()
        tabs.splice(tabs.indexOf(leader), 1)
      }
      scene.server.agentSays(`round ${round}`)
      void last.client.sendMessage(`answer ${round}`)
      await scene.clock.advance(3_000)
      last.wake()
      await scene.clock.advance(3_000)
    }
    expect(last.texts()).toEqual(logTexts(scene.server))
    expect(last.texts()).toHaveLength(9)
  })
})

describe('what is said among tabs is no authority', () => {
  const damaged = [
    null,
    7,
    {},
    [],
    '',
    'null',
    '{',
    '{"type":"message.created"}',
    '{"type":7}',
    'ready ',
    new ArrayBuffer(8),
  ]
  const answers: ServerFrame[] = [
    { type: 'session.ended', error: { code: 'UNAUTHENTICATED', message: '' } },
    { type: 'ack', commandId: 'x', ok: false, error: { code: 'FORBIDDEN', message: '' } },
  ]

  it('what does not fit is dropped, and so is what only the server answers', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([leader.client.sendMessage('hello'), scene.clock.advance(2_000)])
    const errors: ChatError[] = []
    follower.client.on('error', (error) => errors.push(error))
    const before = follower.client.$timeline.get()
    const foreign = message({ seq: 2, text: 'of another conversation' })
    for (const data of [...damaged, ...[...answers, foreign].map((frame) => JSON.stringify(frame))])
      scene.browser.say(data)
    await scene.clock.advance(1_000)
    for (const { client } of [leader, follower]) {
      expect(client.$connection.get().status).toBe('online')
      expect(client.$timeline.get()).toHaveLength(1)
    }
    expect(follower.client.$timeline.get()).toBe(before)
    expect(errors).toEqual([])
    scene.server.agentSays('all is well')
    await settle()
    expect(follower.texts()).toEqual(['hello', 'all is well'])
  })

  it.each(['leader', 'follower'])(
    '[C9] [C10] all go along when the %s goes to another conversation and back',
    async (who) => {
      const [leader, follower] = [await scene.open('1'), await scene.open('2')]
      await Promise.all([follower.client.sendMessage('one'), scene.clock.advance(2_000)])
      const first = scene.server.log().id
      const actions = createVisitorActions((who === 'leader' ? leader : follower).client)
      await Promise.all([actions.newConversation(), scene.clock.advance(2_000)])
      await Promise.all([leader.client.sendMessage('two'), scene.clock.advance(2_000)])
      scene.server.agentSays('and three')
      await scene.clock.advance(1_000)
      for (const tab of [leader, follower]) expect(tab.texts()).toEqual(['two', 'and three'])
      await Promise.all([actions.openConversation(first), scene.clock.advance(2_000)])
      scene.server.agentSays('back', { conversationId: first })
      await scene.clock.advance(1_000)
      for (const tab of [leader, follower]) expect(tab.texts()).toEqual(['one', 'back'])
      expect(scene.server.connections).toBe(1)
    },
  )

  it('a storm of hints makes few questions, and the last one counts', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([leader.client.sendMessage('hello'), scene.clock.advance(2_000)])
    const questions = () => scene.server.received.filter(({ type }) => type === 'session.start').length
    const before = questions()
    for (let count = 0; count < 1_000; count += 1) scene.browser.say(count % 2 ? 'ready' : 'started')
    await scene.clock.advance(400)
    expect(questions() - before).toBe(1)
    await scene.clock.advance(5_000)
    expect(questions() - before).toBe(2)
    expect(leader.dialled).toBe(1)
    expect(follower.client.$connection.get().status).toBe('online')
  })

  it('no token is ever said there, and no lock or channel is needed to be served', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([
      follower.client.sendMessage('hello'),
      leader.client.sendMessage('there'),
      scene.clock.advance(3_000),
    ])
    expect(scene.browser.said.length).toBeGreaterThan(2)
    expect(scene.browser.said.join()).not.toContain('token')
  })

  it('a keystroke, or a message, says as much after a thousand messages as after one', async () => {
    const [leader, follower] = [await scene.open('1'), await scene.open('2')]
    await Promise.all([leader.client.sendMessage('hello'), scene.clock.advance(2_000)])
    const cost = async () => {
      const from = scene.browser.said.length
      follower.client.setTyping(true)
      scene.server.agentSays('same length')
      await settle()
      follower.client.setTyping(false)
      await settle()
      return scene.browser.said
        .slice(from)
        .join('')
        .replace(/"seq":\d+/, '').length
    }
    await cost()
    const early = await cost()
    for (let count = 0; count < 1_000; count += 1) scene.server.agentSays('x')
    await settle()
    expect(follower.client.$timeline.get()).toHaveLength(scene.server.log().events.length)
    expect(await cost()).toBe(early)
  })
})
