import { isBlank } from '@chatdesk/protocol'
import type { Answers, Question } from './questions.js'

/** What is wrong with an answer, as the key of its text. */
export type Fault = 'formNeeded' | 'formTick' | 'formNoEmail' | 'formNoPhone'

/** Shapes, no more, and the server's own: whether somebody reads or answers there nobody can see. */
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/
const PHONE = /^\+?[\d\s().-]{5,30}$/

/** What is wrong with an answer; undefined when nothing is. */
export function faultOf({ type, required, options }: Question, answer: Answers[string]): Fault | undefined {
  if (typeof answer === 'boolean') return required && !answer ? 'formTick' : undefined
  if (isBlank(answer)) return required ? 'formNeeded' : undefined
  if (type === 'email' && !EMAIL.test(answer.trim())) return 'formNoEmail'
  if (type === 'phone' && !PHONE.test(answer.trim())) return 'formNoPhone'
  // The owner has changed the choices since.
  return options && !options.includes(answer) ? 'formNeeded' : undefined
}
