import type { RealtimeClock } from '../../realtime/index.js'
import type { AnswerRequest } from '../provider/answer-provider.js'
import type { Which } from '../turns/load-turn.js'
import type { AnswerWriter, Written } from '../writing/answer-writer.js'

/** So long a member waits for a model's words, in milliseconds; then there are others. */
const LONGEST_WAIT_MS = 15_000

/** Has something written, within the budget; it ends in time and never throws for a provider's sake. */
export type AskModel = (request: AnswerRequest) => Promise<Written>

/** How a model is asked, and what came of it that its member should know. */
export interface AskedModel {
  ask: AskModel
  /** The organization has switched it off, and it was wanted. */
  readonly isSwitchedOff: boolean
}

/** What a model is asked through. */
export interface AskModelContext {
  writer: AnswerWriter
  timers: Pick<RealtimeClock, 'setTimeout'>
  which: Which
  /** The member does not wait any more. */
  gone: AbortSignal
}

/** Asks for one request of a member's. */
export function createAskModel({ writer, timers, which, gone }: AskModelContext): AskedModel {
  let isSwitchedOff = false
  return {
    get isSwitchedOff() {
      return isSwitchedOff
    },
    async ask(request) {
      // Nobody reserves what is not asked for.
      if (writer.state !== 'ready') return { kind: 'nothing', because: 'breaker_open' }
      const hurry = new AbortController()
      const cancel = timers.setTimeout(() => hurry.abort(), LONGEST_WAIT_MS)
      try {
        const task = { ...which, request, abandoned: gone, hurry: hurry.signal, onDraft: () => {} }
        const written = await writer.write(task)
        isSwitchedOff = written.kind === 'nothing' && written.because === 'switched_off'
        return written
      } finally {
        cancel()
      }
    },
  }
}
