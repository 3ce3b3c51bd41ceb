/** What a violated promise comes to, for the people on both ends. */
export type Harm = 'lost' | 'duplicated' | 'out of order' | 'broken'

/** One broken promise. */
export interface Violation {
  harm: Harm
  /** Milliseconds of virtual time. */
  at: number
  text: string
}

/** A message as its author wrote it; its text is in no other. */
export interface Writing {
  readonly author: string
  readonly text: string
  /** Where it was written. */
  readonly page: string
  /** Ascends with the time of writing. */
  readonly order: number
  /** The client was told that it is on disk: from then on it may not be lost. */
  kept: boolean
  /** Its page died before: it may be lost, as its author could see. */
  excused: boolean
}

/** What people wrote, in their order, and what went wrong with it. */
export class Ledger {
  readonly violations: Violation[] = []
  readonly byText = new Map<string, Writing>()
  /** Pages whose disk failed them: they knew nothing of what an earlier one had left there. */
  readonly withoutDisk = new Set<string>()
  readonly #elapsed: () => number

  constructor(elapsed: () => number) {
    this.#elapsed = elapsed
  }

  violate(harm: Harm, text: string): void {
    // The first ones tell; a page that is wrong once is wrong at every further step.
    if (this.violations.length < 20) this.violations.push({ harm, at: this.#elapsed(), text })
  }

  write(author: string, page: string): Writing {
    // No text is a part of another one.
    const order = this.byText.size + 1
    const text = `<${author} ${order}>`
    const writing = { author, text, page, order, kept: false, excused: false }
    this.byText.set(text, writing)
    return writing
  }

  /** The author's client was told that it is on disk. */
  keep(text: string): void {
    const writing = this.byText.get(text)
    if (writing) writing.kept = true
  }

  /** The page of this author dies now: what it was not told to be on disk may be lost. */
  excuse(author: string): void {
    for (const writing of this.byText.values())
      if (writing.author.startsWith(author) && !writing.kept) writing.excused = true
  }

  /** The messages whose texts stand in `value`. */
  textsIn(value: string): string[] {
    return value.match(/<[^<>"]+>/g) ?? []
  }
}
