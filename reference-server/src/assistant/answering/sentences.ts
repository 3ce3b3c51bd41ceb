/** Where a sentence ends within a line: at marks of several scripts. A dot within a number, a name or *e.g.* ends none. */
const END = /(?<=[.!?][)"'”’]?)\s+(?=[\p{Lu}\p{Lo}\d"“'(•*-])|(?<=[।॥。！？])\s*/u
const ABBREVIATED = /\b(?:e\.g|i\.e|etc|vs|no|nos|rs|mr|mrs|ms|dr|st|pvt|ltd|inc|approx|sec|fig)\.$/i

/** Cuts a text into its sentences, each a substring of it. None goes on in the next line. */
export function sentencesOf(text: string): string[] {
  return text.split('\n').flatMap((line) => sentencesOfLine(line.trim()))
}

function sentencesOfLine(line: string): string[] {
  const sentences: string[] = []
  let from = 0
  for (const part of line.split(END)) {
    const at = line.indexOf(part, from)
    const last = sentences.at(-1)
    const between = line.slice(from, at)
    if (last !== undefined && ABBREVIATED.test(last)) sentences[sentences.length - 1] = last + between + part
    else if (part.trim()) sentences.push(part.trim())
    from = at + part.length
  }
  return sentences
}
