import { createTransport } from 'nodemailer'

/** One mail to one person, in both forms. */
export interface Mail {
  to: string
  subject: string
  text: string
  html: string
  /** Names this mail wherever it is repeated: its `Message-ID`. */
  id?: string
  /** What it belongs to: mails of one thread are shown together. */
  thread?: string
  /** Where one press, or the recipient's mail program, stops further ones (RFC 8058). */
  unsubscribe?: string
}

/** Sends mail. */
export interface Mailer {
  /** Resolves when the next server has taken it; rejects when it has not. */
  send(mail: Mail): Promise<void>
}

/** Where mail goes, and from whom. */
export interface MailerOptions {
  /** `smtp://` or `smtps://`, with a user and a password where they are needed. */
  smtpUrl: string
  /** `support@example.com`, or `ChatDesk <support@example.com>`. */
  from: string
  /** Where answers go, in place of `from`. */
  replyTo?: string | undefined
}

/** Milliseconds. */
const TIMEOUTS = { connectionTimeout: 5_000, greetingTimeout: 5_000, socketTimeout: 10_000, dnsTimeout: 5_000 }

/** Whether an address can be mailed from: one line, one address, with or without a name before it. */
export function isMailFrom(text: string): boolean {
  const address = '[^\\s<>@",;:]+@[^\\s<>@",;:]+'
  return new RegExp(`^(${address}|[^<>@",;:\\r\\n]{1,100}<${address}>)$`).test(text)
}

/** Sends by SMTP, over TLS wherever the server can: with a password never without, but on this machine. */
export function createSmtpMailer({ smtpUrl, from, replyTo }: MailerOptions): Mailer {
  const url = new URL(smtpUrl)
  const host = url.hostname.replace(/^\[|\]$/g, '')
  const secure = url.protocol === 'smtps:'
  const isLocal = host === 'localhost' || host === '::1' || host.startsWith('127.')
  const hasPassword = url.username !== ''
  const domain = /@([^\s<>@]+?)>?$/.exec(from)?.[1] ?? host
  const transport = createTransport({
    ...TIMEOUTS,
    host,
    port: url.port === '' ? (secure ? 465 : 587) : Number(url.port),
    secure,
    requireTLS: hasPassword && !secure && !isLocal,
    // What is said on this machine needs no certificate that nobody could check.
    ignoreTLS: !secure && isLocal,
    ...(hasPassword
      ? { auth: { user: decodeURIComponent(url.username), pass: decodeURIComponent(url.password) } }
      : {}),
    // No text of ours names a file or an address to fetch; whatever looks so stays text.
    disableFileAccess: true,
    disableUrlAccess: true,
  })
  return {
    async send({ to, subject, text, html, id, thread, unsubscribe }) {
      const named = (name: string) => `<${name}@${domain}>`
      await transport.sendMail({
        ...{ from, to: { name: '', address: to }, subject: oneLine(subject), text, html },
        ...(replyTo === undefined ? {} : { replyTo }),
        ...(id === undefined ? {} : { messageId: named(id) }),
        // Nobody has a mail of this name: programs take all that answer it for one thread.
        ...(thread === undefined ? {} : { inReplyTo: named(thread), references: named(thread) }),
        ...(unsubscribe === undefined
          ? {}
          : {
              headers: {
                'List-Unsubscribe': `<${unsubscribe}>`,
                'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
              },
            }),
      })
    },
  }
}

/** A subject is one line, and not a long one (threat 57). */
function oneLine(subject: string): string {
  return subject
    .replace(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ')
    .trim()
    .slice(0, 150)
}

/** What of a failure may be logged: no address, and nothing of the mail. */
export function mailFailure(error: unknown): { reason: string } {
  const { code, responseCode } = error as { code?: unknown; responseCode?: unknown }
  return { reason: [code, responseCode].filter((part) => part !== undefined).join(' ') || 'unknown' }
}
