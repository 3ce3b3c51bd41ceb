import { wordsOf } from '../language/words.js'
import { HUMAN_REQUEST_PATTERNS } from './human-request-patterns.js'
import { PHRASES } from './human-request-phrases.js'
import {
  ANYONE_NOUNS,
  CONTACT_VERBS,
  HANDING_VERBS,
  REAL_WORDS,
  TEAM_NOUNS,
  WANTING_WORDS,
} from './human-request-words.js'
import { isNear, isOneSlip } from './near-word.js'

/** So many words may stand between a verb and the person whom it means. */
const REACH = 6
/** What a star of a phrase stands for at most. */
const STAR = 3

const PREPOSITIONS = new Set(['to', 'with', 'wiht', 'wth', 'whit'])
/** Each part of a message is judged by itself: *Are you a bot? Then get me a person.* */
const CLAUSE_END = /[.?!,;:\n।]+|\b(?:but|so|then)\b/i

/** *Call me*, unless it says by which name. */
const CALL_ME =
  /\b(?:call|phone|ring) (?:me|us)(?: back| up)?(?: (?:at|on|now|please|pls|asap|about|regarding|when|in|today|tomorrow|tonight|tmrw|right|immediately|urgently|soon|once|for|to|or)\b|$)/
const NAMES = /\bnames?\b|\bwhat (?:do )?(?:you|u) call\b|\bwould like you to call me \w+$/

/** What a sentence is about by itself, so that a person in it is none who is asked for. */
const ASKS_WHO_IT_IS =
  /\b(?:(?:are|r) (?:you|u)|if (?:you|u) (?:are|r)|(?:do|did) (?:you|u) (?:identify|consider)|(?:am i|is this|is it) (?:talking|speaking|chatting|an?|with|really)?)\b.{0,20}?\b(?:human|person|people|bot|robot|real|agent|operator|representative|machine|ai|computer|guy)\b(?: (?:being|person|human|agent|or|an?|real|bot|robot|machine|ai|computer))*/
const DECLINES =
  /\b(?:dont|do not|didnt|no longer|not) (?:really )?(?:want|need|wish|have)(?: to)?\b(?! (?:a |the |to )?(?:bot|robot|machine|ai))(?:(?! but ).){0,30}\b(?:human|person|agent|operator|representative|someone|anyone|somebody|call|manager)\b|\bno need (?:for|of|to)\b|\b(?:without|instead of|rather than) (?:talking|speaking|calling|contacting|an?|the)\b(?! (?:bot|robot|machine))/
/** What is asked for is a fact about the team's hours or rules, or a person of somebody else's. */
const ASKS_FOR_FACT =
  /\b(?:what|which) (?:time|hours|days?)\b|\bopening hours\b|\b(?:become|becoming|hire|hiring|appoint|real estate|travel|insurance|estate|delivery|shipping|foreign|user|sales tax|tax|change|nominee) (?:an? )?(?:agent|representative|person)\b/

/** Two words that mean neither of them: *executive summary*. They are left out. */
const COMPOUNDS =
  /\b(?:registered|registrar|nodal|contact|travel|insurance|estate|delivery|shipping|user|tax|change|nominee|sales|authori[sz]ed) (?:agent|person|representative|executive|staff)s?\b|\b(?:executive|representative|human|agent|manager|staff|operator|specialist) (?:summary|summaries|offices?|resources?|rights?|error|codes?|ids?|licen[cs]es?|fees?|commission|accounts?|salary|meeting|board|order)\b|\brepresentante legal\b|\bpersonas? (?:juridicas?|fisicas?|morale?s?|naturale?s?)\b|\bhuman (?:signatures?|body|nature|consumption)\b/g

/** *I do not want a bot* asks for the other. */
const NO_BOT =
  /\b(?:dont|do not|not|no|never|stop|hate|tired of|sick of|enough|instead of|rather than)\b(?: (?:want|need|like|wanna|to|talk|talking|speak|speaking|chat|chatting|with|a|an|the|this|these|your|any|more|stupid|dumb)){0,7} (?:chat)?(?:bots?|robots?|machines?)\b/

/** Whole phrases without spaces, for who writes without them: `talktoagent`. */
const GLUED =
  /(?:talk|speak|chat|connect)(?:ing)?(?:to|with)(?:an?|the|my|your)?(?:real|live|human|actual){0,3}(?:human|agent|person|operator|representative|someone|somebody|executive|manager)|(?:need|want|get|give)(?:me)?(?:an?|the)?(?:real|live)?(?:human|agent|operator|representative)(?!s?(?:rights|resource))/
const LONGEST_GLUED = 200

const PHRASE_LIST = Object.values(PHRASES).flatMap((phrases) => phrases.map((phrase) => phrase.split(' ')))

/** Why a message counts as one, for the log of decisions. */
export interface HumanRequest {
  /** What was recognised: a verb with a person, a phrase, a pattern, or words without spaces between them. */
  by: 'verb' | 'phrase' | 'pattern' | 'glued'
  words: string
}

/** Finds out whether somebody asks for a person in so many words; null: no. Works the same in whatever language is mixed. */
export function findHumanRequest(text: string): HumanRequest | null {
  for (const clause of text.split(CLAUSE_END)) {
    const found = inClause(wordsOf(clause))
    if (found) return found
  }
  return null
}

function inClause(all: readonly string[]): HumanRequest | null {
  const line = all.join(' ').replace(ASKS_WHO_IT_IS, ' ').replace(COMPOUNDS, ' ').replace(/\s+/g, ' ').trim()
  if (DECLINES.test(line) || ASKS_FOR_FACT.test(line)) return null
  const words = line.split(' ')
  if (isOnlyPerson(words)) return { by: 'phrase', words: line }
  const noBot = NO_BOT.exec(line)
  if (noBot) return { by: 'phrase', words: noBot[0] }
  const call = NAMES.test(line) ? null : CALL_ME.exec(line)
  if (call) return { by: 'phrase', words: call[0].trim() }
  const phrase = PHRASE_LIST.find((wanted) => hasPhrase(words, wanted))
  if (phrase) return { by: 'phrase', words: phrase.join(' ') }
  const verb = byVerb(words)
  if (verb) return { by: 'verb', words: verb }
  for (const pattern of HUMAN_REQUEST_PATTERNS) {
    const match = pattern.exec(line)
    if (match) return { by: 'pattern', words: match[0] }
  }
  const glued = line.length > LONGEST_GLUED ? null : GLUED.exec(line.replaceAll(' ', ''))
  return glued && words.some((word) => word.length > 7) ? { by: 'glued', words: glued[0] } : null
}

/** A message that is nothing but whom it asks for: *agent please*. */
function isOnlyPerson(words: readonly string[]): boolean {
  const said = words.filter((word) => !COURTESIES.has(word))
  return (
    said.length > 0 &&
    said.length <= 3 &&
    said.every((word) => REAL_WORDS.has(word) || isOneOf(word, TEAM_NOUNS)) &&
    said.some((word) => isOneOf(word, TEAM_NOUNS))
  )
}

/** A verb of contact, and a person behind it: *i am trying to speak with your agent*. */
function byVerb(words: readonly string[]): string | null {
  for (const [at, word] of words.entries()) {
    const behind = words.slice(at + 1, at + 1 + REACH)
    const verb = verbOf(word, behind[0])
    const noun = verb && behind.findIndex((next, index) => isMeant(verb, next, behind.slice(0, index)))
    if (noun !== null && noun >= 0) return [word, ...behind.slice(0, noun + 1)].join(' ')
  }
  return null
}

type Verb = 'contact' | 'handing' | 'wanting'

function verbOf(word: string, next: string | undefined): Verb | null {
  const stems = [
    word,
    word.replace(/(?:ing|ed|s)$/, ''),
    word.replace(/(?:ing|int|ign|ed|s)$/, ''),
    word.replace(/(.)\1(?:ing|ed)$/, '$1'),
  ]
  if (stems.some((stem) => CONTACT_VERBS.has(stem))) return 'contact'
  if (HANDING_VERBS.has(word) && (next === 'me' || next === 'us' || next === 'to' || next === 'my')) return 'handing'
  if (WANTING_WORDS.has(word)) return 'wanting'
  // A slip in a short verb counts with a preposition only: *caht with*.
  if (next && PREPOSITIONS.has(next) && word.length > 2)
    for (const verb of CONTACT_VERBS)
      if (verb[0] === word[0] && stems.some((stem) => stem.length > 2 && isOneSlip(stem, verb))) return 'contact'
  for (const verb of CONTACT_VERBS) if (word.length > 6 && stems.some((stem) => isNear(stem, verb))) return 'contact'
  return null
}

/** Whether a noun behind a verb is a person of the team, by what stands between them. */
function isMeant(verb: Verb, noun: string, between: readonly string[]): boolean {
  const singular = noun.replace(/s$/, '')
  const isTeam = isOneOf(singular, TEAM_NOUNS)
  if (between.some((word) => OF_OTHERS.has(word))) return false
  const isReal = between.some((word) => REAL_WORDS.has(word))
  if (verb === 'wanting')
    return (isTeam || (isReal && isOneOf(singular, ANYONE_NOUNS))) && between.length <= 3 && !hasVerb(between)
  if (verb === 'handing')
    return (isTeam || isOneOf(singular, ANYONE_NOUNS)) && between.some((word) => word === 'to' || word === 'with')
  return (
    (isTeam || noun === 'customer' || isOneOf(singular, ANYONE_NOUNS)) &&
    (between.length <= 1 || between.some((word) => LEADS_TO.has(word)))
  )
}

/** What stands before whom a visitor turns to; without any of them, the verb is about something else: *connect tools like …*. */
const LEADS_TO = new Set(['to', 'with', 'wiht', 'wth', 'live', 'human', 'customer', 'support', 'real', 'actual'])

/** *His accountant* is nobody of ours. */
const OF_OTHERS = new Set(['his', 'her', 'their', 'our'])

const COURTESIES = new Set(
  'please pls plz now a an the hi hello hey yes no ok just only sir madam asap again'.split(' '),
)

/** *I need to know if an agent…*: what is wanted is something else. */
function hasVerb(between: readonly string[]): boolean {
  return between.some((word) =>
    /^(?:know|see|check|find|become|be|change|pay|if|how|for|about|your|on|in|of)$/.test(word),
  )
}

function isOneOf(word: string, nouns: ReadonlySet<string>): boolean {
  if (nouns.has(word)) return true
  if (word.length < 5) return false
  for (const noun of nouns) if (isNear(word, noun)) return true
  return false
}

function hasPhrase(words: readonly string[], wanted: readonly string[]): boolean {
  return words.some((_, start) => followsFrom(words, start, wanted, 0))
}

function followsFrom(words: readonly string[], at: number, wanted: readonly string[], next: number): boolean {
  const word = wanted[next]
  if (word === undefined) return true
  if (word === '*') {
    for (let skip = 0; skip <= STAR; skip++) if (followsFrom(words, at + skip, wanted, next + 1)) return true
    return false
  }
  return words[at] === word && followsFrom(words, at + 1, wanted, next + 1)
}
