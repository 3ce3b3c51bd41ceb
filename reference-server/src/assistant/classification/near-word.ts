/** Words shorter than this are compared as they stand: too many others are one slip away. */
const SHORTEST_WITH_SLIP = 5

/** Whether one slip of the keys makes a word into another: a letter too many, too few, another one, or two that changed places. */
export function isNear(word: string, known: string): boolean {
  if (word === known) return true
  if (known.length < SHORTEST_WITH_SLIP || word[0] !== known[0]) return false
  return isOneSlip(word, known)
}

/** Whether two words are one slip apart, or the same. */
export function isOneSlip(word: string, known: string): boolean {
  if (Math.abs(word.length - known.length) > 1) return false
  let from = 0
  while (from < word.length && word[from] === known[from]) from++
  const [rest, wanted] = [word.slice(from), known.slice(from)]
  if (rest.slice(1) === wanted.slice(1) || rest.slice(1) === wanted || rest === wanted.slice(1)) return true
  return rest[0] === wanted[1] && rest[1] === wanted[0] && rest.slice(2) === wanted.slice(2)
}
