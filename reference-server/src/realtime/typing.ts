import type { Author } from '@chatdesk/protocol'
import type { Draft } from '../nodes/hint.js'
import { authorKey } from './author.js'
import type { RealtimeClock } from './clock.js'

/** How long a sign of typing lasts by the server's clock, in milliseconds (Y1). */
const TYPING_TTL_MS = 6000
/** Who types beyond these is not told: nobody reads that many, and other nodes' word on it may be forged. */
const MOST_AUTHORS = 20

/** Who types in one conversation. Volatile: it lives in this process and ends by itself. */
export class Typing {
  readonly #expiries = new Map<string, () => void>()

  constructor(
    private readonly clock: RealtimeClock,
    private readonly announce: (author: Author, active: boolean, draft?: Draft) => void,
  ) {}

  /** Answers whether that was announced. A repeated `true` is, again, since clients let a sign run out by themselves too. */
  set(author: Author, active: boolean, draft?: Draft): boolean {
    const key = authorKey(author)
    const cancel = this.#expiries.get(key)
    if (!cancel && (!active || this.#expiries.size >= MOST_AUTHORS)) return false
    cancel?.()
    if (active)
      this.#expiries.set(
        key,
        this.clock.setTimeout(() => void this.set(author, false), TYPING_TTL_MS),
      )
    else this.#expiries.delete(key)
    this.announce(author, active, draft)
    return true
  }

  /** Forgets everybody, silently. */
  clear(): void {
    for (const cancel of this.#expiries.values()) cancel()
    this.#expiries.clear()
  }
}
