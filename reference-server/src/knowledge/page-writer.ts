/** Puts words, lines and paragraphs together as a reader sees them. */
export interface PageWriter {
  write(text: string): void
  /** As they stand, with their lines. */
  writeLines(text: string): void
  /** Whatever comes next begins a line (1) or a paragraph (2). */
  break(lines: 1 | 2): void
  text(): string
}

export function createPageWriter(): PageWriter {
  // In pieces, of which only the last is looked at: a page may have as many as it has nodes.
  const pieces: string[] = []
  let breaks = 0
  const endLines = () => {
    if (breaks > 0 && pieces.length > 0) pieces.push((pieces.pop() ?? '').trimEnd(), '\n'.repeat(breaks))
    breaks = 0
  }
  return {
    write(text) {
      const words = text.replace(/\s+/g, ' ')
      const last = pieces.at(-1)
      const begins = breaks > 0 || last === undefined || last === '' || /\s/.test(last.charAt(last.length - 1))
      const more = begins ? words.trimStart() : words
      if (more === '') return
      endLines()
      pieces.push(more)
    },
    writeLines(text) {
      if (text.trim() === '') return
      endLines()
      pieces.push(text)
    },
    break(lines) {
      breaks = Math.max(breaks, lines)
    },
    text: () => pieces.join('').trim(),
  }
}
