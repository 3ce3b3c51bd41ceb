import { ChatError } from '@chatdesk/protocol'
import type { closingTexts } from '../../text/en-closing.js'

/** Why a transcript was not mailed (C14); the key of its text. */
export function mailProblem(error: unknown): keyof typeof closingTexts {
  if (!ChatError.isInstance(error)) return 'didNotWork'
  switch (error.code) {
    case 'NOT_SUPPORTED':
      return 'mailNone'
    case 'FORBIDDEN':
      return error.field === 'email' ? 'mailElsewhere' : 'mailUnanswered'
    case 'VALIDATION_FAILED':
      return 'mailNoAddress'
    case 'RATE_LIMITED':
      return 'mailOften'
    default:
      return 'didNotWork'
  }
}
