import { escapeHtml } from '../platform/escape-html.js'
import type { Mail } from '../platform/mailer.js'

/** A mail of one sentence or two and one link, as plain text and as HTML. */
function mailWithLink(
  to: string,
  subject: string,
  { text, link, button, end }: { text: string; link: string; button: string; end: string },
): Mail {
  return {
    to,
    subject,
    text: `${text}\n\n${link}\n\n${end}\n`,
    html: `<!doctype html><html><body style="font-family:sans-serif;line-height:1.5;color:#1f2933">
<p>${escapeHtml(text)}</p>
<p><a href="${escapeHtml(link)}" style="display:inline-block;padding:10px 18px;background:#1f2933;color:#ffffff;text-decoration:none;border-radius:6px">${escapeHtml(button)}</a></p>
<p style="color:#52606d">${escapeHtml(end)}</p>
</body></html>
`,
  }
}

/** Says who invites to what. */
export function inviteMail(input: { to: string; link: string; organization: string; inviter: string | null }): Mail {
  const { to, link, organization, inviter } = input
  return mailWithLink(to, `Your invitation to ${organization} on ChatDesk`, {
    text: `${inviter ?? 'The operator'} invites you to join ${organization} on ChatDesk.`,
    link,
    button: 'Accept the invitation',
    end: 'The link works once, within 72 hours. If you do not expect it, leave it be.',
  })
}

/** Lets somebody back in. */
export function resetMail(input: { to: string; link: string }): Mail {
  return mailWithLink(input.to, 'Set a new ChatDesk password', {
    text: 'Somebody, probably you, has asked for a new password for this e-mail on ChatDesk.',
    link: input.link,
    button: 'Set a new password',
    end: 'The link works once, within an hour. If it was not you, leave it be: your password stays as it is.',
  })
}
