import { isLuhn, isVerhoeff } from './checksums.js'
import type { Found } from './found.js'

/** What people put between the digits of one number. Dashes are of every kind: NFKC makes the unbroken one another one. */
const BETWEEN = /^[ .,/_()\p{Pd}\u2212]{1,3}$/u
const FEWEST_DIGITS = 8
const MOST_DIGITS = 19
/** Fewer digits before a comma are a part of a price. */
const BEFORE_COMMA = 4
const MOBILE = /^(?:0|91|0091)?[6-9]\d{9}$/
const NATIONAL = /^0[1-9]\d{7,10}$/
const INTERNATIONAL = /^00[1-9]\d{8,12}$/
/** Groups of numbers without a 0 before them, in North America and in Spain. */
const WRITTEN_OUT: Record<string, RegExp> = { '3,3,4': /^/, '1,3,3,4': /^/, '3,3,3': /^[6-9]/, '3,2,2,2': /^[6-9]/ }
const DATE =
  /(?<![\d./-])(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])\1(?:\d{4}|\d{2})|(?:19|20)\d{2}([./-])(?:0?[1-9]|1[0-2])\2(?:0?[1-9]|[12]\d|3[01]))(?![./-]?\d)/g

/**
 * Finds cards, Aadhaar numbers and telephones among the digits of a text. Cards come first, wherever in a run they stand, so that no
 * shorter kind takes a part of one and leaves the rest; of the others that begin at a place, the longest is taken.
 */
export function findInDigits(text: string): Found[] {
  return runsOf(text).flatMap((run) => findInRun(run))
}

interface Group {
  from: number
  digits: string
  /** What stands between the group before it and this one. */
  before: string
  /** With a plus before it, as numbers of telephones of other countries are written. */
  isMarked: boolean
  /** Of a date, which is no part of a telephone's number. */
  isDate: boolean
}

/** Groups of digits that may be one number together. */
function runsOf(text: string): Group[][] {
  const dates = [...text.matchAll(DATE)].map((match) => ({ from: match.index, to: match.index + match[0].length }))
  const runs: Group[][] = []
  let [end, nextDate] = [0, 0]
  for (const { 0: digits, index: from } of text.matchAll(/\d+/g)) {
    while ((dates[nextDate]?.to ?? from + 1) <= from) nextDate++
    // Its length first: a whole text may stand between two.
    const before = from - end <= 3 ? text.slice(end, from) : ''
    const isDate = (dates[nextDate]?.from ?? from + 1) <= from
    const group = { from, digits, before, isMarked: text[from - 1] === '+', isDate }
    const run = runs.at(-1)
    if (run && isJoined(run.at(-1) as Group, before)) run.push(group)
    else runs.push([group])
    end = from + digits.length
  }
  return runs
}

function isJoined(last: Group, between: string): boolean {
  return BETWEEN.test(between) && (!between.includes(',') || last.digits.length >= BEFORE_COMMA)
}

function findInRun(run: readonly Group[]): Found[] {
  const cards = cardsIn(run)
  const found = cards.map(({ first, last }) => spanOf('card', run.slice(first, last + 1)))
  const taken = new Set(cards.flatMap(({ first, last }) => run.slice(first, last + 1)))
  const rests: Group[][] = [[]]
  for (const group of run) {
    if (group.isDate || taken.has(group)) rests.push([])
    else rests.at(-1)?.push(group)
  }
  for (const rest of rests) found.push(...findOthers(rest))
  return found
}

/** Where cards stand. What may belong to either of two is taken with both: a part of one must not be left. */
function cardsIn(run: readonly Group[]): { first: number; last: number }[] {
  const cards: { first: number; last: number }[] = []
  for (let first = 0; first < run.length; first++) {
    const last = longestFrom(run, first, isCard)?.last
    if (last === undefined) continue
    const previous = cards.at(-1)
    if (previous && first <= previous.last) previous.last = Math.max(previous.last, last)
    else cards.push({ first, last })
  }
  return cards
}

function findOthers(groups: readonly Group[]): Found[] {
  const found: Found[] = []
  for (let first = 0; first < groups.length; first++) {
    const longest = longestFrom(groups, first, kindOf)
    if (!longest) continue
    found.push(spanOf(longest.kind, groups.slice(first, longest.last + 1)))
    first = longest.last
  }
  return found
}

function spanOf(kind: Found['kind'], groups: readonly Group[]): Found {
  const [start, end] = [groups[0] as Group, groups.at(-1) as Group]
  return { kind, from: start.from - Number(start.isMarked), to: end.from + end.digits.length }
}

function longestFrom(
  groups: readonly Group[],
  first: number,
  judge: (digits: string, groups: readonly Group[], first: number, last: number) => Found['kind'] | null,
): { kind: Found['kind']; last: number } | null {
  let digits = ''
  let longest: { kind: Found['kind']; last: number } | null = null
  for (let last = first; last < groups.length; last++) {
    digits += groups[last]?.digits
    if (digits.length > MOST_DIGITS) break
    if (digits.length < FEWEST_DIGITS) continue
    const kind = judge(digits, groups, first, last)
    if (kind) longest = { kind, last }
  }
  return longest
}

function isCard(digits: string, groups: readonly Group[], first: number): 'card' | null {
  // With a plus it is a telephone, if it is no longer than one.
  const shortest = groups[first]?.isMarked ? 16 : 13
  return digits.length >= shortest && /^[2-6]/.test(digits) && isLuhn(digits) ? 'card' : null
}

function kindOf(digits: string, groups: readonly Group[], first: number, last: number): Found['kind'] | null {
  if (groups[first]?.isMarked) return digits.length <= 15 ? 'phone' : null
  if (digits.length === 12 && /^[2-9]/.test(digits) && isVerhoeff(digits)) return 'aadhaar'
  const isNumber = MOBILE.test(digits) || NATIONAL.test(digits) || INTERNATIONAL.test(digits)
  if (!isNumber && last - first !== 2 && last - first !== 3) return null
  const parts = groups.slice(first, last + 1)
  return (isNumber ? !isList(parts) : isWrittenOut(digits, parts)) ? 'phone' : null
}

/** Short numbers beside each other that are times, sizes or prices: no telephone's is parted so. */
function isList(parts: readonly Group[]): boolean {
  if (parts[0]?.digits === '0' && parts[1]?.before.startsWith('.')) return true
  const lengths = new Set(parts.map(({ digits }) => digits.length))
  return Math.max(...lengths) <= 2 && (lengths.size > 1 || marksIn(parts).size > 1)
}

function isWrittenOut(digits: string, parts: readonly Group[]): boolean {
  const shape = parts.map((part) => part.digits.length)
  const isFit = WRITTEN_OUT[shape.join()]?.test(digits) === true
  // Points part thousands as well.
  return isFit && (shape.at(-1) === 4 || !marksIn(parts).has('.'))
}

function marksIn(parts: readonly Group[]): Set<string> {
  return new Set(parts.slice(1).map(({ before }) => before))
}
