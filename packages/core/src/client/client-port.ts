import type { ErasureReceipt, VisitorTraits } from '@chatdesk/protocol'
import type { WritableAtom } from 'nanostores'
import type { ChatClientOptions, UserProof } from '../chat-client-options.js'
import type { Link } from '../connection/link.js'
import type { LiveConversation } from '../conversation/live-conversation.js'
import type { OutboxDisk } from '../outbox/outbox-disk.js'
import type { VisitorIdentity } from '../ports.js'

/** Who a client speaks for, and what the server has issued to it. */
export interface ClientSession extends Partial<VisitorIdentity> {
  user: UserProof
  /** What the site calls them. */
  userId?: string | undefined
  /** What the page says of whoever was there when it began. */
  traits?: VisitorTraits | undefined
  /** There as soon as the session is that of `user`; then the rest is there, too. */
  sendToken?: string | undefined
}

/** Of whom everything is forgotten here. */
export interface Forgotten {
  /** Whoever was there before this page: what the page has said is of its own visitor. */
  earlier?: boolean
  /** By their own wish, and at the server as well. */
  receipt?: ErasureReceipt | undefined
}

/** The inside of a client, for the parts of this package that a page loads when it wants them. Not for pages: it changes as we like. */
export interface ClientPort {
  readonly options: ChatClientOptions
  readonly link: Link
  readonly conversation: LiveConversation
  readonly disk: OutboxDisk
  /** Set anew each time that another visitor begins here: whoever holds anything of the last one lets it go (threat 13). */
  readonly $forgotten: WritableAtom<Forgotten | null>
  /** To be changed from outside as well. */
  readonly session: ClientSession
}
