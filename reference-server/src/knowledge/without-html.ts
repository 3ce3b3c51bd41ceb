/** What is no text to anybody, with all up to its end. */
const RAW = /<(script|style|template|noscript)\b[\s\S]*?(<\/\1\s*>|$)/gi
const TAG = /<(\/?)([a-z][^<>]*)>/gi

/** Leaves HTML out of a text. Elements go with all that stands in them; of what is no whole element, the tags go. Linear. */
export function withoutHtml(text: string): string {
  const source = text.replace(RAW, '')
  const open: { name: string; keeps: number }[] = []
  const times = new Map<string, number>()
  const kept: string[] = []
  let from = 0
  for (const { 0: tag, 1: slash, 2: inner = '', index } of source.matchAll(TAG)) {
    kept.push(source.slice(from, index))
    from = index + tag.length
    const name = nameOf(inner)
    if (slash === '') {
      open.push({ name, keeps: kept.length })
      times.set(name, (times.get(name) ?? 0) + 1)
    } else if (times.get(name)) kept.length = closeUntil(name, open, times)
  }
  return kept.join('') + source.slice(from)
}

/** Ends the last element of a name and those in it, of which at least one is open. How many pieces stand before it. */
function closeUntil(name: string, open: { name: string; keeps: number }[], times: Map<string, number>): number {
  for (let last = open.pop(); last; last = open.pop()) {
    times.set(last.name, (times.get(last.name) ?? 1) - 1)
    if (last.name === name) return last.keeps
  }
  return 0
}

function nameOf(inner: string): string {
  return (/^[\w-]+/.exec(inner)?.[0] ?? '').toLowerCase()
}
