import type { AnswerProvider, AnswerRequest, Finish, ProviderErrorCode, ProviderEvent } from '../answer-provider.js'

/** What a scripted provider does for one answer. `hang`: says nothing more until it is stopped. */
export type ProviderStep = { say: string } | { done: Finish } | { fail: ProviderErrorCode; retryable: boolean } | 'hang'

/** A provider that keeps to a script, for tests of what uses one. */
export interface ScriptedProvider extends AnswerProvider {
  readonly requests: readonly AnswerRequest[]
  /** One list for each answer to come. Without one it says nothing and fails. */
  queue(...answers: readonly ProviderStep[][]): void
  /** Answers that were stopped or left before their end. */
  readonly stopped: number
}

/** Makes one. */
export function createScriptedProvider(): ScriptedProvider {
  const requests: AnswerRequest[] = []
  const answers: (readonly ProviderStep[])[] = []
  let stopped = 0

  async function* answer(request: AnswerRequest, signal: AbortSignal): AsyncGenerator<ProviderEvent> {
    if (signal.aborted) return yield { type: 'error', code: 'aborted', retryable: false }
    requests.push(request)
    let over = false
    try {
      let said = 0
      for (const step of answers.shift() ?? []) {
        if (step === 'hang') await aborted(signal)
        // A real one cannot be stopped between two words without being asked either.
        await Promise.resolve()
        if (signal.aborted) return yield { type: 'error', code: 'aborted', retryable: false }
        if (step === 'hang') continue
        if ('say' in step) {
          said += step.say.length
          yield { type: 'delta', text: step.say }
          continue
        }
        over = true
        if ('done' in step || said > 0)
          yield { type: 'usage', promptTokens: 100, completionTokens: Math.ceil(said / 4), estimated: true }
        if ('done' in step) yield { type: 'done', finish: step.done }
        else yield { type: 'error', code: step.fail, retryable: step.retryable }
        return
      }
      over = true
      yield { type: 'error', code: 'empty', retryable: true }
    } finally {
      if (!over) stopped++
    }
  }

  return {
    answer,
    capabilities: () => ({ kind: 'scripted', model: 'scripted', state: 'ready', usage: 'estimated' }),
    requests,
    queue: (...more) => void answers.push(...more),
    get stopped() {
      return stopped
    },
  }
}

function aborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
