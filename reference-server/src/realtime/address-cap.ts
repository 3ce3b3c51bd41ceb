/** Counts connections by network address, so that one address cannot take them all (threat 45). */
export class AddressCap {
  readonly #open = new Map<string, number>()

  constructor(private readonly limit: number) {}

  isFull(address: string): boolean {
    return (this.#open.get(address) ?? 0) >= this.limit
  }

  /** Counts one; the answer lets it go, once. */
  enter(address: string): () => void {
    this.#open.set(address, (this.#open.get(address) ?? 0) + 1)
    let inside = true
    return () => {
      if (!inside) return
      inside = false
      const left = (this.#open.get(address) ?? 1) - 1
      if (left > 0) this.#open.set(address, left)
      else this.#open.delete(address)
    }
  }
}
