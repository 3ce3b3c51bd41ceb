import { wordsOf } from '../language/words.js'

/** Words that call for a person at once (E4). */
export interface Keyword {
  /** Matched as whole words after folding; an ending of up to three letters may follow the last one. */
  phrase: string
  /** `safety`: about a life; answered with the safety text, whatever stands before it. */
  kind: 'alarm' | 'safety'
}

/** A word that has a harmless sense as well stands with its company: some courts are for tennis. */
const ALARMS = `fraud|fraudulent|scam|scammed|unauthorised|unauthorized|double charge|charged twice|double debit|legal action|legal notice|lawyer|lawsuit|sue you|suing|
court case|court order|court notice|high court|district court|supreme court|take you to court|taking you to court|take this to court|taking this to court|
take it to court|drag you to court|go to court|going to court|see you in court|approach the court|consumer forum|consumer court|police|fir|cyber crime|cybercrime|chargeback|charge back|data deletion|delete my data|delete all my data|erase my data|data breach|
hacked|account hacked|identity theft|outage|site is down|website is down|server is down|system is down|
dhokha|dhokhadhadi|thagi|vakil|vakeel|kanooni|police complaint|paise do baar|do baar paise|
धोखाधड़ी|धोखा|ठगी|वकील|कानूनी|पुलिस|अदालत|मेरा डेटा हटा|दो बार पैसे|
fraude|estafa|abogado|denuncia|cobro doble`

const SAFETY = `suicide|suicidal|kill myself|killing myself|end my life|ending my life|take my life|want to die|wanna die|wish i was dead|wish i were dead|better off dead|
self harm|selfharm|hurt myself|harm myself|hurting myself|cut myself|dont want to live|do not want to live|no reason to live|cant go on living|end it all|
marna chahta|marna chahti|mar jana chahta|mar jana chahti|jaan de dunga|jaan de dungi|jeena nahi chahta|jeena nahi chahti|khudkushi|aatmahatya|atmahatya|suicide kar|
आत्महत्या|मरना चाहता|मरना चाहती|जीना नहीं चाहता|जीना नहीं चाहती|जान दे दूंगा|जान दे दूंगी|खुदकुशी|
suicidarme|suicidio|quiero morir|matarme|quitarme la vida|no quiero vivir`

/** Of every widget that does not do without them. No list takes the safety words away: see `findKeyword`. */
export const BUILT_IN_KEYWORDS: readonly Keyword[] = asKeywords(ALARMS, 'alarm')
const SAFETY_KEYWORDS: readonly Keyword[] = asKeywords(SAFETY, 'safety')

/** Words that take an alarm back if they stand up to three words before it: *this is not a fraud, I only ask*. */
const NEGATIONS = new Set(
  'not no never without isnt wasnt arent dont didnt doesnt nothing neither nor nahi nahin nhi नहीं sin ningun'.split(
    ' ',
  ),
)
const NEGATION_REACH = 3
/** In Hindi the negation stands behind: *fraud nahi hai*. */
const NEGATIONS_BEHIND = new Set(['nahi', 'nahin', 'nhi', 'नहीं'])
/** *Why did you not stop the fraud* takes nothing back. */
const STILL_MEANT = new Set(
  'why stop stopped prevent prevented protect resolve resolved fix fixed refund help helping report reported'.split(
    ' ',
  ),
)
const LONGEST_ENDING = 3

/** Finds the first word that calls for a person; safety words come first, and stand whatever an organization has listed. */
export function findKeyword(text: string, keywords: readonly Keyword[]): Keyword | null {
  const words = wordsOf(text)
  const safety = SAFETY_KEYWORDS.find(({ phrase }) => placesOf(words, phrase).length > 0)
  if (safety) return safety
  return (
    keywords.find(({ phrase, kind }) =>
      placesOf(words, phrase).some((place) => kind === 'safety' || !isTakenBack(words, place, phrase)),
    ) ?? null
  )
}

function placesOf(words: readonly string[], phrase: string): number[] {
  const wanted = wordsOf(phrase)
  // Of signs alone nothing is left to look for, and it would stand everywhere.
  if (wanted.length === 0) return []
  const last = wanted.length - 1
  return words.flatMap((_, start) =>
    wanted.every((word, index) => isWord(words[start + index] ?? '', word, index === last)) ? [start] : [],
  )
}

/** Writing that puts no spaces between its words: what is looked for stands within a run of others. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u

/** Short words are compared whole: *sue* is not *suede*, *fir* not *firm*. */
function isWord(word: string, wanted: string, isLast: boolean): boolean {
  if (word === wanted || (UNSPACED.test(wanted) && word.includes(wanted))) return true
  return isLast && wanted.length > 4 && word.startsWith(wanted) && word.length - wanted.length <= LONGEST_ENDING
}

function isTakenBack(words: readonly string[], place: number, phrase: string): boolean {
  const before = words.slice(Math.max(0, place - NEGATION_REACH), place)
  const end = place + wordsOf(phrase).length
  if (words.slice(end, end + 2).some((word) => NEGATIONS_BEHIND.has(word))) return true
  return before.some((word) => NEGATIONS.has(word)) && !words.slice(0, place).some((word) => STILL_MEANT.has(word))
}

function asKeywords(list: string, kind: Keyword['kind']): Keyword[] {
  return list.split('|').map((phrase) => ({ phrase: phrase.trim(), kind }))
}
