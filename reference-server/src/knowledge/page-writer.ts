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
  let written = ''
  let breaks = 0
  const endLines = () => {
    if (breaks > 0 && written !== '') written = written.trimEnd() + '\n'.repeat(breaks)
    breaks = 0
  }
  return {
    write(text) {
      const words = text.replace(/\s+/g, ' ')
      const begins = breaks > 0 || written === '' || /\s$/.test(written)
      const more = begins ? words.trimStart() : words
      if (more === '') return
      endLines()
      written += more
    },
    writeLines(text) {
      if (text.trim() === '') return
      endLines()
      written += text
    },
    break(lines) {
      breaks = Math.max(breaks, lines)
    },
    text: () => written.trim(),
  }
}
