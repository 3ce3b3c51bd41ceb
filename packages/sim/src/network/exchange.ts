import type { Host, World } from '../world.js'

/** What becomes of a request that has reached the balancer. */
export type Routed<T> =
  | 'lost'
  | 'refused'
  | {
      node: Host
      answer: () => Promise<T> /** The node does what it was asked, and nobody hears of it. */
      answerLost: boolean
    }

/** One request and its answer. */
export class Exchange<T> {
  readonly answer: Promise<T>
  node: Host | undefined
  readonly #parts: { world: World; page: Host; delay: () => number; onGone: () => void }
  #resolve!: (value: T) => void
  #reject!: (reason: unknown) => void
  #over = false

  constructor(parts: { world: World; page: Host; delay: () => number; onGone: () => void }) {
    this.#parts = parts
    this.answer = new Promise((resolve, reject) => {
      this.#resolve = resolve
      this.#reject = reject
    })
  }

  get page(): Host {
    return this.#parts.page
  }

  begin(route: () => Routed<T>): void {
    const { world, delay } = this.#parts
    world.after(delay(), () => {
      if (this.#over) return
      const routed = route()
      if (routed === 'refused') world.after(delay(), () => this.fail(new TypeError('Failed to fetch')))
      else if (routed !== 'lost') this.#ask(routed)
    })
  }

  /** The page learns that nothing will come. */
  fail(reason: unknown): void {
    if (this.#end()) this.#parts.page.take(() => this.#reject(reason))
  }

  #ask({ node, answer, answerLost }: Exclude<Routed<T>, string>): void {
    const { world, page, delay } = this.#parts
    this.node = node
    world.after(
      0,
      () => {
        answer().then(
          (value) => answerLost || world.after(delay(), () => this.#end() && this.#resolve(value), page),
          (error: unknown) => answerLost || world.after(delay(), () => this.#end() && this.#reject(error), page),
        )
      },
      node,
    )
  }

  #end(): boolean {
    if (this.#over) return false
    this.#over = true
    this.#parts.onGone()
    return true
  }
}
