import type { VisitorTraits } from '@chatdesk/protocol'
import type { ChatClientOptions, UserProof } from '../chat-client-options.js'
import type { Link } from '../connection/link.js'
import type { LiveConversation } from '../conversation/live-conversation.js'
import type { OutboxDisk } from '../outbox/outbox-disk.js'
import type { VisitorIdentity } from '../ports.js'

/** Who a client speaks for, and what the server has issued to it. */
export interface ClientSession extends Partial<VisitorIdentity> {
  user: UserProof
  /** What the page says of whoever was there when it began. */
  traits?: VisitorTraits | undefined
  /** There as soon as the session is that of `user`; then the rest is there, too. */
  sendToken?: string | undefined
}

/** The inside of a client, for the parts of this package that a page loads when it wants them. Not for pages: it changes as we like. */
export interface ClientPort {
  readonly options: ChatClientOptions
  readonly link: Link
  readonly conversation: LiveConversation
  readonly disk: OutboxDisk
  /** To be changed from outside as well. */
  readonly session: ClientSession
}
