import { beforeEach, describe, expect, it } from 'vitest'
import { createTestScene, type TestSceneTab as Tab } from './testing/test-scene.js'

const MINUTE_MS = 60_000

let scene = createTestScene()
beforeEach(() => {
  scene = createTestScene()
})

const signs = () => scene.server.received.flatMap((frame) => (frame.type === 'activity.set' ? frame.active : []))

/** Time goes by while the team's server lives, and the visitor moves about in these tabs. */
async function minutes(count: number, ...busy: Tab[]): Promise<void> {
  for (let half = 0; half < 2 * count; half += 1) {
    for (const { client } of busy) client.noteActivity()
    scene.server.heartbeat()
    await scene.clock.advance(MINUTE_MS / 2)
  }
}

/** Three tabs in a conversation, of which the first leads. */
async function openThree(): Promise<[leader: Tab, one: Tab, other: Tab]> {
  const tabs = [await scene.open('1'), await scene.open('2'), await scene.open('3')] as [Tab, Tab, Tab]
  await Promise.all([tabs[0].client.sendMessage('hello'), scene.clock.advance(1_000)])
  return tabs
}

describe('whether the visitor of shared tabs is there', () => {
  it('[N1] is said once for all of them, and once that they are back, in whichever tab', async () => {
    const [leader, one, other] = await openThree()
    for (const tab of [one, leader, other]) {
      const before = signs()
      await minutes(10)
      expect(signs()).toEqual([...before, false])
      tab.client.noteActivity()
      await scene.clock.advance(1_000)
      expect(signs()).toEqual([...before, false, true])
    }
  })

  it.each(['the leader', 'a follower'])(
    '[P2] [N1] no idle tab says away while the visitor is busy in %s',
    async (who) => {
      const [leader, follower] = await openThree()
      const busy = who === 'the leader' ? leader : follower
      await minutes(30, busy)
      expect(signs()).toEqual([])
      // From the last act in any of them.
      busy.client.noteActivity()
      await minutes(4.5)
      await scene.clock.advance(29_999)
      expect(signs()).toEqual([])
      await scene.clock.advance(1_000)
      expect(signs()).toEqual([false])
    },
  )

  it('[P2] the last tab that was busy may be closed without a word', async () => {
    const [, , busy] = await openThree()
    await minutes(8, busy)
    busy.die()
    expect(signs()).toEqual([])
    await minutes(2)
    expect(signs()).toEqual([false])
  })

  it('[P2] the next leader knows of acts in other tabs, and of none', async () => {
    const [leader, heir, busy] = await openThree()
    await minutes(8, busy)
    leader.die()
    await minutes(8, busy)
    expect(heir.tabs.$leader.get()).toBe(true)
    expect(signs()).toEqual([])
    await minutes(6)
    heir.die()
    await minutes(1)
    expect(busy.tabs.$leader.get()).toBe(true)
    expect(signs()).toEqual([false, false])
  })

  it('[N1] a tab that is opened while the visitor is away shows that they are back', async () => {
    await openThree()
    await minutes(6)
    await scene.open('4')
    await scene.clock.advance(1_000)
    expect(signs()).toEqual([false, true])
  })

  it('is no authority: whatever is said among tabs moves the server twice a second at most', async () => {
    const [leader] = await openThree()
    await minutes(6)
    for (let count = 0; count < 1_000; count += 1) scene.browser.say(count % 2 ? 'idle' : 'active')
    await scene.clock.advance(5_000)
    expect(signs()).toEqual([false, true, false])
    expect(leader.client.$connection.get().status).toBe('online')
  })
})
