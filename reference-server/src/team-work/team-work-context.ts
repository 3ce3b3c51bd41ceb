import type { Database } from '../database/index.js'
import type { ChangeFeed, MessageLog } from '../messages/index.js'
import type { Notices } from '../notices/index.js'

/** What the use cases of this folder need. */
export interface TeamWorkContext {
  database: Database
  changes: ChangeFeed
  messages: MessageLog
  clock: () => Date
  notices: Pick<Notices, 'noteMentions'>
}

/** Which conversation. */
export interface Which {
  organizationId: string
  conversationId: string
}
