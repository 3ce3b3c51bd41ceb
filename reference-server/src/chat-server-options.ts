import type { AssistantOptions } from './assistant/index.js'
import type { Database, DatabaseOptions } from './database/index.js'
import type { FileLimits, FilesOptions } from './files/index.js'
import type { AssetDirectories } from './http/static-assets.js'
import type { GroupCommitLimits } from './messages/index.js'
import type { PaymentsOptions } from './payments/index.js'
import type { Logger } from './platform/logger.js'
import type { Mailer, MailerOptions } from './platform/mailer.js'
import type { RateLimitOptions } from './platform/rate-limit.js'
import type { RealtimeLimits } from './realtime/index.js'
import type { GeoHeaders } from './visitors/index.js'

/** How much one client may ask for. */
export interface ChatServerLimits {
  /** `POST /api/widget/init` from one network address. Default 300 in 60 seconds. */
  initPerAddress: RateLimitOptions
  /** REST calls of visitors from one network address. Default 1,200 in 60 seconds. */
  callsPerAddress: RateLimitOptions
  /** REST messages of one session. Default 120 in 60 seconds. */
  messagesPerSession: RateLimitOptions
  /** What else one session writes by REST: ratings, what it did on the site, transcripts. Default 60 in 60 seconds. */
  writesPerSession: RateLimitOptions
  /** Exports of all that is kept of one visitor. Default 10 in an hour. */
  exportsPerVisitor: RateLimitOptions
  /** Transcripts by mail, from one network address. Default 10 in a day. */
  transcriptsPerNetwork: RateLimitOptions
  /** Reads of a widget's help, and searches in it, from one network address. Default 300 in 60 seconds. */
  searchesPerNetwork: RateLimitOptions
  /** Sign-ins from one network address. Default 30 in 60 seconds. */
  signInPerAddress: RateLimitOptions
  /** Failed sign-ins for one e-mail. Default 10 in 15 minutes. */
  signInPerAccount: RateLimitOptions
  /** Invites of one organization. Default 100 in an hour. */
  invitesPerOrganization: RateLimitOptions
  /** Sites that one organization has read for their pages. Default 20 in an hour. */
  sitesPerOrganization: RateLimitOptions
  /** Webhooks of a payment provider, to one address. */
  paymentHooksPerEndpoint: RateLimitOptions
  /** Drafts and summaries that one member asks for. Default 60 in 60 seconds. */
  copilotPerMember: RateLimitOptions
  /** Mails to one e-mail address, those of the team and transcripts each; further ones are not sent. Default 5 in an hour. */
  mailsPerAddress: RateLimitOptions
  /** Mails that tell one member of conversations. Default 30 in an hour. */
  noticesPerMember: RateLimitOptions
  /** Mails that call one member to an urgent conversation. Default 60 in an hour. */
  pagesPerMember: RateLimitOptions
  /** How much of files is taken. */
  files: Partial<FileLimits>
  /** What one live connection may cost. */
  realtime: Partial<RealtimeLimits>
  /** How many messages may wait to be written. */
  groupCommit: Partial<GroupCommitLimits>
}

/** What counts where a host says nothing else. */
export const DEFAULT_LIMITS = {
  initPerAddress: { points: 300, seconds: 60 },
  callsPerAddress: { points: 1_200, seconds: 60 },
  messagesPerSession: { points: 120, seconds: 60 },
  writesPerSession: { points: 60, seconds: 60 },
  exportsPerVisitor: { points: 10, seconds: 3_600 },
  transcriptsPerNetwork: { points: 10, seconds: 86_400 },
  searchesPerNetwork: { points: 300, seconds: 60 },
  signInPerAddress: { points: 30, seconds: 60 },
  signInPerAccount: { points: 10, seconds: 900 },
  invitesPerOrganization: { points: 100, seconds: 3_600 },
  sitesPerOrganization: { points: 20, seconds: 3_600 },
  paymentHooksPerEndpoint: { points: 1_200, seconds: 60 },
  copilotPerMember: { points: 60, seconds: 60 },
  mailsPerAddress: { points: 5, seconds: 3_600 },
  noticesPerMember: { points: 30, seconds: 3_600 },
  pagesPerMember: { points: 60, seconds: 3_600 },
}

/** Options of `createChatServer`. */
export interface ChatServerOptions {
  /** Which database; one that the caller has made is used and left open. */
  database: DatabaseOptions | Database
  /** Where people reach this server, up to its mount point. Without it, whatever address a request was sent to. */
  publicUrl?: string | undefined
  /** Built files to serve; by default those beside this module. `false`: none. */
  assets?: AssetDirectories | false | undefined
  /** Which proxies are believed about a client's address, as Express's `trust proxy`. Default: none. */
  trustProxy?: boolean | number | string | undefined
  /** How mail to members is sent; needs `publicUrl`, for the links in it. Without it inviters hand on links themselves. */
  mail?: MailerOptions | Mailer | undefined
  /** Headers in which a trusted proxy tells a visitor's country and city, as `cf-ipcountry`. Default: none. */
  geoHeaders?: GeoHeaders | undefined
  limits?: Partial<ChatServerLimits> | undefined
  /** Seal what the server must read again: the first seals, all of them open. 32 characters or more each. Without one nothing can be sealed. */
  secrets?: readonly string[] | undefined
  /** Where files are kept, and what looks at them first. Needs `secrets`, for the links to them. Without it files are refused. */
  files?: FilesOptions | undefined
  /** Models that put the assistant's answers in words, and find entries by their meaning. Without them both are the knowledge base's own; no rule of the assistant depends on them. */
  assistant?: AssistantOptions | undefined
  /** Where money is taken: by each organization's own account at Razorpay, unless it says otherwise. */
  payments?: PaymentsOptions | undefined
  /** For development: an issuer's keys may be fetched from any address, and by plain http. Default: false. */
  allowPrivateJwks?: boolean | undefined
  /** For development: push services may stand anywhere, and speak plain http. Default: false. */
  allowPrivatePush?: boolean | undefined
  /** For development: webhooks may lead to any address, and to plain http. Default: false. */
  allowPrivateWebhooks?: boolean | undefined
  /** For development: sites whose pages are imported may stand at any address, and speak plain http. Default: false. */
  allowPrivateSites?: boolean | undefined
  /** Where Firebase publishes the keys of its ID tokens; another place for tests. */
  firebaseJwksUrl?: string | undefined
  /** A Redis that carries hints between nodes, so that each sees at once what the others write. Without it: at the next sweep. */
  redisUrl?: string | undefined
  /** Signs the hints, for a Redis that others can write to. The same at every node. */
  redisHintSecret?: string | undefined
  /** How often to look for what other processes have written, in milliseconds. Default 2,000. On PGlite never: it has one process. */
  sweepMs?: number | undefined
  /** S5, in milliseconds. Default 25,000. */
  heartbeatMs?: number | undefined
  /** Silent by default. */
  logger?: Logger | undefined
  /** What all of the server goes by, realtime too. Default: the machine's. */
  clock?: (() => Date) | undefined
  /** Makes UUIDs of version 7. */
  generateId?: (() => string) | undefined
}
