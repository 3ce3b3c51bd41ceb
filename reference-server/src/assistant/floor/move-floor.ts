import {
  BURST_MS,
  type Fence,
  type Floor,
  type FloorEffect,
  type FloorEvent,
  type Phase,
  type TurnOutcome,
  WATCHDOG_MS,
} from './floor.js'

/** The next state, and what is to be done. */
export interface Move {
  floor: Floor
  effects: FloorEffect[]
}

/** Moves the floor by one event. What does not fit changes nothing, and nothing is done: late and repeated events are ordinary. */
export function moveFloor(floor: Floor, event: FloorEvent): Move {
  switch (event.type) {
    case 'visitor_wrote':
      return visitorWrote(floor, event)
    case 'turn_done':
      return turnDone(floor, event)
    case 'rated_unhelpful':
      return ratedUnhelpful(floor, event)
    case 'switched_off':
      return isOfBot(floor.phase)
        ? handOver(floor, { name: 'waiting' }, [...stopped(floor.phase, 'hand_off'), { type: 'leave_to_team' }])
        : still(floor)
    case 'clock':
      return lookAtClock(floor, event.now)
  }
}

function visitorWrote(floor: Floor, { messageIds, turnId, now }: Extract<FloorEvent, { type: 'visitor_wrote' }>): Move {
  const { phase } = floor
  const known = phase.name === 'bot_thinking' ? phase.messageIds : []
  const newer = messageIds.filter((id) => !known.includes(id))
  if (newer.length === 0) return still(floor)
  switch (phase.name) {
    case 'human_active':
    case 'waiting':
    // Whoever writes behind the end reopens it by that, before this is told.
    case 'resolved':
      return still(floor)
    case 'offline':
      return { floor, effects: [{ type: 'post_notice', notice: 'kept_for_later', messageIds: newer }] }
    case 'bot_thinking':
      // The time runs from the oldest of a burst: whoever keeps writing is not kept waiting.
      return think(floor, { turnId, messageIds: [...known, ...newer], until: phase.until }, [
        { type: 'cancel_turn', turnId: phase.turnId, reason: 'newer_message' },
      ])
    default:
      return think(floor, { turnId, messageIds: newer, until: now + WATCHDOG_MS }, [{ type: 'typing', on: true }])
  }
}

function think(
  floor: Floor,
  turn: Omit<Extract<Phase, { name: 'bot_thinking' }>, 'name'>,
  before: FloorEffect[],
): Move {
  const { turnId, messageIds } = turn
  const fence = { episode: floor.episode, ownerVersion: floor.ownerVersion, turnId }
  return move(floor, { name: 'bot_thinking', ...turn }, [
    ...before,
    { type: 'start_turn', fence, messageIds, delayMs: BURST_MS },
  ])
}

function turnDone(floor: Floor, { fence, outcome }: Extract<FloorEvent, { type: 'turn_done' }>): Move {
  const { phase } = floor
  if (phase.name !== 'bot_thinking' || !holdsFloor(floor, phase.turnId, fence)) return still(floor)
  const { turnId, messageIds } = phase
  const silent: FloorEffect = { type: 'typing', on: false }
  switch (outcome.kind) {
    case 'reply':
      return move(floor, { name: 'bot_idle' }, [{ type: 'post_reply', turnId, messageIds }, silent])
    case 'hand_off':
      return handOff(floor, outcome)
    case 'failed':
      return move(floor, { name: 'bot_idle' }, [{ type: 'post_notice', notice: 'not_finished', messageIds }, silent])
  }
}

/** Whether a turn may still write. */
function holdsFloor(floor: Floor, turnId: string, fence: Fence): boolean {
  return fence.episode === floor.episode && fence.ownerVersion === floor.ownerVersion && fence.turnId === turnId
}

/** Only where the assistant has the floor and is about nothing: a turn under way is waited for, and nobody's words are talked over. */
function ratedUnhelpful(floor: Floor, { seqs, outcome }: Extract<FloorEvent, { type: 'rated_unhelpful' }>): Move {
  if (floor.phase.name !== 'bot_idle' || seqs.length === 0) return still(floor)
  if (outcome.kind === 'hand_off') return handOff(floor, outcome)
  return { floor, effects: [{ type: 'post_offer', seqs }] }
}

function handOff(floor: Floor, { teamOnline, bare }: Extract<TurnOutcome, { kind: 'hand_off' }>): Move {
  const { phase } = floor
  const messageIds = phase.name === 'bot_thinking' ? phase.messageIds : []
  return handOver(floor, { name: teamOnline ? 'waiting' : 'offline' }, [
    ...stopped(phase, 'hand_off'),
    { type: bare ? 'keep_for_team' : teamOnline ? 'request_hand_off' : 'offer_form', messageIds },
  ])
}

function lookAtClock(floor: Floor, now: number): Move {
  const { phase } = floor
  if (phase.name !== 'bot_thinking' || now < phase.until) return still(floor)
  return handOver(floor, { name: 'bot_idle' }, [
    ...stopped(phase, 'too_long'),
    { type: 'post_notice', notice: 'not_finished', messageIds: phase.messageIds },
  ])
}

function isOfBot({ name }: Phase): boolean {
  return name === 'bot_idle' || name === 'bot_thinking'
}

function stopped(phase: Phase, reason: Extract<FloorEffect, { type: 'cancel_turn' }>['reason']): FloorEffect[] {
  if (phase.name !== 'bot_thinking') return []
  return [
    { type: 'cancel_turn', turnId: phase.turnId, reason },
    { type: 'typing', on: false },
  ]
}

/** The floor goes to somebody else: all fences of before are void. */
function handOver(floor: Floor, phase: Phase, effects: FloorEffect[] = []): Move {
  return { floor: { ...floor, ownerVersion: floor.ownerVersion + 1, phase }, effects }
}

function move(floor: Floor, phase: Phase, effects: FloorEffect[] = []): Move {
  return { floor: { ...floor, phase }, effects }
}

function still(floor: Floor): Move {
  return { floor, effects: [] }
}
