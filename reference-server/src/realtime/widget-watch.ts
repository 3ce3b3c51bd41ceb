import { ChatError, type WireError } from '@chatdesk/protocol'
import type { Logger } from '../platform/logger.js'
import type { ChangedWidget, RealtimeBackend, WidgetId, WidgetState } from './backend.js'

/** A visitor's connection, as its widget's changes concern it. */
export interface WidgetFollower {
  readonly origin: string | undefined
  send(text: string): void
  end(error: WireError): void
}

interface Watched extends WidgetId {
  readonly followers: Set<Following>
  /** Null: gone; undefined: not read yet. */
  state: WidgetState | null | undefined
}

const GONE: WireError = { code: 'UNAUTHENTICATED', message: 'This widget is no more.' }
const UNKNOWN: WireError = { code: 'UNAVAILABLE', message: 'The widget could not be read.' }

/** One connection and its widget: nothing is sent before `begin`. */
export class Following {
  #told = ''
  #isLive = false

  constructor(
    private readonly watched: Watched,
    private readonly follower: WidgetFollower,
    private readonly leave: (following: Following) => void,
  ) {}

  /** Why the follower may not use the widget; undefined when it may. */
  get refusal(): WireError | undefined {
    const { state } = this.watched
    if (state === undefined) return UNKNOWN
    return state ? state.refusalOf(this.follower.origin) : GONE
  }

  /** The version, for the answer that opens the session; throws what refuses it. */
  version(): string {
    const { refusal } = this
    if (refusal) throw ChatError.fromWire(refusal)
    this.#told = this.watched.state?.version ?? ''
    return this.#told
  }

  /** The answer was sent. */
  begin(): void {
    this.#isLive = true
    this.check()
  }

  /** Ends the connection of whoever may not use the widget any more, and tells the others a new version. */
  check(): void {
    if (!this.#isLive) return
    const { refusal, watched, follower } = this
    const version = watched.state?.version
    if (refusal) follower.end(refusal)
    else if (version !== undefined && version !== this.#told) {
      this.#told = version
      follower.send(JSON.stringify({ type: 'widget.changed', widgetVersion: version }))
    }
  }

  stop(): void {
    this.leave(this)
  }
}

/**
 * The widgets of this process's visitors, each read once for all of their connections (G1, G2). What has changed is read
 * anew on whosever word; one query is under way at a time, and whatever is asked for meanwhile goes into the next.
 */
export class WidgetWatch {
  readonly #watched = new Map<string, Watched>()
  #wanted = new Set<Watched>()
  #last = Promise.resolve()
  /** Under way, and behind it. */
  #rounds = 0

  constructor(
    private readonly backend: Pick<RealtimeBackend, 'loadWidgets'>,
    private readonly logger: Logger,
  ) {}

  /** Follows from now on; resolves when the widget is known, if it can be. */
  async follow({ organizationId, widgetId }: WidgetId, follower: WidgetFollower): Promise<Following> {
    const key = keyOf({ organizationId, widgetId })
    const watched = this.#watched.get(key) ?? { organizationId, widgetId, followers: new Set(), state: undefined }
    this.#watched.set(key, watched)
    const following = new Following(watched, follower, (one) => {
      watched.followers.delete(one)
      if (watched.followers.size === 0 && this.#watched.get(key) === watched) this.#watched.delete(key)
    })
    watched.followers.add(following)
    // What is known may be older than what has just let the visitor in, but never keeps it out.
    if (following.refusal) await this.#read([watched])
    return following
  }

  /** Somebody says that it has changed. Rejects never. */
  async read(id: WidgetId): Promise<void> {
    const watched = this.#watched.get(keyOf(id))
    if (watched) await this.#read([watched])
  }

  /** Looks whether any has changed. Rejects never. */
  async look(): Promise<void> {
    await this.#read(this.#watched.values())
  }

  async #read(some: Iterable<Watched>): Promise<void> {
    for (const watched of some) this.#wanted.add(watched)
    if (this.#wanted.size > 0 && this.#rounds < 2) {
      this.#rounds += 1
      this.#last = this.#last.then(() => this.#readWanted())
    }
    await this.#last
  }

  async #readWanted(): Promise<void> {
    const known = [...this.#wanted].map(({ organizationId, widgetId, state }) => {
      return { organizationId, widgetId, mark: state?.mark ?? '' }
    })
    this.#wanted = new Set()
    try {
      if (known.length > 0) for (const changed of await this.backend.loadWidgets(known)) this.#apply(changed)
    } catch (error) {
      this.logger.warn({ err: error }, 'what has changed of the widgets could not be read')
    }
    this.#rounds -= 1
  }

  #apply({ state, ...id }: ChangedWidget): void {
    const watched = this.#watched.get(keyOf(id))
    if (!watched) return
    watched.state = state
    for (const following of [...watched.followers]) following.check()
  }
}

function keyOf({ organizationId, widgetId }: WidgetId): string {
  return `${organizationId} ${widgetId}`
}
