export {
  type ChatServer,
  type ChatServerApi,
  type ChatServerLimits,
  type ChatServerOptions,
  createChatServer,
} from './create-chat-server.js'
export type { Database, DatabaseOptions, DurabilityClass } from './database/index.js'
export type { AssetDirectories } from './http/static-assets.js'
export type { GroupCommitLimits } from './messages/index.js'
export type { Logger } from './platform/logger.js'
export type { Mail, Mailer, MailerOptions } from './platform/mailer.js'
export type { RateLimitOptions } from './platform/rate-limit.js'
export type { RealtimeLimits } from './realtime/index.js'
