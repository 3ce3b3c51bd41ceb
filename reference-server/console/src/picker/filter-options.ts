/** One thing that can be picked. */
export interface PickerOption {
  id: string
  label: string
  /** Options of one group stand together, under its name. */
  group?: string
  /** Said behind the label, in quieter words. */
  hint?: string | undefined
  /** Words that find it as well. */
  keywords?: string | undefined
  /** The key that does the same without the picker. */
  shortcut?: string | undefined
  /** Drawn before the label; says nothing that the label does not. */
  icon?: React.ReactNode
  /** Whether it is on; absent where that is no question. */
  selected?: boolean | undefined
  run(): void
}

/** How well an option fits what was typed; the smaller the better, null not at all. */
function rankOf({ label, keywords = '', group = '' }: PickerOption, words: readonly string[]): number | null {
  const name = label.toLowerCase()
  const rest = `${keywords} ${group}`.toLowerCase()
  let rank = 0
  for (const word of words) {
    if (name.startsWith(word)) continue
    if (isStartOfWord(name, word)) rank += 1
    else if (name.includes(word)) rank += 2
    else if (isStartOfWord(rest, word)) rank += 3
    else return null
  }
  return rank
}

function isStartOfWord(text: string, word: string): boolean {
  return text.split(/[^\p{L}\p{N}]+/u).some((part) => part.startsWith(word))
}

/** What fits every word of the query, the best first; without a query all, as they stand. */
export function filterOptions(options: readonly PickerOption[], query: string): readonly PickerOption[] {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean)
  if (words.length === 0) return options
  return options
    .flatMap((option) => {
      const rank = rankOf(option, words)
      return rank === null ? [] : [{ option, rank }]
    })
    .sort((a, b) => a.rank - b.rank)
    .map(({ option }) => option)
}
