import type { InitResponse, VisitorTraits, VisitorUser } from '@chatdesk/protocol'
import type { Awaitable, Clock, IdentityProvider, KeyValueStorage, TransportFactory, WakeSignals } from './ports.js'

/** Proof of who the visitor is at the site, or what asks for it; undefined: nobody is signed in there. */
export type UserProof = VisitorUser | (() => Awaitable<VisitorUser | undefined>) | undefined

/** Options of `createChatClient`. */
export interface ChatClientOptions {
  /** Address of the server's mount point. Plain `http:` is refused but for loopback addresses (threat 41). */
  url: string
  widgetKey: string
  identity: IdentityProvider
  /** In order of preference; no hidden default. */
  transports: readonly TransportFactory[]
  /** Holds the outbox; memory when absent. */
  storage?: KeyValueStorage | undefined
  /** The page that the visitor is on, told to the server at the start. */
  page?: (() => { url?: string; referrer?: string }) | undefined
  /**
   * Proof of who the visitor is at the site (S13); undefined when nobody is signed in there. A function is asked whenever the
   * session is opened or renewed: once a day at least, and a token lasts for an hour.
   */
  user?: UserProof
  /** What the page says of the visitor: shown to agents as unproved. */
  traits?: VisitorTraits | undefined
  /** How long the visitor may do nothing in the chat before the server is told, in milliseconds; 0: it is never told. Default 5 minutes. */
  inactivityMs?: number | undefined
  wakeSignals?: WakeSignals | undefined
  /** Told of each answer of `init`, before the first transport is made: the server's word may choose it. */
  onSession?: ((session: Pick<InitResponse, 'sessionId' | 'widget'>) => Awaitable<void>) | undefined
  clock?: Clock | undefined
  /** Makes ids: 8 to 64 characters of `A-Za-z0-9_-`, unguessable. */
  generateId?: (() => string) | undefined
  fetch?: typeof globalThis.fetch | undefined
  /** Uniform in [0, 1), for the jitter of the back-off. */
  random?: (() => number) | undefined
}
