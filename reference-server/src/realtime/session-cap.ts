/**
 * Bounds the connections of each session (threat 45). The newest is let in and the oldest has to go: a phone that changes
 * its network leaves connections behind that nobody has closed, and those must not keep it out.
 */
export class SessionCap {
  readonly #open = new Map<string, Set<() => void>>()

  constructor(private readonly limit: number) {}

  /** @param end ends the connection. The answer lets it go. */
  enter(key: string, end: () => void): () => void {
    const open = this.#open.get(key) ?? new Set()
    this.#open.set(key, open)
    const [oldest] = open
    open.add(end)
    if (open.size > this.limit) oldest?.()
    return () => {
      open.delete(end)
      if (open.size === 0 && this.#open.get(key) === open) this.#open.delete(key)
    }
  }
}
