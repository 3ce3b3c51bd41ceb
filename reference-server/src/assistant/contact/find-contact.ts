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
/** Dates, years from and to, and amounts are written with the same signs. */
const NO_NUMBER = /^(?:\d{1,4}([./-])\d{1,2}\1\d{1,4}|(?:19|20)\d{2} ?- ?(?:19|20)\d{2}|[1-9]\d{0,2}(?:\.\d{3})+)$/
const INDIAN_MOBILE = /^91[6-9]\d{9}$/
/** Digits of a telephone's number, by E.164 the most. */
const FEWEST_DIGITS = 7
const MOST_DIGITS = 15

/** So many characters before it may lead to it. Every repeat below is of what the next part does not take. */
const LEAD_IN_REACH = 80
/** What is numbered as well: an order's number may look as a telephone's does. Its end is where the number begins. */
const OTHER_NUMBER =
  /(?:[#№]|(?<![\p{L}\p{N}])(?:orders?|ord|invoice|inv|booking|reservation|pnr|ref|reference|ticket|tkt|case|complaint|account|acct|a\/c|transaction|txn|payment|utr|rrn|tracking|awb|shipment|consignment|parcel|policy|gst|gstin|serial|imei|customer|consumer|member|membership|registration|passport|licen[cs]e|aadhaa?r|id|ऑर्डर|बुकिंग|खाता|शिकायत)(?: (?:id|no|num|number|code|ref|is|was|hai|नंबर|संख्या|है)|[ :=._/–-]){0,6})$/iu
/** Letters that are part of it: *AB98…*. Those that say that it is a telephone's are none. */
const ITS_LETTERS = /(?<![\p{L}\p{N}])(?!(?:TEL|PH|MOB|CELL|CALL|WA|NO|NUM|ON|AT|IS|ME)[-/_]?$)[A-Z]{1,5}[-/_]?$/u
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
  const personal = findPersonalData(plain)
  const spans = personal.filter((found) => isContact(plain, found))
  const contact: Contact = { email: null, phone: null }
  for (const span of spans) Object.assign(contact, readSpan(plain, span))
  if (contact.email === null && contact.phone === null) {
    const phone = asked && isBareNumber(asciiDigits(plain), personal) ? phoneOf(plain) : null
    return phone === null ? null : { email: null, phone, rest: '', isAlone: true }
  }
  const rest = withoutSpans(plain, spans)
  const isAlone = asksNothing(rest, asked)
  return asked || isAlone ? { ...contact, rest, isAlone } : null
}

function isContact(plain: string, { kind, from }: Found): boolean {
  if (kind !== 'phone') return kind === 'email'
  const before = plain.slice(Math.max(0, from - LEAD_IN_REACH), from)
  return !OTHER_NUMBER.test(before) && !ITS_LETTERS.test(before)
}

/** A card's number is no telephone's, nor is an Aadhaar number, but for those that only happen to pass for one. */
function isBareNumber(written: string, personal: readonly Found[]): boolean {
  if (!BARE_NUMBER.test(written) || NO_NUMBER.test(written)) return false
  return personal.length === 0 || INDIAN_MOBILE.test(written.replace(/\D/g, ''))
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
