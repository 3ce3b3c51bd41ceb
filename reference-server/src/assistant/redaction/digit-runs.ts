import { isLuhn, isVerhoeff } from './checksums.js'
import type { Found } from './found.js'

/** Digits with what people put between them. Marks and digits are disjoint: nothing here can be tried twice. */
const RUN = /\+?\d+(?:[ .()-]{1,3}\d+)*/g
const MOST_DIGITS = 19
const MOBILE = /^(?:0|91|0091)?[6-9]\d{9}$/
const LANDLINE = /^0[1-8]\d{9}$/

/** Finds cards, Aadhaar numbers and telephones among the digits of a text. Of those that begin at a place, the longest. */
export function findInDigits(text: string): Found[] {
  return [...text.matchAll(RUN)].flatMap((run) => findInRun(run[0], run.index))
}

interface Group {
  from: number
  digits: string
}

function findInRun(run: string, offset: number): Found[] {
  const groups = [...run.matchAll(/\d+/g)].map((match): Group => ({ from: match.index, digits: match[0] }))
  const found: Found[] = []
  for (let first = 0; first < groups.length; first++) {
    const last = longestFrom(groups, first, run)
    if (!last) continue
    const [start, end] = [groups[first] as Group, groups[last.group] as Group]
    const isMarked = run[start.from - 1] === '+'
    found.push({
      kind: last.kind,
      from: offset + start.from - Number(isMarked),
      to: offset + end.from + end.digits.length,
    })
    first = last.group
  }
  return found
}

function longestFrom(
  groups: readonly Group[],
  first: number,
  run: string,
): { kind: Found['kind']; group: number } | null {
  let digits = ''
  let best: { kind: Found['kind']; group: number } | null = null
  for (let group = first; group < groups.length; group++) {
    digits += groups[group]?.digits
    if (digits.length > MOST_DIGITS) break
    const shape = groups.slice(first, group + 1).map(({ digits: part }) => part.length)
    const kind = kindOf(digits, shape, run[(groups[first] as Group).from - 1] === '+')
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
