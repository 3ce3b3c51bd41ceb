import { layOutMail } from '../mail/index.js'
import type { Mail } from '../platform/mailer.js'

/** Says who invites to what. */
export function inviteMail(input: { to: string; link: string; organization: string; inviter: string | null }): Mail {
  const { to, link, organization, inviter } = input
  return layOutMail({
    to,
    subject: `Your invitation to ${organization} on ChatDesk`,
    text: `${inviter ?? 'The operator'} invites you to join ${organization} on ChatDesk.`,
    link: { url: link, label: 'Accept the invitation' },
    end: [{ text: 'The link works once, within 72 hours. If you do not expect it, leave it be.' }],
  })
}

/** Lets somebody back in. */
export function resetMail({ to, link }: { to: string; link: string }): Mail {
  return layOutMail({
    to,
    subject: 'Set a new ChatDesk password',
    text: 'Somebody, probably you, has asked for a new password for this e-mail on ChatDesk.',
    link: { url: link, label: 'Set a new password' },
    end: [
      {
        text: 'The link works once, within an hour. If it was not you, leave it be: your password stays as it is.',
      },
    ],
  })
}
