import { isLuhn, isVerhoeff } from './checksums.js'
import type { Found } from './found.js'

/** What people put between the digits of one number. */
const BETWEEN = /^[ .()-]{1,3}$/
const MOST_DIGITS = 19
const MOBILE = /^(?:0|91|0091)?[6-9]\d{9}$/
const LANDLINE = /^0[1-8]\d{9}$/

/** Finds cards, Aadhaar numbers and telephones among the digits of a text. Of those that begin at a place, the longest. */
export function findInDigits(text: string): Found[] {
  return runsOf(text).flatMap((run) => findInRun(run))
}

interface Group {
  from: number
  digits: string
  /** With a plus before it, as numbers of telephones of other countries are written. */
  isMarked: boolean
}

/** Groups of digits that may be one number together. */
function runsOf(text: string): Group[][] {
  const runs: Group[][] = []
  let end = 0
  for (const { 0: digits, index: from } of text.matchAll(/\d+/g)) {
    const group = { from, digits, isMarked: text[from - 1] === '+' }
    const run = runs.at(-1)
    // Its length first: a whole text may stand between two.
    if (run && from - end <= 3 && BETWEEN.test(text.slice(end, from))) run.push(group)
    else runs.push([group])
    end = from + digits.length
  }
  return runs
}

function findInRun(groups: readonly Group[]): Found[] {
  const found: Found[] = []
  for (let first = 0; first < groups.length; first++) {
    const last = longestFrom(groups, first)
    if (!last) continue
    const [start, end] = [groups[first] as Group, groups[last.group] as Group]
    found.push({
      kind: last.kind,
      from: start.from - Number(start.isMarked),
      to: end.from + end.digits.length,
    })
    first = last.group
  }
  return found
}

function longestFrom(groups: readonly Group[], first: number): { kind: Found['kind']; group: number } | null {
  let digits = ''
  let best: { kind: Found['kind']; group: number } | null = null
  for (let group = first; group < groups.length; group++) {
    digits += groups[group]?.digits
    if (digits.length > MOST_DIGITS) break
    const shape = groups.slice(first, group + 1).map(({ digits: part }) => part.length)
    const kind = kindOf(digits, shape, (groups[first] as Group).isMarked)
    if (kind) best = { kind, group }
  }
  return best
}

function kindOf(digits: string, shape: readonly number[], isMarked: boolean): Found['kind'] | null {
  if (isMarked) return digits.length >= 8 && digits.length <= 15 ? 'phone' : null
  if (digits.length >= 13 && /^[2-6]/.test(digits) && isLuhn(digits)) return 'card'
  if (digits.length === 12 && /^[2-9]/.test(digits) && isVerhoeff(digits)) return 'aadhaar'
  if (MOBILE.test(digits) || LANDLINE.test(digits)) return 'phone'
  return shape.join() === '3,3,4' || shape.join() === '1,3,3,4' ? 'phone' : null
}
