import type { VisitorPresence } from '@chatdesk/protocol'
import type { Movement, Place, PresenceBoard, Sighting } from '../nodes/presence-board.js'
import type { Logger } from '../platform/logger.js'
import type { RealtimeClock } from './clock.js'

/** Somebody's connection to this node, in one place. */
export interface Stay {
  /** Of the tab, whichever of its connections says it. The person is away when all of their tabs are. */
  setAway(away: boolean): void
  /** The connection has ended. If it was the tab's last, the tab counts as there for so long, in milliseconds. */
  leave(lingerMs: number): void
}

interface Tab {
  connections: number
  away: boolean
  cancel: (() => void) | undefined
}

/** By tab id: a claim, which only says what of one person belongs together. */
type Person = Map<string, Tab>

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

  /** A connection of this person begins, in a tab that is as they are until it says otherwise. */
  enter(place: Place, personId: string, tabId = ''): Stay {
    const known = this.#here.get(keyOf(place))?.people.get(personId)
    const tab = known?.get(tabId) ?? { connections: 0, away: isAway(known) ?? false, cancel: undefined }
    tab.cancel?.()
    tab.connections += 1
    this.#change(place, personId, (person) => person.set(tabId, tab))
    let inside = true
    return {
      setAway: (away) =>
        this.#change(place, personId, () => {
          tab.away = away
        }),
      leave: (lingerMs) => {
        if (!inside) return
        inside = false
        tab.connections -= 1
        if (tab.connections > 0 || this.#closed) return
        const remove = () => this.#change(place, personId, (person) => person.delete(tabId))
        if (lingerMs === 0) remove()
        else tab.cancel = this.clock.setTimeout(remove, lingerMs)
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
    const here = [...(this.#here.get(key)?.people.values() ?? [])].map(isAway)
    const away = [...here, ...(this.#elsewhere.get(key)?.values() ?? [])]
    return away.length === 0 ? 'offline' : away.includes(false) ? 'online' : 'away'
  }

  /** Everybody who is in a place, by id: of other nodes, those that are known. */
  whoIsThere(place: Place): string[] {
    const key = keyOf(place)
    const here = this.#here.get(key)?.people.keys() ?? []
    return [...new Set([...here, ...(this.#elsewhere.get(key)?.keys() ?? [])])]
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
    for (const { people } of this.#here.values())
      for (const person of people.values()) for (const { cancel } of person.values()) cancel?.()
  }

  /** Changes the tabs of a person, and says so if how it stands with the person is another thing then. */
  #change(place: Place, personId: string, change: (person: Person) => void): void {
    const key = keyOf(place)
    const room = this.#here.get(key) ?? { place, people: new Map<string, Person>() }
    const person = room.people.get(personId) ?? new Map<string, Tab>()
    const before = isAway(person)
    change(person)
    const after = isAway(person)
    if (after === null) room.people.delete(personId)
    else room.people.set(personId, person)
    if (room.people.size === 0) this.#here.delete(key)
    else this.#here.set(key, room)
    if (after !== before) this.#moved(place, personId, after)
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
      [...people].map(([personId, person]) => ({ ...place, personId, away: isAway(person) === true })),
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

/** A conversation, for the members who watch it. Its id with a version of UUID that no conversation's has: its visitor is elsewhere. */
export function viewersPlace({ organizationId }: { organizationId: string }, conversationId: string): Place {
  return { organizationId, id: `${conversationId.slice(0, 14)}8${conversationId.slice(15)}` }
}

/** An organization, for the presence of its team. */
export function teamPlace({ organizationId }: { organizationId: string }): Place {
  return { organizationId, id: organizationId }
}

/** Null of somebody who is not there. */
function isAway(person: Person | undefined): boolean | null {
  return person?.size ? [...person.values()].every(({ away }) => away) : null
}

function isSame(some: ReadonlyMap<string, boolean>, others: ReadonlyMap<string, boolean>): boolean {
  return some.size === others.size && [...some].every(([personId, away]) => others.get(personId) === away)
}

function keyOf({ organizationId, id }: Place): string {
  return `${organizationId} ${id}`
}
