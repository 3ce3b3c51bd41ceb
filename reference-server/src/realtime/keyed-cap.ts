/** Counts connections by network address, or by session, so that one of them cannot take them all (threat 45). */
export class KeyedCap {
  readonly #open = new Map<string, number>()

  constructor(private readonly limit: number) {}

  isFull(key: string): boolean {
    return (this.#open.get(key) ?? 0) >= this.limit
  }

  /** Counts one; the answer lets it go, once. */
  enter(key: string): () => void {
    this.#open.set(key, (this.#open.get(key) ?? 0) + 1)
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      const left = (this.#open.get(key) ?? 1) - 1
      if (left > 0) this.#open.set(key, left)
      else this.#open.delete(key)
    }
  }
}
