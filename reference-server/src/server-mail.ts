import { ChatError } from '@chatdesk/protocol'
import { type ChatServerOptions, DEFAULT_LIMITS } from './chat-server-options.js'
import { createMailStops, mailMissedChats, mailUnansweredReplies } from './conversation-mails/index.js'
import { createMailQueue } from './mail/index.js'
import type { Place } from './nodes/presence-board.js'
import { createNotices } from './notices/index.js'
import { createPost, type OrganizationsContext } from './organizations/index.js'
import type { Logger } from './platform/logger.js'
import { createSmtpMailer, type Mailer } from './platform/mailer.js'
import { createRateLimit } from './platform/rate-limit.js'
import type { Sealer } from './platform/sealed.js'

/** What mail is made with. */
export interface ServerMailContext extends OrganizationsContext {
  options: ChatServerOptions
  sealer: Sealer
  logger: Logger
  publicUrl: URL | undefined
  isThere: (conversation: Place) => Promise<boolean>
}

/** Wires everything that goes by mail, or that a member is told of elsewhere; without a mailer nothing goes by mail. */
export function createServerMail({ options, isThere, ...context }: ServerMailContext) {
  const { secrets = [] } = options
  const { database, clock, publicUrl } = context
  const limits = { ...DEFAULT_LIMITS, ...options.limits }
  const mailer = mailerOf(options)
  const stops = createMailStops({ database, clock, secrets })
  const sending = { seals: secrets.length > 0, random: Math.random, isStopped: stops.isStopped }
  const mails = mailer && createMailQueue({ ...context, ...sending, mailer })
  const post = createPost({ ...context, mails, mailsPerAddress: createRateLimit(limits.mailsPerAddress) })
  const noticesPerMember = createRateLimit(limits.noticesPerMember)
  const pagesPerMember = createRateLimit(limits.pagesPerMember)
  const notices = createNotices({ ...context, mails, noticesPerMember, pagesPerMember })
  const mailsPerAddress = createRateLimit(limits.mailsPerAddress)
  return {
    mails,
    post,
    notices,
    stops,
    async sendDue(): Promise<void> {
      await mails?.sendDue()
    },
    /** Writes the mails that nobody asked for at this moment: a visitor waits, or has not read an answer. */
    async writeDue(): Promise<void> {
      if (!mails || !publicUrl) return
      const noticing = { ...context, mails, publicUrl, noticesPerMember }
      await mailMissedChats(noticing)
      // Without a secret nobody could say that they want no more.
      if (secrets.length > 0) await mailUnansweredReplies({ ...noticing, stops, mailsPerAddress, isThere })
    },
    /** Resolves when nothing is under way. */
    async idle(): Promise<void> {
      await Promise.all([post.idle(), mails?.idle(), notices.idle()])
    },
  }
}

/** Links in mails begin with an address that the operator has said: what a request says of it, anybody can. */
function mailerOf({ mail, publicUrl }: ChatServerOptions): Mailer | undefined {
  if (!mail) return undefined
  if (publicUrl === undefined) throw new ChatError('INTERNAL', 'To send mail, the server must know its publicUrl.')
  return 'send' in mail ? mail : createSmtpMailer(mail)
}
