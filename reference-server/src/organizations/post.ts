import type { InviteRow } from '@chatdesk/protocol'
import type { MailQueue } from '../mail/index.js'
import type { Logger } from '../platform/logger.js'
import { mailFailure } from '../platform/mailer.js'
import type { RateLimit } from '../platform/rate-limit.js'
import { consoleLink } from './console-link.js'
import { INVITE_MS } from './invites.js'
import { inviteMail, resetMail } from './mails.js'
import { normalizeEmail, type OrganizationsContext } from './organizations.js'
import { createPasswordReset, RESET_MS } from './password-changes.js'

/** The mails that members get. */
export interface Post {
  /**
   * Whether the mail was taken at once; one that was not is tried again, as long as its link works. Without a mailer none is:
   * the inviter has the link.
   */
  sendInvite(
    invite: InviteRow,
    facts: { organizationId: string; link: string; organization: string; inviter: string | null },
  ): Promise<boolean>
  /** Returns at once, and tells nothing: neither whether somebody has this e-mail nor how long that takes (threat 35). */
  sendReset(email: string): void
  /** Resolves when nothing is under way any more. */
  idle(): Promise<void>
}

/** What mails are sent with. */
export interface PostContext extends OrganizationsContext {
  logger: Logger
  publicUrl: URL | undefined
  /** Undefined: this server sends no mail. */
  mails: MailQueue | undefined
  /** Mails to one e-mail address. */
  mailsPerAddress: RateLimit
}

export function createPost(context: PostContext): Post {
  const { mails, publicUrl, logger, mailsPerAddress } = context
  const underWay = new Set<Promise<unknown>>()
  /** Whether there is a mail left for this address; if not, that is in the log, without the address. */
  const mayMail = (email: string, what: string): Promise<boolean> =>
    mailsPerAddress.consume(email).then(
      () => true,
      (error) => {
        logger.warn(mailFailure(error), `${what} could not be mailed`)
        return false
      },
    )
  async function reset(email: string): Promise<void> {
    try {
      if (!mails || !publicUrl) {
        logger.warn({}, 'somebody asks for a new password, and there is no mailer')
        return
      }
      // First, and whoever has the address: a link that is not mailed would end the one that was.
      if (!(await mayMail(normalizeEmail(email), 'a link for a new password'))) return
      const found = await createPasswordReset(context, { email })
      if (!found) return
      const { organizationId, memberId } = found
      const mail = resetMail({ to: found.email, link: consoleLink('reset', found.token, publicUrl.href) })
      await mails.deliver({ organizationId, memberId, kind: 'reset', mail, keptMs: RESET_MS })
    } catch (error) {
      logger.error({ err: error }, 'a link for a new password could not be made')
    }
  }
  return {
    async sendInvite(invite, { organizationId, ...facts }) {
      if (!mails || !publicUrl || !(await mayMail(invite.email, 'an invite'))) return false
      const mail = inviteMail({ to: invite.email, ...facts })
      try {
        return (await mails.deliver({ organizationId, kind: 'invite', mail, keptMs: INVITE_MS })) === 'sent'
      } catch (error) {
        // The invite stands, and the inviter has its link.
        logger.error({ err: error }, 'an invite could not be mailed')
        return false
      }
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
