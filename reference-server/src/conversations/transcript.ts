import { type ChatMessage, LIMITS, type MessagePart } from '@chatdesk/protocol'
import type { Database } from '../database/index.js'
import { type LogScope, loadHistory } from '../messages/index.js'
import { escapeHtml } from '../platform/escape-html.js'
import { transcriptWords } from './transcript-words.js'

/** Messages of a transcript; of a longer conversation the last ones. */
const MOST = 2_000

/** A conversation as it is handed to its visitor (C13). */
export interface Transcript {
  conversationId: string
  messages: readonly ChatMessage[]
  /** Of words and dates: `pt-BR`. */
  locale: string
}

/** Reads it from the log, newest page first; `most`: of its messages the last ones. */
export async function loadTranscript(
  database: Database,
  scope: LogScope,
  locale: string,
  most = MOST,
): Promise<Transcript> {
  const messages: ChatMessage[] = []
  let beforeSeq: number | undefined
  for (let isWhole = false; !isWhole && messages.length < most; ) {
    const page = await loadHistory(database, { ...scope, beforeSeq, limit: LIMITS.historyPage, messagesOnly: true })
    messages.unshift(...page.events.filter((event) => event.type === 'message.created'))
    beforeSeq = page.events[0]?.seq
    isWhole = page.reachedStart || beforeSeq === undefined
  }
  return { conversationId: scope.conversationId, messages, locale }
}

/** As plain text. */
export function transcriptText({ messages, locale }: Transcript): string {
  const words = transcriptWords(locale)
  const lines = messages.map((message) => {
    const { name, at, texts } = lineOf(message, locale)
    return `[${at}] ${name}:\n${texts.join('\n').replace(/^/gm, '  ')}\n`
  })
  return `${words.title}\n\n${lines.join('\n')}`
}

/** As a page of its own, which runs and fetches nothing. */
export function transcriptHtml({ messages, locale }: Transcript): string {
  const { title, language, direction } = transcriptWords(locale)
  const rows = messages.map((message) => {
    const { name, at, texts } = lineOf(message, locale)
    const said = texts.map((text) => `<p style="margin:4px 0;white-space:pre-wrap">${escapeHtml(text)}</p>`).join('')
    return `<div style="margin:0 0 16px"><div style="color:#52606d;font-size:13px"><bdi>${escapeHtml(name)}</bdi> · ${escapeHtml(at)}</div>${said}</div>`
  })
  return `<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><title>${escapeHtml(title)}</title></head>
<body style="font-family:sans-serif;line-height:1.5;color:#1f2933;max-width:640px;margin:24px auto">
<h1 style="font-size:20px">${escapeHtml(title)}</h1>
${rows.join('\n')}
</body></html>
`
}

/** As data. */
export function transcriptJson({ conversationId, messages }: Transcript): object {
  return {
    conversationId,
    messages: messages.map(({ seq, author, parts, createdAt }) => ({ seq, author, parts, createdAt })),
  }
}

function lineOf({ author, parts, createdAt }: ChatMessage, locale: string) {
  const words = transcriptWords(locale)
  const own = words[author.kind === 'visitor' ? 'visitor' : author.kind === 'assistant' ? 'assistant' : 'team']
  const format = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' })
  return { name: author.name ?? own, at: `${format.format(new Date(createdAt))} UTC`, texts: parts.map(textOf) }
}

/** What was said, or the name of a file. */
function textOf(part: MessagePart): string {
  return part.type === 'file' ? `[${part.name}]` : part.text
}
