import { intentsOf, isSmallTalk } from '../classification/intents.js'
import { normalise } from '../language/normalise.js'
import { wordsOf } from '../language/words.js'
import type { Found } from '../redaction/found.js'
import { asciiDigits, findPersonalData } from '../redaction/personal-data.js'

/** A way to be reached, as it stands in a message. One of the two is there. */
export interface Contact {
  /** In lower case. */
  email: string | null
  /** Its digits, with a plus before them if one was written. */
  phone: string | null
}

/** The same, and what else the message says. */
export interface FoundContact extends Contact {
  /** The message without it, and without the words that lead to it: *you can write to me at*. */
  rest: string
  /** The rest asks for nothing: a name, thanks, a time of day. */
  isAlone: boolean
}

const LONGEST_EMAIL = 254
/** What is nothing but a number may be one, where one was asked for. */
const BARE_NUMBER = /^\+?[\d\s().\-/]{7,24}$/
/** Digits of a telephone's number, by E.164 the most. */
const FEWEST_DIGITS = 7
const MOST_DIGITS = 15

/** So many characters before it may lead to it. Every repeat below is of what the next part does not take. */
const LEAD_IN_REACH = 80
const LEAD_IN =
  /(?:\b(?:(?:you|u|they|he|she) (?:can|could|may) |please |pls |just )?(?:call|phone|ring|text|whatsapp|mail|e-?mail|write|reach|contact|ping|message|reply|answer|send)(?: it)?(?: to)?(?: (?:me|us))?(?: back)?(?: (?:at|on|under|to|via|by|through|mail))?|\b(?:(?:my|our|the|mera|meri|work|office|home|business) ){0,2}(?:e-?mail|mail|phone|mobile|cell|telephone|contact|whatsapp|number|address|id)(?: (?:address|number|id|no)){0,2}(?: (?:is|hai))?|\b(?:it is|it's|its|this is|that is|here is|here it is|here you go|i am at|i'm at|at|on|under|is|or|and|also))\s?[:,.=–-]{0,2}\s?$/i
/** Lead-ins that stand one before the other: *sure, you can write to me: my address is*. */
const MOST_LEAD_INS = 3

/** So many words beside it are a name, or when somebody can be reached. */
const MOST_BESIDE = 6
const ASKS =
  /^(?:what|when|where|who|whom|whose|how|why|which|can|could|do|does|did|is|are|will|would|should|kya|kab|kaise|kahan|kitna|kitne|kyu|kyun|kaun|क्या|कब|कैसे|कहाँ|कहां|कितना|कितने|क्यों|कौन)$/

/**
 * Finds an e-mail address or a telephone's number. `asked`: the assistant has asked for one, so that more is taken for one, and
 * for what stands beside one; unasked, a message that merely mentions one is about something else, and null.
 */
export function findContact(text: string, { asked }: { asked: boolean }): FoundContact | null {
  const plain = normalise(text)
  const spans = findPersonalData(plain).filter(({ kind }) => kind === 'email' || kind === 'phone')
  const contact: Contact = { email: null, phone: null }
  for (const span of spans) Object.assign(contact, readSpan(plain, span))
  if (contact.email === null && contact.phone === null) {
    const phone = asked && BARE_NUMBER.test(asciiDigits(plain)) ? phoneOf(plain) : null
    return phone === null ? null : { email: null, phone, rest: '', isAlone: true }
  }
  const rest = withoutSpans(plain, spans)
  const isAlone = asksNothing(rest, asked)
  return asked || isAlone ? { ...contact, rest, isAlone } : null
}

/** Of what is said twice, the last counts. */
function readSpan(plain: string, { kind, from, to }: Found): Partial<Contact> {
  const value = plain.slice(from, to)
  if (kind === 'phone') {
    const phone = phoneOf(value)
    return phone === null ? {} : { phone }
  }
  const email = value.replaceAll(' ', '').toLowerCase()
  return email.length > LONGEST_EMAIL ? {} : { email }
}

function phoneOf(text: string): string | null {
  const written = asciiDigits(text)
  const digits = written.replace(/\D/g, '')
  if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return null
  return written.trimStart().startsWith('+') ? `+${digits}` : digits
}

function withoutSpans(plain: string, spans: readonly Found[]): string {
  let rest = plain
  for (const { from, to } of [...spans].reverse()) {
    let before = rest.slice(0, from).trimEnd()
    for (let count = 0; count < MOST_LEAD_INS; count++)
      before =
        before.slice(0, -LEAD_IN_REACH) +
        before
          .slice(-LEAD_IN_REACH)
          .replace(LEAD_IN, '')
          .replace(/[\s,:(<"']+$/, '')
    rest = `${before} ${rest.slice(to)}`
  }
  return rest
    .replace(/ +/g, ' ')
    .replace(/ ([.,;:!?])/g, '$1')
    .trim()
}

function asksNothing(rest: string, asked: boolean): boolean {
  const words = wordsOf(rest)
  const intents = intentsOf(rest)
  if (words.length === 0 || isSmallTalk(intents)) return true
  return (
    asked &&
    words.length <= MOST_BESIDE &&
    !/[?？]/.test(rest) &&
    intents.length === 0 &&
    !words.some((word) => ASKS.test(word))
  )
}
