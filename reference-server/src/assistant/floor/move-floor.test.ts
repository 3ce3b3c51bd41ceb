import { describe, expect, it } from 'vitest'
import { type Fence, FIRST_FLOOR, type Floor, type FloorEffect, type FloorEvent, WATCHDOG_MS } from './floor.js'
import { moveFloor } from './move-floor.js'

/** Goes through events; `fence` is that of the last turn that was begun. */
function play(...events: (FloorEvent | ((fence: Fence) => FloorEvent))[]) {
  let floor: Floor = FIRST_FLOOR
  let effects: FloorEffect[] = []
  let fence: Fence = { episode: 0, ownerVersion: 0, turnId: '' }
  for (const event of events) {
    ;({ floor, effects } = moveFloor(floor, typeof event === 'function' ? event(fence) : event))
    for (const effect of effects) if (effect.type === 'start_turn') fence = effect.fence
  }
  return { floor, effects, phase: floor.phase.name, does: effects.map(({ type }) => type) }
}
const wrote = (messageId: string, now = 0): FloorEvent => ({
  type: 'visitor_wrote',
  messageId,
  turnId: `t-${messageId}`,
  now,
})
const done = (fence: Fence): FloorEvent => ({ type: 'turn_done', fence, outcome: { kind: 'reply' } })
const agent: FloorEvent = { type: 'agent_wrote', agentId: 'a' }

describe('one turn', () => {
  it('waits for a burst, and answers it once', () => {
    const { effects } = play(wrote('1'), wrote('2'), done)
    expect(effects[0]).toEqual({ type: 'post_reply', turnId: 't-2', messageIds: ['1', '2'] })
  })
  it('is ended by a newer message, and then begun anew', () => {
    expect(play(wrote('1'), wrote('2')).does).toEqual(['cancel_turn', 'start_turn'])
  })
  it('is not finished twice', () => expect(play(wrote('1'), done, done).does).toEqual([]))
  it('says so if it fails', () => {
    const { effects, phase } = play(wrote('1'), (fence) => ({ type: 'turn_done', fence, outcome: { kind: 'failed' } }))
    expect(effects[0]).toEqual({ type: 'post_notice', notice: 'not_finished', messageIds: ['1'] })
    expect(phase).toBe('bot_idle')
  })
  it('[B5] is given up after 35 seconds from the first message of a burst, and not before', () => {
    const now = WATCHDOG_MS
    expect(play(wrote('1'), wrote('2', 20_000), { type: 'clock', now: now - 1 }).does).toEqual([])
    expect(play(wrote('1'), wrote('2', 20_000), { type: 'clock', now }).does).toEqual([
      'cancel_turn',
      'typing',
      'post_notice',
    ])
    expect(play(wrote('1'), { type: 'clock', now }, done).does).toEqual([])
  })
})

describe('the team', () => {
  it('takes the floor by writing, and the assistant is silent', () => {
    expect(play(wrote('1'), agent).does).toEqual(['cancel_turn', 'typing'])
    expect(play(wrote('1'), agent, done).does).toEqual([])
    expect(play(agent, wrote('1')).does).toEqual([])
  })
  it('passes it on among itself', () => {
    expect(play(agent, { type: 'assigned', agentId: 'b' }).floor).toMatchObject({
      phase: { agentId: 'b' },
      ownerVersion: 3,
    })
  })
  it('gives it back', () => {
    expect(play(agent, { type: 'returned_to_bot' }, wrote('1'), done).does).toEqual(['post_reply', 'typing'])
  })
  it('puts a conversation back into the queue', () => {
    expect(play(agent, { type: 'released', teamOnline: true }).phase).toBe('waiting')
    expect(play({ type: 'released', teamOnline: true }).phase).toBe('bot_idle')
  })
})

describe('a hand-off', () => {
  it.each([
    [true, 'waiting', 'request_hand_off'],
    [false, 'offline', 'offer_form'],
  ])('is said at once, with the messages that wait; with a team (%s): %s', (teamOnline, phase, effect) => {
    const result = play(wrote('1'), { type: 'hand_off_requested', teamOnline })
    expect(result).toMatchObject({ phase, does: ['cancel_turn', 'typing', effect] })
    expect(result.effects[2]).toMatchObject({ messageIds: ['1'] })
  })
  it('is requested once', () => {
    const request: FloorEvent = { type: 'hand_off_requested', teamOnline: true }
    expect(play(request, request).does).toEqual([])
  })
  it('becomes a form when everybody leaves, and every later message is kept', () => {
    const request: FloorEvent = { type: 'hand_off_requested', teamOnline: true }
    expect(play(request, { type: 'team_left' })).toMatchObject({ phase: 'offline', does: ['offer_form'] })
    expect(play(request, { type: 'team_left' }, wrote('1')).effects).toEqual([
      { type: 'post_notice', notice: 'kept_for_later', messageIds: ['1'] },
    ])
  })
})

describe('the end', () => {
  it('is told whoever waits for an answer', () => {
    expect(play(wrote('1'), { type: 'resolved' }).effects[2]).toMatchObject({
      notice: 'ended_unanswered',
      messageIds: ['1'],
    })
    expect(play(agent, { type: 'resolved' }).does).toEqual([])
  })
  it('is another episode, in which the assistant speaks again', () => {
    expect(play(agent, { type: 'resolved' }, wrote('1')).effects[1]).toMatchObject({ fence: { episode: 2 } })
    expect(play(wrote('1'), { type: 'resolved' }, wrote('2'), done).does).toEqual(['post_reply', 'typing'])
  })
})

it('a lead form ends with what is left in it', () => {
  const form = (fence: Fence): FloorEvent => ({ type: 'turn_done', fence, outcome: { kind: 'lead_form' } })
  expect(play(wrote('1'), form).phase).toBe('lead_capture')
  expect(play(wrote('1'), form, { type: 'lead_captured' }).phase).toBe('bot_idle')
  expect(play(wrote('1'), form, wrote('2')).phase).toBe('bot_thinking')
})
