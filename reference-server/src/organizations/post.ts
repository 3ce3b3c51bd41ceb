import type { InviteRow } from '@chatdesk/protocol'
import type { Logger } from '../platform/logger.js'
import { type Mailer, mailFailure } from '../platform/mailer.js'
import type { RateLimit } from '../platform/rate-limit.js'
import { consoleLink } from './console-link.js'
import { inviteMail, resetMail } from './mails.js'
import { normalizeEmail, type OrganizationsContext } from './organizations.js'
import { createPasswordReset } from './password-changes.js'

/** The mails that members get. */
export interface Post {
  /** Whether the mail was taken. Without a mailer none is: the inviter has the link. */
  sendInvite(invite: InviteRow, facts: { link: string; organization: string; inviter: string | null }): Promise<boolean>
  /** Returns at once, and tells nothing: neither whether somebody has this e-mail nor how long that takes (threat 35). */
  sendReset(email: string): void
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

/** What mails are sent with. */
export interface PostContext extends OrganizationsContext {
  logger: Logger
  publicUrl: URL | undefined
  mailer: Mailer | undefined
  /** Mails to one e-mail address. */
  mailsPerAddress: RateLimit
}

export function createPost(context: PostContext): Post {
  const { mailer, publicUrl, logger, mailsPerAddress } = context
  const underWay = new Set<Promise<unknown>>()
  /** Whether it was done; why not is in the log, without address or link. */
  const succeeds = (step: Promise<void>, what: string): Promise<boolean> =>
    step.then(
      () => true,
      (error) => {
        logger.warn(mailFailure(error), `${what} could not be mailed`)
        return false
      },
    )
  async function reset(email: string): Promise<void> {
    try {
      if (!mailer || !publicUrl) {
        logger.warn({}, 'somebody asks for a new password, and there is no mailer')
        return
      }
      const what = 'a link for a new password'
      // First, and whoever has the address: a link that is not mailed would end the one that was.
      if (!(await succeeds(mailsPerAddress.consume(normalizeEmail(email)), what))) return
      const found = await createPasswordReset(context, { email })
      if (!found) return
      const link = consoleLink('reset', found.token, publicUrl.href)
      await succeeds(mailer.send(resetMail({ to: found.email, link })), what)
    } catch (error) {
      logger.error({ err: error }, 'a link for a new password could not be made')
    }
  }
  return {
    async sendInvite({ email }, facts) {
      if (!mailer || !publicUrl) return false
      const sent = mailsPerAddress.consume(email).then(() => mailer.send(inviteMail({ to: email, ...facts })))
      return succeeds(sent, 'an invite')
    },
    sendReset(email) {
      const run = reset(email).finally(() => underWay.delete(run))
      underWay.add(run)
    },
    async idle() {
      await Promise.all(underWay)
    },
  }
}
