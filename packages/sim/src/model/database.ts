import type { Host, World } from '../world.js'

/** What can go wrong between a node and its database, as probabilities for each transaction. */
export interface DatabaseMood {
  /** Nobody answers. */
  down: boolean
  /** Fails, and nothing was written. */
  fails: number
  /** Commits, and its answer is lost. */
  answerLost: number
  /** Longest time that a transaction takes, in milliseconds. */
  slowMs: number
}

const CALM: DatabaseMood = { down: false, fails: 0, answerLost: 0, slowMs: 12 }

/** Carries transactions to the store and their answers back; both ways take time, and either can fail. */
export class Database {
  readonly mood: DatabaseMood = { ...CALM }
  readonly #world: World

  constructor(world: World) {
    this.#world = world
  }

  heal(): void {
    Object.assign(this.mood, CALM)
  }

  /** Runs one transaction for a node. Rejects with a failure that passes, as a driver would, or as `statement` throws. */
  run<T>(node: Host, statement: () => T): Promise<T> {
    const { random } = this.#world
    const delay = () => random.between(1, this.mood.slowMs)
    return new Promise((resolve, reject) => {
      const answer = (tell: () => void) => void this.#world.after(delay(), tell, node)
      // A node that dies now has sent its transaction already: it goes on without it.
      this.#world.after(delay(), () => {
        const { down, fails, answerLost } = this.mood
        if (down || random.chance(fails)) return answer(() => reject(connectionLost()))
        try {
          const value = statement()
          const lost = random.chance(answerLost)
          answer(() => (lost ? reject(connectionLost()) : resolve(value)))
        } catch (error) {
          answer(() => reject(error))
        }
      })
    })
  }
}

/** What `pg` rejects with when its connection breaks: the outcome is unknown. */
function connectionLost(): Error {
  return Object.assign(new Error('Connection terminated unexpectedly'), { code: '57P01' })
}
