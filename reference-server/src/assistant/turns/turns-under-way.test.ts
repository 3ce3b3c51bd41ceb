import { randomUUID } from 'node:crypto'
import { beforeEach, expect, it } from 'vitest'
import { createTurnsUnderWay, type TurnsUnderWay, type TurnUnderWay } from './turns-under-way.js'

const which = { organizationId: randomUUID(), conversationId: randomUUID() }
let turns: TurnsUnderWay
/** How each turn's signs ended, in the order in which the turns began. */
let signs: ('on' | 'ended' | 'dropped')[]
let timers: (() => void)[]
let taken: TurnUnderWay[]

beforeEach(() => {
  signs = []
  timers = []
  taken = []
  turns = createTurnsUnderWay({
    timers: {
      setTimeout(run) {
        timers.push(run)
        return () => {
          timers = timers.filter((other) => other !== run)
        }
      },
    },
    speak() {
      const index = signs.push('on') - 1
      const finish = (how: 'ended' | 'dropped') => {
        if (signs[index] === 'on') signs[index] = how
      }
      return { say() {}, end: () => finish('ended'), drop: () => finish('dropped') }
    },
    take: (turn) => taken.push(turn),
  })
})

const begin = (turnId: string) =>
  turns.begin({
    ...{ which, messageIds: [], until: 0, delayMs: 700, afterSeq: 1 },
    fence: { episode: 1, ownerVersion: 1, turnId },
    author: { kind: 'assistant', id: randomUUID(), name: 'Acme' },
  })
const fire = () => {
  for (const run of timers.splice(0)) run()
}
const theOne = (): TurnUnderWay => {
  const turn = turns.of(which)
  if (!turn) throw new Error('no turn')
  return turn
}

it('one that gave way goes on being seen as the one that takes its place', () => {
  begin('1')
  fire()
  turns.giveWay(which)
  begin('2')
  expect(taken[0]?.abandoned.aborted).toBe(true)
  turns.end(taken[0] as TurnUnderWay)
  expect(signs).toEqual(['dropped', 'on'])
})

it('one that gave way, and nothing took its place, is seen no more when it is over', () => {
  begin('1')
  fire()
  turns.close()
  turns.giveWay(which)
  turns.end(taken[0] as TurnUnderWay)
  expect(signs).toEqual(['ended'])
  expect(turns.of(which)).toBeUndefined()
})

it('one that another node has taken over leaves the signs to that', () => {
  begin('1')
  fire()
  turns.abandon(theOne(), { dropSigns: true })
  turns.end(taken[0] as TurnUnderWay)
  expect(signs).toEqual(['dropped'])
})

it('closed, names those that have not begun, and has the others make haste', () => {
  begin('1')
  const turn = theOne()
  expect(turns.close()).toEqual([turn])
  expect(timers).toEqual([])
  expect(signs).toEqual(['ended'])

  begin('2')
  fire()
  const begun = theOne()
  expect(turns.close()).toEqual([])
  expect(begun.hurry.signal.aborted).toBe(true)
  expect(begun.abandoned.aborted).toBe(false)
})
