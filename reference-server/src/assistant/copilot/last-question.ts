import { findHumanRequest } from '../classification/human-request.js'
import { intentsOf, isSmallTalk } from '../classification/intents.js'
import { findContact } from '../contact/find-contact.js'
import { wordsOf } from '../language/words.js'
import type { SaidMessage } from './load-conversation.js'

/** A wish for a person in so many words says nothing else. */
const LONGEST_BARE_WISH = 8

/** What a reply is to be drafted to. */
export interface LastQuestion {
  text: string
  /** What was said before it, by whomever, the oldest first. */
  before: readonly SaidMessage[]
}

/** Whether a visitor's words ask something: more than a greeting, thanks, a way to be reached, or to be put through to a person. */
export function asksSomething({ from, text }: Pick<SaidMessage, 'from' | 'text'>): boolean {
  if (from !== 'visitor' || !/[\p{L}\p{N}]/u.test(text) || isSmallTalk(intentsOf(text))) return false
  if (findContact(text, { asked: true })?.isAlone) return false
  return findHumanRequest(text) === null || wordsOf(text).length > LONGEST_BARE_WISH
}

/**
 * The last messages of the visitor's that ask something and were written in one go. Whether somebody has answered them by now is
 * for whoever wants a draft to see. Null: nothing was asked.
 */
export function findLastQuestion(messages: readonly SaidMessage[]): LastQuestion | null {
  let last = messages.length - 1
  while (last >= 0 && !asksSomething(messages[last] as SaidMessage)) last--
  if (last < 0) return null
  let first = last
  while (messages[first - 1]?.from === 'visitor') first--
  const asked = messages.slice(first, last + 1).filter(asksSomething)
  return { text: asked.map(({ text }) => text).join('\n'), before: messages.slice(0, first) }
}
