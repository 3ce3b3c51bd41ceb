import type { Finish } from './answer-provider.js'
import { ProviderFailure } from './provider-failure.js'
import { type ChunkParts, readChunk } from './read-chunk.js'
import { createTextGate } from './text-gate.js'

/** What is made of the chunks of one answer. */
export interface AnswerIntake {
  /** Takes a chunk, whatever it is. `over`: nothing more has to come. */
  take(chunk: unknown): { text: string; over: boolean }
  /** Some chunk has come. */
  readonly heard: boolean
  /** Characters that it has said. */
  readonly length: number
  /** Null: it has not come to an end. */
  readonly finish: Finish | null
  readonly reported: ChunkParts['usage']
}

/** An intake for an answer of so many characters; `wantsUsage`: the numbers are to come behind its end. */
export function createAnswerIntake({ most, wantsUsage }: { most: number; wantsUsage: boolean }): AnswerIntake {
  const gate = createTextGate(most)
  let heard = false
  let finish: Finish | null = null
  let reported: ChunkParts['usage'] = null
  return {
    take(chunk) {
      heard = true
      const parts = readChunk(chunk)
      if (parts.failed) throw new ProviderFailure('server_error')
      reported = parts.usage ?? reported
      let text = ''
      if (finish === null) {
        const passed = gate.push(parts.text)
        text = passed.text
        finish = parts.refused ? 'refusal' : passed.ended ? 'length' : parts.finish
        // What is refused, or has no end, is not waited for.
        if (parts.refused || passed.ended) return { text, over: true }
      }
      return { text, over: finish !== null && (reported !== null || !wantsUsage) }
    },
    get heard() {
      return heard
    },
    get length() {
      return gate.length
    },
    get finish() {
      return finish
    },
    get reported() {
      return reported
    },
  }
}
