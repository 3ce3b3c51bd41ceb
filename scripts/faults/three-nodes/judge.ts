/** What went wrong, counted. */
export interface Faults {
  lost: number
  duplicated: number
  outOfOrder: number
}

/** Compares what is there with what was to be there: each once, in this order. What nobody has written counts as doubled. */
export function judge(wanted: readonly string[], found: readonly string[]): Faults {
  const rank = new Map(wanted.map((text, index) => [text, index]))
  const first = new Set(found.filter((text) => rank.has(text)))
  let outOfOrder = 0
  let highest = -1
  for (const text of first) {
    const place = rank.get(text) ?? 0
    if (place < highest) outOfOrder += 1
    highest = Math.max(highest, place)
  }
  return { lost: rank.size - first.size, duplicated: found.length - first.size, outOfOrder }
}

/** The sum of many. */
export function sumOf(all: readonly Faults[]): Faults {
  const sum = { lost: 0, duplicated: 0, outOfOrder: 0 }
  for (const { lost, duplicated, outOfOrder } of all) {
    sum.lost += lost
    sum.duplicated += duplicated
    sum.outOfOrder += outOfOrder
  }
  return sum
}
