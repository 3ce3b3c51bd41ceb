import type { ProviderErrorCode } from './answer-provider.js'
import type { OptionalField } from './request-fields.js'

/** Why an attempt failed, and what can be done about it. It holds no word of what the server has said. */
export class ProviderFailure extends Error {
  readonly code: ProviderErrorCode
  readonly retryable: boolean
  /** The server asks for so much time. */
  readonly retryAfterMs: number | null
  /** The server does not know this field. */
  readonly field: OptionalField | null

  constructor(
    code: ProviderErrorCode,
    { retryAfterMs = null, field = null }: { retryAfterMs?: number | null; field?: OptionalField | null } = {},
  ) {
    // The openai package looks for words like "timed out" in messages; this one has none.
    super('provider failure')
    this.code = code
    this.retryable = !LASTING.has(code)
    this.retryAfterMs = retryAfterMs
    this.field = field
  }
}

/** These fail the same way again until somebody changes something. */
const LASTING: ReadonlySet<ProviderErrorCode> = new Set(['aborted', 'unauthorised', 'quota_spent', 'rejected'])

/** The failure in whatever was thrown; `otherwise`: what it is if it says nothing. The openai package hides ours as a cause. */
export function failureOf(thrown: unknown, otherwise: ProviderErrorCode): ProviderFailure {
  for (let error = thrown, depth = 0; error instanceof Error && depth < 5; error = error.cause, depth++)
    if (error instanceof ProviderFailure) return error
  return new ProviderFailure(thrown instanceof SyntaxError ? 'malformed' : otherwise)
}
