import type { Database } from '../database/index.js'
import type { MailQueue } from '../mail/index.js'
import type { Logger } from '../platform/logger.js'
import type { RateLimit } from '../platform/rate-limit.js'

/** What notices are made with. */
export interface NoticesContext {
  database: Database
  clock: () => Date
  logger: Logger
  /** Undefined: this server sends no mail. */
  mails: MailQueue | undefined
  publicUrl: URL | undefined
  /** Mails about conversations to one member. */
  noticesPerMember: RateLimit
  /** Mails that call one member to a conversation: nothing else uses them up. */
  pagesPerMember: RateLimit
}
