import { wordsOf } from '../language/words.js'

/** What is said without anything being asked. */
export type SmallTalk = 'greeting' | 'thanks' | 'acknowledgement'

/** Turns of phrase whose words mean more elsewhere. Each repeat is bounded: the line is a visitor's. */
const PHRASES =
  /\b(?:good (?:morning|afternoon|evening|day|night)|got it|i see|i understand|all right|no problem|no worries|never ?mind|thats (?:all|it|fine|ok|okay|great|good)|that is (?:all|fine|ok|okay|great|good)|(?:that|it|this) (?:has )?help(?:ed|s)(?: me)?|(?:it|that) works(?: now)?|have a (?:nice|good|great|lovely) (?:day|one|evening|weekend)|you too|theek hai|thik hai|no thanks|no thank you)\b/g
/** What thanks are for: with it *help* is no request. */
const THANKED_FOR =
  /\bfor (?:all )?(?:of )?(?:the |your |that |this )?(?:quick |fast |kind |great |prompt )?(?:help|helping(?: me)?|answers?|answering|reply|replying|response|info|information|support|time|patience|assistance|everything|explaining|explanation|it|that|this)\b/g

const GREETINGS = setOf('hi hii hiii hello helo hey heya hallo hola namaste namaskar greetings नमस्ते नमस्कार')
const THANKS = setOf(
  'thanks thank thankyou thx thnx tysm ty cheers dhanyavad dhanyawad shukriya gracias merci danke धन्यवाद शुक्रिया',
)
const ACKNOWLEDGEMENTS = setOf(
  `ok okay okey k kk oki fine alright right sure yes yeah yep yup ya no nope nah cool great nice good perfect super excellent
  awesome wonderful wow hmm hm hmmm oh ah aha haha hehe lol bye goodbye done understood noted achha accha acha theek thik
  haan han haanji nahi bas si vale अच्छा ठीक हाँ हां नहीं जी`,
)
/** What stands beside them and asks for nothing. */
const BESIDE = setOf(
  'there sir madam maam mam team ji all everyone everybody guys bhai friend dear you u so very much a lot many again and then please pls bro mate hai है बहुत',
)

/** Says of a text that is nothing else what small talk it is; null: something is asked, or meant. */
export function smallTalkOf(text: string): SmallTalk | null {
  const all = wordsOf(text)
  // A thumb, folded hands: no word, and no question.
  if (all.length === 0) return /\p{Extended_Pictographic}/u.test(text) ? 'acknowledgement' : null
  const line = all.join(' ')
  const isThanks = all.some((word) => THANKS.has(word))
  const left = wordsOf((isThanks ? line.replace(THANKED_FOR, ' ') : line).replace(PHRASES, ' '))
  const known = (word: string) =>
    GREETINGS.has(word) || THANKS.has(word) || ACKNOWLEDGEMENTS.has(word) || BESIDE.has(word)
  if (!left.every(known)) return null
  if (isThanks) return 'thanks'
  if (left.some((word) => GREETINGS.has(word)) || /^good (?:morning|afternoon|evening|day)\b/.test(line))
    return 'greeting'
  // Of nothing but what stands beside, nobody knows what it means.
  return left.length < all.length || left.some((word) => ACKNOWLEDGEMENTS.has(word)) ? 'acknowledgement' : null
}

/** A text without the small talk at its beginning and its end; one that is nothing else stays as it is. */
export function withoutSmallTalk(text: string): string {
  const pieces = text.split(/(?<=[.?!,;:\n।])\s+/)
  const isMeant = (piece: string) => smallTalkOf(piece) === null
  const [first, last] = [pieces.findIndex(isMeant), pieces.length - 1 - [...pieces].reverse().findIndex(isMeant)]
  return first < 0 || last - first === pieces.length - 1 ? text : pieces.slice(first, last + 1).join(' ')
}

const YES = setOf(
  'yes yeah yep yup ya sure ok okay okey k kk absolutely definitely please pls haan han haanji ji si oui हाँ हां जी',
)
const BESIDE_YES = setOf('i would do it that id like you can go ahead of course be great nice good do so thanks thank')

/** Whether a text is nothing but a *yes*, to whatever was asked. */
export function isAgreement(text: string): boolean {
  const words = wordsOf(text)
  return words.some((word) => YES.has(word)) && words.every((word) => YES.has(word) || BESIDE_YES.has(word))
}

function setOf(words: string): ReadonlySet<string> {
  return new Set(words.split(/\s+/))
}
