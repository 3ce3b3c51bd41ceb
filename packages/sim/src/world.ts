import { EventHeap, type Scheduled } from './event-heap.js'
import { createRandom, type Random } from './random.js'

/** Virtual time at the start of every schedule, in milliseconds since the epoch. */
const EPOCH = Date.UTC(2030, 0, 1)
/** The platform's own, since the world's stands in for it while a schedule runs. */
const nextTurn = globalThis.setImmediate
/** Events that are handed to the platform at once; promises still drain after each of them. */
const TURN = 64

/** Time as clients and servers take it. */
export interface SimulatedClock {
  now(): number
  setTimeout(run: () => void, delayMs: number): () => void
}

/** A page or a process: what is its own stops when it does, and waits while it is frozen. */
export class Host {
  state: 'running' | 'frozen' | 'dead' = 'running'
  /** How wrong its clock is, in milliseconds. */
  skewMs = 0
  /** Timers of its own that have not run. */
  timers = 0
  readonly clock: SimulatedClock
  readonly #world: World
  #held: (() => void)[] = []

  constructor(
    world: World,
    readonly name: string,
  ) {
    this.#world = world
    this.clock = {
      now: () => world.now + this.skewMs,
      setTimeout: (run, delayMs) => {
        this.timers += 1
        let waiting = true
        const settle = () => {
          if (waiting) this.timers -= 1
          waiting = false
        }
        const cancel = world.after(
          Math.max(0, Math.ceil(delayMs)),
          () => {
            if (!waiting) return
            settle()
            run()
          },
          this,
        )
        return () => {
          settle()
          cancel()
        }
      },
    }
  }

  /** Runs now, when it thaws, or never. */
  take(run: () => void): void {
    if (this.state === 'running') run()
    else if (this.state === 'frozen') this.#held.push(run)
  }

  freeze(): void {
    if (this.state === 'running') this.state = 'frozen'
  }

  /** What came meanwhile happens now, in its order. */
  thaw(): void {
    if (this.state !== 'frozen') return
    this.state = 'running'
    for (const run of this.#held.splice(0)) this.#world.after(0, run, this)
  }

  die(): void {
    this.state = 'dead'
    this.#held = []
  }
}

interface Event extends Scheduled {
  run: (() => void) | undefined
  host: Host | undefined
}

/** Virtual time, the one source of chance, and what happened. */
export class World {
  now = EPOCH
  readonly random: Random
  /** The host on whose behalf something happens right now. */
  current: Host | undefined
  readonly #heap = new EventHeap<Event>()
  readonly #trace: string[] | undefined
  #order = 0
  #ids = 0

  constructor(seed: number, options: { trace: boolean }) {
    this.random = createRandom(seed)
    this.#trace = options.trace ? [] : undefined
  }

  /** Lets something happen later; the answer takes it back. What belongs to a host happens only while that runs. */
  after(delayMs: number, run: () => void, host?: Host): () => void {
    this.#order += 1
    const event: Event = { at: this.now + delayMs, order: this.#order, run, host }
    this.#heap.push(event)
    return () => {
      event.run = undefined
    }
  }

  /** A UUID that no other call gives. */
  id(): string {
    this.#ids += 1
    return `00000000-0000-4000-8000-${this.#ids.toString(16).padStart(12, '0')}`
  }

  /** Writes one line of what happened, if anybody reads it. */
  note(line: () => string): void {
    this.#trace?.push(`${String(this.now - EPOCH).padStart(6)} ${line()}`)
  }

  get trace(): readonly string[] {
    return this.#trace ?? []
  }

  /** Milliseconds of virtual time since the start. */
  get elapsed(): number {
    return this.now - EPOCH
  }

  /** Moves on; whatever an event sets off by promises happens before the next one. */
  advance(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    return new Promise((resolve, reject) => {
      let failed = false
      const step = () => {
        if (failed) return
        try {
          this.#runNext(end)
        } catch (error) {
          failed = true
          reject(error)
        }
      }
      const turn = () => {
        if (failed) return
        if (this.#isIdleUntil(end)) {
          this.now = end
          resolve()
          return
        }
        // Node drains promises between two immediates, and looks at the rest of the platform only after the last.
        for (let count = 0; count < TURN; count += 1) nextTurn(step)
        nextTurn(turn)
      }
      turn()
    })
  }

  #isIdleUntil(end: number): boolean {
    const { next } = this.#heap
    return next === undefined || next.at > end
  }

  #runNext(end: number): void {
    let event = this.#heap.next
    while (event && event.at <= end && (event.run === undefined || event.host?.state === 'dead')) {
      this.#heap.pop()
      event = this.#heap.next
    }
    if (!event || event.at > end) return
    this.#heap.pop()
    this.now = event.at
    const { run, host } = event
    this.current = host
    if (run && host) host.take(run)
    else run?.()
  }
}
