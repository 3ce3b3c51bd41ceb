import type { Database } from '../database/index.js'
import type { MessageLog } from '../messages/index.js'
import type { Place } from '../nodes/presence-board.js'
import type { Logger } from '../platform/logger.js'

/** What the use cases of this folder need. */
export interface QueueContext {
  database: Database
  messages: MessageLog
  logger: Logger
  clock: () => Date
  /** Who is connected in a place, to any node. */
  whoIsThere: (place: Place) => Promise<ReadonlySet<string>>
}
