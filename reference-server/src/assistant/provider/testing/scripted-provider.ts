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

const ABORTED: ProviderEvent = { type: 'error', code: 'aborted', retryable: false }

/** Makes one. */
export function createScriptedProvider(): ScriptedProvider {
  const requests: AnswerRequest[] = []
  const answers: (readonly ProviderStep[])[] = []
  let stopped = 0
  return {
    async *answer(request, signal) {
      if (signal.aborted) return yield ABORTED
      requests.push(request)
      let last: ProviderEvent | null = null
      try {
        for await (const event of play(answers.shift() ?? [], signal)) {
          last = event
          yield event
        }
      } finally {
        const isWhole = last?.type === 'done' || (last?.type === 'error' && last !== ABORTED)
        if (!isWhole) stopped++
      }
    },
    capabilities: () => ({ kind: 'scripted', model: 'scripted', state: 'ready', usage: 'estimated' }),
    requests,
    queue: (...more) => void answers.push(...more),
    get stopped() {
      return stopped
    },
  }
}

async function* play(steps: readonly ProviderStep[], signal: AbortSignal): AsyncGenerator<ProviderEvent> {
  let said = 0
  for (const step of steps) {
    if (step === 'hang') await untilAborted(signal)
    if (signal.aborted) return yield ABORTED
    if (step === 'hang') continue
    if ('say' in step) {
      said += step.say.length
      yield { type: 'delta', text: step.say }
      continue
    }
    if ('done' in step || said > 0)
      yield { type: 'usage', promptTokens: 100, completionTokens: Math.ceil(said / 4), estimated: true }
    return yield 'done' in step
      ? { type: 'done', finish: step.done }
      : { type: 'error', code: step.fail, retryable: step.retryable }
  }
  yield { type: 'error', code: 'empty', retryable: true }
}

function untilAborted(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve()
    else signal.addEventListener('abort', () => resolve(), { once: true })
  })
}
