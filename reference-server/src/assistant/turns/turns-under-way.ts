import type { RealtimeClock, Speaker, Speaking } from '../../realtime/index.js'
import type { Fence } from '../floor/floor.js'
import type { Which } from './load-turn.js'

/** A turn of this process, from the message that begins it to its end. */
export interface TurnUnderWay {
  readonly which: Which
  readonly fence: Fence
  readonly messageIds: readonly string[]
  /** By then something must have been said, in milliseconds since the epoch. */
  readonly until: number
  readonly speaking: Speaking
  /** Another has the floor. */
  readonly abandoned: AbortSignal
  /** What there is by now must do. */
  readonly hurry: AbortController
  /** It is being settled: what happens now is its own doing. */
  settling: boolean
}

/** What a turn begins with. */
export type TurnBeginning = Pick<TurnUnderWay, 'which' | 'fence' | 'messageIds' | 'until'> & {
  delayMs: number
  author: Speaker['author']
  /** The last event that it rests on. */
  afterSeq: number
}

/** The turns of this process: one a conversation. */
export interface TurnsUnderWay {
  /** Shows that the assistant writes, and takes the turn after its delay. It takes the place of an older one. */
  begin(beginning: TurnBeginning): void
  /** Stops what is under way for it at once; without effect when it is over. `dropSigns`: another node shows its own by now. */
  abandon(turn: TurnUnderWay, options?: { dropSigns: boolean }): void
  /** A newer message follows: what is under way stops, and is seen to go on. */
  giveWay(which: Which): void
  of(which: Which): TurnUnderWay | undefined
  /** It is over. */
  end(turn: TurnUnderWay): void
  /** Those that have begun make haste; the others, which it answers with, are left to whoever finds them. */
  close(): TurnUnderWay[]
}

interface Held extends TurnUnderWay {
  readonly stop: AbortController
  /** Null: it has begun. */
  cancelDelay: (() => void) | null
}

/** Keeps them. `take` is called when a turn's delay is over. */
export function createTurnsUnderWay({
  timers,
  speak,
  take,
}: {
  timers: Pick<RealtimeClock, 'setTimeout'>
  speak: (speaker: Speaker) => Speaking
  take: (turn: TurnUnderWay) => void
}): TurnsUnderWay {
  const turns = new Map<string, Held>()

  const leave = (turn: Held) => {
    turn.cancelDelay?.()
    if (turns.get(keyOf(turn.which)) === turn) turns.delete(keyOf(turn.which))
  }
  const abandon = (turn: TurnUnderWay, { dropSigns } = { dropSigns: false }) => {
    const held = turns.get(keyOf(turn.which))
    if (held !== turn) return
    leave(held)
    held.stop.abort()
    if (dropSigns) held.speaking.drop()
    else held.speaking.end()
  }

  return {
    begin({ delayMs, author, afterSeq, ...beginning }) {
      const before = turns.get(keyOf(beginning.which))
      const { which } = beginning
      const stop = new AbortController()
      const turn: Held = {
        ...beginning,
        speaking: speak({ ...which, author, afterSeq }),
        ...{ stop, abandoned: stop.signal, hurry: new AbortController(), settling: false, cancelDelay: null },
      }
      if (before) {
        leave(before)
        before.stop.abort()
        before.speaking.drop()
      }
      turns.set(keyOf(which), turn)
      turn.cancelDelay = timers.setTimeout(() => {
        turn.cancelDelay = null
        take(turn)
      }, delayMs)
    },
    abandon,
    giveWay: (which) => turns.get(keyOf(which))?.stop.abort(),
    of: (which) => turns.get(keyOf(which)),
    end(turn) {
      const held = turns.get(keyOf(turn.which))
      // Whatever has taken its place has dropped its signs. One that gave way, and nothing came, has them still.
      if (held !== turn) return
      leave(held)
      turn.speaking.end()
    },
    close() {
      const [waiting, begun] = [
        [...turns.values()].filter(isDelayed),
        [...turns.values()].filter((turn) => !isDelayed(turn)),
      ]
      for (const turn of waiting) abandon(turn)
      for (const turn of begun) turn.hurry.abort()
      return waiting
    },
  }
}

function isDelayed({ cancelDelay }: Held): boolean {
  return cancelDelay !== null
}

function keyOf({ organizationId, conversationId }: Which): string {
  return `${organizationId} ${conversationId}`
}
