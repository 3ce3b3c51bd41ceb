import { ChatError } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { mailProblem } from './mail-problem.js'

it.each([
  [new ChatError('NOT_SUPPORTED'), 'mailNone'],
  [new ChatError('FORBIDDEN'), 'mailUnanswered'],
  [new ChatError('FORBIDDEN', 'no', { field: 'email' }), 'mailElsewhere'],
  [new ChatError('VALIDATION_FAILED', 'no', { field: 'email' }), 'mailNoAddress'],
  [new ChatError('RATE_LIMITED'), 'mailOften'],
  [new ChatError('UNAVAILABLE'), 'didNotWork'],
  [new TypeError('Failed to fetch'), 'didNotWork'],
])('[C14] says of %s why nothing was sent: %s', (error, text) => {
  expect(mailProblem(error)).toBe(text)
})
