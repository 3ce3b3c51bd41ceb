export type { AssistantOptions, EmbeddingOptions, ModelOptions } from './assistant/index.js'
export type { ChatServerApi } from './chat-server-api.js'
export type { ChatServerLimits, ChatServerOptions } from './chat-server-options.js'
export { type ChatServer, createChatServer } from './create-chat-server.js'
export type { Database, DatabaseOptions, DurabilityClass } from './database/index.js'
export {
  type ByteRange,
  diskStorage,
  type FileLimits,
  type FileStorage,
  type FilesOptions,
  type S3Options,
  type ScanFile,
  type ScannedFile,
  s3Storage,
} from './files/index.js'
export type { AssetDirectories } from './http/static-assets.js'
export type { GroupCommitLimits } from './messages/index.js'
export type { PaymentProvider, PaymentProviders, PaymentsOptions } from './payments/index.js'
export type { Logger } from './platform/logger.js'
export type { Mail, Mailer, MailerOptions } from './platform/mailer.js'
export type { RateLimitOptions } from './platform/rate-limit.js'
export type { RealtimeLimits } from './realtime/index.js'
