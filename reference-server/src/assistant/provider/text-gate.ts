/** What becomes of a piece of text. `ended`: no more is taken, because nothing more is to be expected of it. */
export interface Passed {
  text: string
  ended: boolean
}

/** Lets the words of an answer through, and ends one that has none or no end. */
export interface TextGate {
  push(text: string): Passed
  /** Characters that were let through. */
  readonly length: number
}

/** Constrained models are known to write blanks without an end. */
const MOST_BLANKS = 200

/** A gate for one answer of at most so many characters. Blanks before the first word are none of its words. */
export function createTextGate(most: number): TextGate {
  let blanks = 0
  let length = 0
  return {
    push(text) {
      const begun = length > 0 ? text : text.trimStart()
      const fits = begun.slice(0, most - length)
      length += fits.length
      const trailing = text.length - text.trimEnd().length
      blanks = trailing === text.length ? blanks + trailing : trailing
      return { text: fits, ended: blanks > MOST_BLANKS || length >= most }
    },
    get length() {
      return length
    },
  }
}
