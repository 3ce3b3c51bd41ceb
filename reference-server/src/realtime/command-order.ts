type Run = () => Promise<unknown>
interface Lane {
  appends: number
  exclusive: boolean
  waiting: { appends: boolean; run: Run }[]
}

/**
 * Keeps the commands of one connection that touch one conversation in their order (Q7). Appends run side by side, because
 * the log orders them by the moment they are handed over; any other command waits for those before it and holds those after it.
 */
export class CommandOrder {
  readonly #lanes = new Map<string, Lane>()

  /** Runs now, in this very call, when nothing stands before it. `run` must not reject. */
  run(conversationId: string, appends: boolean, run: Run): void {
    let lane = this.#lanes.get(conversationId)
    if (!lane) {
      lane = { appends: 0, exclusive: false, waiting: [] }
      this.#lanes.set(conversationId, lane)
    }
    if (lane.waiting.length === 0 && mayStart(lane, appends)) this.#start(conversationId, lane, appends, run)
    else lane.waiting.push({ appends, run })
  }

  #start(conversationId: string, lane: Lane, appends: boolean, run: Run): void {
    if (appends) lane.appends += 1
    else lane.exclusive = true
    void run().finally(() => {
      if (appends) lane.appends -= 1
      else lane.exclusive = false
      this.#advance(conversationId, lane)
    })
  }

  #advance(conversationId: string, lane: Lane): void {
    for (let next = lane.waiting[0]; next && mayStart(lane, next.appends); next = lane.waiting[0]) {
      lane.waiting.shift()
      this.#start(conversationId, lane, next.appends, next.run)
    }
    if (lane.appends === 0 && !lane.exclusive) this.#lanes.delete(conversationId)
  }
}

function mayStart(lane: Lane, appends: boolean): boolean {
  return !lane.exclusive && (appends || lane.appends === 0)
}
