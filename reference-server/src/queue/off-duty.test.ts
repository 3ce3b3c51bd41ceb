import { describe, expect, it } from 'vitest'
import { leftAlone, noteAbsences, type OffDuty } from './off-duty.js'

describe('who was left alone', () => {
  const back = (agent: OffDuty, waitingSince: number, now: number) =>
    leftAlone({
      unanswered: [{ conversationId: 'k', agentId: 'a', waitingSince }],
      agents: new Map([['a', agent]]),
      rerouteAfterMs: 60,
      now,
    }).length

  it('[L4] goes back once the agent has been gone for so long, and not before', () => {
    expect(back({ absentSince: 100 }, 0, 159)).toBe(0)
    expect(back({ absentSince: 100 }, 0, 160)).toBe(1)
    expect(back({ absentSince: 100 }, 150, 160)).toBe(1)
  })

  it('[L4] stays with who is there, however long it takes', () => {
    expect(back({}, 0, 10_000)).toBe(0)
  })

  it('[L4] waits as long for one who is there and has said that they are away', () => {
    expect(back({ awaySince: 0 }, 100, 159)).toBe(0)
    expect(back({ awaySince: 0 }, 100, 160)).toBe(1)
    expect(back({ awaySince: 120 }, 100, 160)).toBe(0)
  })
})

describe('since when somebody is gone', () => {
  it('[L4] counts from the first look that did not find them, and anew when they were back', () => {
    const first = noteAbsences(undefined, ['a'], 1_000)
    const second = noteAbsences(first, ['a', 'b'], 3_000)
    expect([...second.since]).toEqual([
      ['a', 1_000],
      ['b', 3_000],
    ])
    const third = noteAbsences(second, ['b'], 5_000)
    expect([...noteAbsences(third, ['a', 'b'], 7_000).since]).toEqual([
      ['a', 7_000],
      ['b', 3_000],
    ])
  })

  it('[L4] knows nothing any more of what nobody has looked at for a while', () => {
    const first = noteAbsences(undefined, ['a'], 1_000)
    expect(noteAbsences(first, ['a'], 60_000).since.get('a')).toBe(60_000)
  })
})
