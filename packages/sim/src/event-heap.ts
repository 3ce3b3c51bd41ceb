/** Something that happens at a moment; what falls on one moment happens in the order of its scheduling. */
export interface Scheduled {
  readonly at: number
  readonly order: number
}

/** A binary heap, earliest first. */
export class EventHeap<Event extends Scheduled> {
  readonly #events: Event[] = []

  get next(): Event | undefined {
    return this.#events[0]
  }

  push(event: Event): void {
    const events = this.#events
    let index = events.length
    events.push(event)
    while (index > 0) {
      const parent = (index - 1) >> 1
      const above = events[parent] as Event
      if (!isBefore(event, above)) break
      events[index] = above
      index = parent
    }
    events[index] = event
  }

  pop(): Event | undefined {
    const events = this.#events
    const first = events[0]
    const last = events.pop()
    if (first === undefined || last === undefined || events.length === 0) return first
    let index = 0
    for (;;) {
      let child = 2 * index + 1
      if (child >= events.length) break
      if (child + 1 < events.length && isBefore(events[child + 1] as Event, events[child] as Event)) child += 1
      const below = events[child] as Event
      if (!isBefore(below, last)) break
      events[index] = below
      index = child
    }
    events[index] = last
    return first
  }
}

function isBefore(a: Scheduled, b: Scheduled): boolean {
  return a.at < b.at || (a.at === b.at && a.order < b.order)
}
