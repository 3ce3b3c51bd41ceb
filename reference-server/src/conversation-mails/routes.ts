import { stopMailQuery } from '@chatdesk/protocol/schemas'
import { type RequestHandler, Router } from 'express'
import type { Database } from '../database/index.js'
import { declareAccess } from '../http/access.js'
import { parseInput } from '../http/input.js'
import { escapeHtml } from '../platform/escape-html.js'
import type { MailStops } from './mail-stops.js'
import { replyWords } from './reply-words.js'

/** Nothing is fetched and nothing runs; the one form goes where it came from. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'"

/**
 * `/api/mail/stop`: where a mail's last line leads. Reading it changes nothing, since programs follow links before people do; a
 * press does, or the mail program by itself (RFC 8058).
 */
export function mailStopRoutes({ database, stops }: { database: Database; stops: MailStops }): Router {
  const router = Router()
  const signed = { for: 'everybody', because: 'the link is signed for one address, and stops mail to it' } as const
  const answer =
    (done: boolean): RequestHandler =>
    async (request, response) => {
      const { to, language = 'en' } = parseInput(stopMailQuery, request.query)
      const stopped = stops.read(to)
      if (done) await stops.stop(stopped)
      const { organizationId } = stopped
      const organization = await database
        .of(organizationId)
        .selectFrom('organizations')
        .select('name')
        .where('id', '=', organizationId)
        .executeTakeFirst()
      const words = replyWords(language, organization?.name ?? 'ChatDesk')
      response
        .set({ 'cache-control': 'no-store', 'content-security-policy': POLICY, 'referrer-policy': 'no-referrer' })
        .type('html')
        .send(page(words, done))
    }
  router.get('/stop', declareAccess(signed, answer(false), { query: stopMailQuery }))
  router.post('/stop', declareAccess(signed, answer(true), { query: stopMailQuery }))
  return router
}

function page(words: ReturnType<typeof replyWords>, done: boolean): string {
  const { language, direction, stop, stopQuestion, stopped } = words
  const body = done
    ? `<p role="status">${escapeHtml(stopped)}</p>`
    : `<p>${escapeHtml(stopQuestion)}</p>
<form method="post"><button style="font:inherit;padding:10px 18px;border:0;border-radius:6px;background:#1f2933;color:#ffffff">${escapeHtml(stop)}</button></form>`
  return `<!doctype html>
<html lang="${language}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><meta name="robots" content="noindex"><title>${escapeHtml(stop)}</title></head>
<body style="font-family:sans-serif;font-size:16px;line-height:1.5;color:#1f2933;background:#ffffff;max-width:560px;margin:48px auto;padding:0 16px">
${body}
</body></html>
`
}
