/** Where a sentence ends: marks of several scripts, or the end of a line. A dot within a number, a name or *e.g.* ends none. */
const END = /(?<=[.!?][)"'”’]?)\s+(?=[\p{Lu}\p{Lo}\d"“'(•*-])|(?<=[।॥。！？])\s*|\s*\n+\s*/u
const ABBREVIATED = /\b(?:e\.g|i\.e|etc|vs|no|nos|rs|mr|mrs|ms|dr|st|pvt|ltd|inc|approx|sec|fig)\.$/i

/** Cuts a text into its sentences, each a substring of it. */
export function sentencesOf(text: string): string[] {
  const sentences: string[] = []
  let from = 0
  for (const part of text.split(END)) {
    const at = text.indexOf(part, from)
    const last = sentences.at(-1)
    const between = text.slice(from, at)
    if (last !== undefined && ABBREVIATED.test(last) && !between.includes('\n'))
      sentences[sentences.length - 1] = last + between + part
    else if (part.trim()) sentences.push(part.trim())
    from = at + part.length
  }
  return sentences
}
