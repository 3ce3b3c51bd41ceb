/** A `Response` whose body comes in pieces, as far as the drivers use it. */
export class StreamedAnswer {
  readonly ok: boolean
  readonly body = { getReader: () => ({ read: () => this.#read() }) }
  readonly #chunks: Uint8Array[] = []
  #over: { failed: boolean; reason?: unknown } | undefined
  #wake = () => {}

  constructor(readonly status: number) {
    this.ok = status >= 200 && status < 300
  }

  add(text: string): void {
    this.#chunks.push(new TextEncoder().encode(text))
    this.#wake()
  }

  end(): void {
    this.#over ??= { failed: false }
    this.#wake()
  }

  fail(reason: unknown): void {
    this.#over ??= { failed: true, reason }
    this.#wake()
  }

  async text(): Promise<string> {
    const decoder = new TextDecoder()
    let text = ''
    for (let chunk = await this.#read(); !chunk.done; chunk = await this.#read()) text += decoder.decode(chunk.value)
    return text
  }

  async #read(): Promise<{ done: false; value: Uint8Array } | { done: true }> {
    for (;;) {
      const value = this.#chunks.shift()
      if (value) return { done: false, value }
      if (this.#over?.failed) throw this.#over.reason
      if (this.#over) return { done: true }
      await new Promise<void>((resolve) => {
        this.#wake = resolve
      })
    }
  }
}
