import { escapeHtml } from '../platform/escape-html.js'
import type { Mail } from '../platform/mailer.js'

/** What a mail says, from its head to its foot. Every text of it is text, whoever has written it. */
export interface MailLayout {
  to: string
  subject: string
  /** BCP 47, of our own words. English by default. */
  language?: string
  direction?: 'ltr' | 'rtl'
  text: string
  /** What somebody has said, with their name. */
  quotes?: readonly { name: string; text: string }[]
  /** Where the button leads, and what stands on it. */
  link?: { url: string; label: string }
  /** Small, below all else; the last may lead somewhere. */
  end: readonly { text: string; url?: string }[]
}

const GREY = '#52606d'

/** A mail in both forms: nothing in the HTML is fetched or runs, and no markup of it is anybody's but ours. */
export function layOutMail(layout: MailLayout): Mail {
  const { to, subject } = layout
  return { to, subject, text: asText(layout), html: asHtml(layout) }
}

function asText({ text, quotes = [], link, end }: MailLayout): string {
  const quoted = quotes.map((quote) => `${quote.name}:\n${quote.text.replace(/^/gm, '  ')}`)
  const small = end.map((line) => (line.url === undefined ? line.text : `${line.text}: ${line.url}`))
  return `${[text, ...quoted, ...(link ? [link.url] : []), ...small].join('\n\n')}\n`
}

function asHtml({ subject, language = 'en', direction = 'ltr', text, quotes = [], link, end }: MailLayout): string {
  const quoted = quotes.map(
    (
      quote,
    ) => `<div style="margin:16px 0;padding:2px 0;border-inline-start:3px solid #cbd2d9;padding-inline-start:14px">
<div style="color:${GREY};font-size:13px"><bdi>${escapeHtml(quote.name)}</bdi></div>
<div style="white-space:pre-wrap;overflow-wrap:anywhere"><bdi>${escapeHtml(quote.text)}</bdi></div>
</div>`,
  )
  const button =
    link &&
    `<p style="margin:24px 0"><a href="${escapeHtml(link.url)}" style="display:inline-block;padding:10px 18px;background:#1f2933;color:#ffffff;text-decoration:none;border-radius:6px">${escapeHtml(link.label)}</a></p>`
  const small = end.map((line) => {
    const words = escapeHtml(line.text)
    const said = line.url === undefined ? words : `<a href="${escapeHtml(line.url)}" style="color:${GREY}">${words}</a>`
    return `<p style="margin:4px 0;color:${GREY};font-size:13px">${said}</p>`
  })
  const parts = [`<p>${escapeHtml(text)}</p>`, ...quoted, ...(button ? [button] : []), ...small]
  return `<!doctype html>
<html lang="${escapeHtml(language)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(subject)}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2933;background:#ffffff;max-width:600px;margin:24px auto;padding:0 16px">
${parts.join('\n')}
</body></html>
`
}
