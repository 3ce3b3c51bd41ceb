import type { RealtimeClock } from '../../realtime/clock.js'

/** How long a visitor is kept waiting for each part of an answer, in milliseconds. */
export interface Deadlines {
  /** From the request to the head of the response. */
  connectMs: number
  /** From the request to the first token. */
  firstTokenMs: number
  /** Between two parts of the response. */
  idleMs: number
  /** For the numbers after the last token: nobody waits for them, and they are only asked for to settle a budget. */
  tailMs: number
  /** Over all attempts. */
  totalMs: number
}

/** A visitor sees an outcome within 35 s, whatever fails. */
export const DEADLINES: Deadlines = {
  connectMs: 3_000,
  firstTokenMs: 8_000,
  idleMs: 10_000,
  tailMs: 1_000,
  totalMs: 30_000,
}

/** Which one has passed. */
export type PassedDeadline = 'connect_timeout' | 'first_token_timeout' | 'idle_timeout' | 'tail_timeout'

/** The deadlines of one attempt. */
export interface AttemptDeadlines {
  connected(): void
  /** A part has come; `said`: words have come by now. */
  heard(said: boolean): void
  /** The last token has come. What comes behind it does not put off the end. */
  ended(): void
  stop(): void
}

/** Begins to watch an attempt; `pass` is told at most once. */
export function watchDeadlines(
  clock: RealtimeClock,
  deadlines: Deadlines,
  pass: (deadline: PassedDeadline) => void,
): AttemptDeadlines {
  let cancel = () => {}
  const arm = (ms: number, deadline: PassedDeadline) => {
    cancel()
    cancel = clock.setTimeout(() => pass(deadline), ms)
  }
  let isOver = false
  const began = clock.now()
  arm(deadlines.connectMs, 'connect_timeout')
  return {
    connected: () => arm(deadlines.firstTokenMs - (clock.now() - began), 'first_token_timeout'),
    heard(said) {
      // Parts without a word keep nobody waiting for longer: the first token has one deadline.
      if (said) arm(deadlines.idleMs, 'idle_timeout')
    },
    ended() {
      if (!isOver) arm(deadlines.tailMs, 'tail_timeout')
      isOver = true
    },
    stop: () => cancel(),
  }
}
