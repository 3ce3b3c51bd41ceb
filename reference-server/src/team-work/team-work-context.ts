import type { Database } from '../database/index.js'
import type { ChangeFeed, MessageLog } from '../messages/index.js'

/** What the use cases of this folder need. */
export interface TeamWorkContext {
  database: Database
  changes: ChangeFeed
  messages: MessageLog
  clock: () => Date
}

/** Which conversation. */
export interface Which {
  organizationId: string
  conversationId: string
}
