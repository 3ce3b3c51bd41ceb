import type { VisitorPresence } from '@chatdesk/protocol'
import type { Movement, Place, PresenceBoard, Sighting } from '../nodes/presence-board.js'
import type { Logger } from '../platform/logger.js'
import type { RealtimeClock } from './clock.js'

/** Somebody's connection to this node, in one place. */
export interface Stay {
  /** Of the person, whichever of their connections says it. */
  setAway(away: boolean): void
  /** The connection has ended. If it was the last, the person counts as there for so long. */
  leave(lingerMs: number): void
}

interface Person {
  connections: number
  away: boolean
  cancel: (() => void) | undefined
}

interface Room {
  place: Place
  people: Map<string, Person>
}

/** What is watched, and whether other nodes were asked about it. */
interface Watched {
  place: Place
  listeners: Set<() => void>
  isKnown: boolean
}

/** Who is there (P1): here, by their connections, and at other nodes, by what those write on the board. */
export class Presence {
  readonly #here = new Map<string, Room>()
  /** By place and person: whether they are away. */
  readonly #elsewhere = new Map<string, ReadonlyMap<string, boolean>>()
  readonly #watched = new Map<string, Watched>()
  /** What the board was not told, by place and person. */
  #movements = new Map<string, Movement>()
  #closed = false

  /** Without a board there is no other node. */
  constructor(
    private readonly clock: RealtimeClock,
    private readonly logger: Logger,
    private readonly board: PresenceBoard | undefined,
  ) {}

  /** A connection of this person begins. */
  enter(place: Place, personId: string): Stay {
    const key = keyOf(place)
    const room = this.#here.get(key) ?? { place, people: new Map<string, Person>() }
    const known = room.people.get(personId)
    const person = known ?? { connections: 0, away: false, cancel: undefined }
    this.#here.set(key, room)
    room.people.set(personId, person)
    person.cancel?.()
    person.connections += 1
    if (!known) this.#moved(place, personId, false)
    let inside = true
    return {
      setAway: (away) => {
        if (person.away === away) return
        person.away = away
        this.#moved(place, personId, away)
      },
      leave: (lingerMs) => {
        if (!inside) return
        inside = false
        person.connections -= 1
        if (person.connections > 0 || this.#closed) return
        person.cancel = this.clock.setTimeout(() => this.#remove(room, personId), lingerMs)
      },
    }
  }

  /** Calls whenever something may have changed in a place; the answer ends it. */
  watch(place: Place, listener: () => void): () => void {
    const key = keyOf(place)
    const watched = this.#watched.get(key) ?? { place, listeners: new Set(), isKnown: this.board === undefined }
    this.#watched.set(key, watched)
    watched.listeners.add(listener)
    return () => {
      watched.listeners.delete(listener)
      if (watched.listeners.size > 0 || this.#watched.get(key) !== watched) return
      this.#watched.delete(key)
      this.#elsewhere.delete(key)
    }
  }

  /** Asks the other nodes about a place that is watched, unless that is known already. Rejects never: the next look finds it. */
  async learn(place: Place): Promise<void> {
    if (!this.board || this.#watched.get(keyOf(place))?.isKnown) return
    try {
      this.#hear([place], await this.board.find([place]))
    } catch (error) {
      this.#warn(error)
    }
  }

  /** How it stands with whoever belongs there, taken together. */
  statusOf(place: Place): VisitorPresence {
    const key = keyOf(place)
    const here = [...(this.#here.get(key)?.people.values() ?? [])].map(({ away }) => away)
    const away = [...here, ...(this.#elsewhere.get(key)?.values() ?? [])]
    return away.length === 0 ? 'offline' : away.includes(false) ? 'online' : 'away'
  }

  /** Whether this person is in a place. */
  has(place: Place, personId: string): boolean {
    const key = keyOf(place)
    return Boolean(this.#here.get(key)?.people.has(personId) || this.#elsewhere.get(key)?.has(personId))
  }

  /** Tells the other nodes, and hears from them, what is new. Rejects never. */
  async look(): Promise<void> {
    if (!this.board) return
    const movements = [...this.#movements.values()]
    this.#movements.clear()
    try {
      // As long as anybody is here, since it also says that this node lives.
      if (movements.length > 0 || this.#here.size > 0) await this.board.tell(movements, () => this.#everybody())
      const places = [...this.#watched.values()].map(({ place }) => place)
      if (places.length > 0) this.#hear(places, await this.board.find(places))
    } catch (error) {
      this.#warn(error)
    }
  }

  /** Nobody is waited for any more. */
  close(): void {
    this.#closed = true
    for (const { people } of this.#here.values()) for (const { cancel } of people.values()) cancel?.()
  }

  #remove({ place, people }: Room, personId: string): void {
    people.delete(personId)
    if (people.size === 0) this.#here.delete(keyOf(place))
    this.#moved(place, personId, null)
  }

  #moved(place: Place, personId: string, away: boolean | null): void {
    const key = keyOf(place)
    if (this.board) this.#movements.set(`${key} ${personId}`, { ...place, personId, away })
    for (const listener of this.#watched.get(key)?.listeners ?? []) listener()
  }

  /** All that the others say of these places. */
  #hear(places: readonly Place[], sightings: readonly Sighting[]): void {
    const heard = new Map<string, Map<string, boolean>>()
    for (const place of places) heard.set(keyOf(place), new Map())
    for (const sighting of sightings) heard.get(keyOf(sighting))?.set(sighting.personId, sighting.away)
    for (const [key, people] of heard) {
      const watched = this.#watched.get(key)
      // It may have been let go of meanwhile.
      if (!watched) continue
      watched.isKnown = true
      const before = this.#elsewhere.get(key)
      this.#elsewhere.set(key, people)
      if (before && isSame(before, people)) continue
      for (const listener of watched.listeners) listener()
    }
  }

  #everybody(): Sighting[] {
    return [...this.#here.values()].flatMap(({ place, people }) =>
      [...people].map(([personId, { away }]) => ({ ...place, personId, away })),
    )
  }

  #warn(error: unknown): void {
    this.logger.warn({ err: error }, 'what other nodes say of presence could not be read, or they could not be told')
  }
}

/** A conversation, for the presence of its visitor. */
export function conversationPlace({ organizationId }: { organizationId: string }, conversationId: string): Place {
  return { organizationId, id: conversationId }
}

/** An organization, for the presence of its team. */
export function teamPlace({ organizationId }: { organizationId: string }): Place {
  return { organizationId, id: organizationId }
}

function isSame(some: ReadonlyMap<string, boolean>, others: ReadonlyMap<string, boolean>): boolean {
  return some.size === others.size && [...some].every(([personId, away]) => others.get(personId) === away)
}

function keyOf({ organizationId, id }: Place): string {
  return `${organizationId} ${id}`
}
