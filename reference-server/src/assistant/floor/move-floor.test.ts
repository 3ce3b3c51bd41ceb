import { describe, expect, it } from 'vitest'
import { type Fence, type Floor, type FloorEffect, type FloorEvent, type TurnOutcome, WATCHDOG_MS } from './floor.js'
import { moveFloor } from './move-floor.js'
import { BEGUN, become, floorOf, keep, reopen, type Standing } from './testing/standing.js'

/** An event, one that is made of the last turn's fence, or what somebody else does to the conversation. */
type Step = FloorEvent | { of: (fence: Fence) => FloorEvent } | { to: (standing: Standing) => Standing }

/** Goes through steps; `fence` is that of the last turn that was begun. */
function play(...steps: Step[]) {
  let standing = BEGUN
  let effects: FloorEffect[] = []
  let fence: Fence = { episode: 0, ownerVersion: 0, turnId: '' }
  for (const step of steps) {
    if ('to' in step) {
      standing = step.to(standing)
      continue
    }
    const floor = floorOf(standing)
    const move = moveFloor(floor, 'of' in step ? step.of(fence) : step)
    effects = move.effects
    standing = keep(standing, floor, move)
    for (const effect of effects) if (effect.type === 'start_turn') fence = effect.fence
  }
  const floor: Floor = floorOf(standing)
  return { floor, effects, phase: floor.phase.name, does: effects.map(({ type }) => type) }
}
const wrote = (messageIds: string[], now = 0): FloorEvent => ({
  ...{ type: 'visitor_wrote', messageIds, now },
  turnId: `t-${messageIds.at(-1)}`,
})
const ends = (outcome: TurnOutcome): Step => ({ of: (fence) => ({ type: 'turn_done', fence, outcome }) })
const done = ends({ kind: 'reply' })
const agent: Step = { to: (standing) => become(standing, 'assigned', 'a') }
const released: Step = { to: (standing) => become(standing, 'waiting', null) }
const resolved: Step = { to: (standing) => become(standing, 'resolved', null) }
const reopened: Step = { to: reopen }

describe('one turn', () => {
  it('waits for a burst, and answers it once', () => {
    const { effects } = play(wrote(['1']), wrote(['1', '2']), done)
    expect(effects[0]).toEqual({ type: 'post_reply', turnId: 't-2', messageIds: ['1', '2'] })
  })
  it('is of all that nobody has answered', () => {
    expect(play(wrote(['1', '2']), done).effects[0]).toMatchObject({ messageIds: ['1', '2'] })
  })
  it('is ended by a newer message, and then begun anew', () => {
    expect(play(wrote(['1']), wrote(['1', '2'])).does).toEqual(['cancel_turn', 'start_turn'])
  })
  it('is begun once, whatever is told again', () => {
    expect(play(wrote(['1', '2']), wrote(['1', '2'])).does).toEqual([])
    expect(play(wrote(['1']), done, wrote([])).does).toEqual([])
  })
  it('is not finished twice', () => expect(play(wrote(['1']), done, done).does).toEqual([]))
  it('says so if it fails', () => {
    const { effects, phase } = play(wrote(['1']), ends({ kind: 'failed' }))
    expect(effects[0]).toEqual({ type: 'post_notice', notice: 'not_finished', messageIds: ['1'] })
    expect(phase).toBe('bot_idle')
  })
  it('[B5] is given up after 35 seconds from the first message of a burst, and not before', () => {
    const now = WATCHDOG_MS
    const burst = [wrote(['1']), wrote(['1', '2'], 20_000)]
    expect(play(...burst, { type: 'clock', now: now - 1 }).does).toEqual([])
    expect(play(...burst, { type: 'clock', now }).does).toEqual(['cancel_turn', 'typing', 'post_notice'])
    expect(play(wrote(['1']), { type: 'clock', now }, done).does).toEqual([])
  })
})

describe('an answer that did not help', () => {
  const rated = (outcome: TurnOutcome = { kind: 'reply' }): FloorEvent => ({
    ...{ type: 'rated_unhelpful', seqs: [2], outcome },
  })
  it('[B13] is followed by an offer, where nobody has the floor but the assistant, and it is about nothing', () => {
    expect(play(wrote(['1']), done, rated())).toMatchObject({ phase: 'bot_idle', does: ['post_offer'] })
    for (const other of [agent, released, resolved]) expect(play(other, rated()).does).toEqual([])
    expect(play(wrote(['1']), rated())).toMatchObject({ phase: 'bot_thinking', does: [] })
  })
  it('is handed over, where that was decided', () => {
    expect(play(rated({ kind: 'hand_off', teamOnline: true }))).toMatchObject({
      ...{ phase: 'waiting', does: ['request_hand_off'] },
    })
  })
})

describe('the team', () => {
  it('[B2] takes the floor, and the assistant is silent', () => {
    expect(play(wrote(['1']), agent, done).does).toEqual([])
    expect(play(agent, wrote(['1'])).does).toEqual([])
    expect(play(wrote(['1']), released, done).does).toEqual([])
    expect(play(released, wrote(['1']))).toMatchObject({ phase: 'waiting', does: [] })
  })
  it('has it where the assistant is switched off, without a word', () => {
    const off: FloorEvent = { type: 'switched_off' }
    expect(play(off)).toMatchObject({ phase: 'waiting', does: ['leave_to_team'] })
    expect(play(wrote(['1']), off).does).toEqual(['cancel_turn', 'typing', 'leave_to_team'])
    expect(play(wrote(['1']), off, done).does).toEqual([])
    for (const other of [agent, released, resolved]) expect(play(other, off).does).toEqual([])
  })
})

describe('a hand-off', () => {
  it.each([
    [true, 'waiting', 'request_hand_off'],
    [false, 'offline', 'offer_form'],
  ])('is said at once, with the messages that wait; with a team (%s): %s', (teamOnline, phase, effect) => {
    const result = play(wrote(['1']), ends({ kind: 'hand_off', teamOnline }))
    expect(result).toMatchObject({ phase, does: ['cancel_turn', 'typing', effect] })
    expect(result.effects[2]).toMatchObject({ messageIds: ['1'] })
  })
  it.each([
    [true, 'waiting'],
    [false, 'offline'],
  ])('that has failed is one all the same: with a team (%s): %s', (teamOnline, phase) => {
    const result = play(wrote(['1']), ends({ kind: 'hand_off', teamOnline, bare: true }))
    expect(result).toMatchObject({ phase, does: ['cancel_turn', 'typing', 'keep_for_team'] })
  })
  it('is a form where nobody is there, and every later message is kept', () => {
    const form = ends({ kind: 'hand_off', teamOnline: false })
    expect(play(wrote(['1']), form, wrote(['2'])).effects).toEqual([
      { type: 'post_notice', notice: 'kept_for_later', messageIds: ['2'] },
    ])
  })
})

describe('the end', () => {
  it('ends what the assistant is about, and a message that is told behind it begins nothing', () => {
    expect(play(wrote(['1']), resolved, done).does).toEqual([])
    expect(play(resolved, wrote(['1']))).toMatchObject({ phase: 'resolved', does: [] })
  })
  it('is another episode once the visitor writes, in which the assistant speaks again', () => {
    expect(play(agent, resolved, reopened, wrote(['1'])).effects[1]).toMatchObject({ fence: { episode: 2 } })
    expect(play(wrote(['1']), resolved, reopened, wrote(['2']), done).does).toEqual(['post_reply', 'typing'])
  })
})
