import { type MessagePart, textOf } from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import { layOutMail, type MailQueue } from '../mail/index.js'
import { isFree } from '../notices/index.js'
import type { Logger } from '../platform/logger.js'
import type { RateLimit } from '../platform/rate-limit.js'
import type { MailStops } from './mail-stops.js'
import { pageLink } from './page-link.js'
import { replyWords } from './reply-words.js'
import { findAddress, type VisitorAddress } from './visitor-address.js'

/** Conversations of one page; a look goes through all of them. */
const BATCH = 100
/** What was said before this is not mailed any more, in milliseconds. */
const OLDEST_MS = 24 * 3_600_000
/** Mails of one conversation to an address that nobody has proved (C14). */
const MOST_UNPROVED = 3
/** Messages of one mail, the newest, and how long each may be. */
const MOST_QUOTES = 5
const QUOTE_LENGTH = 1_000

/** What the mails are made with. */
export interface UnansweredRepliesContext {
  database: Database
  clock: () => Date
  logger: Logger
  mails: MailQueue
  stops: MailStops
  publicUrl: URL
  /** Mails of this kind to one address. */
  mailsPerAddress: RateLimit
  /** Whether the visitor of a conversation is connected, to any node. */
  isThere: (conversation: { organizationId: string; id: string }) => Promise<boolean>
}

interface Unread {
  seq: number
  author: { kind: string; name?: string }
  parts: MessagePart[]
}

interface Due {
  organization_id: string
  id: string
  team: string
  proved: string | null
  traits: { email?: unknown } | null
  answers: Record<string, unknown> | null
  fields: { id: string; type: string }[] | null
  transcript_email: string | null
  page_url: string | null
  origin: string | null
  locale: string | null
  mailed_seq: number
  mails: number
  unread: Unread[]
}

/**
 * Mails visitors what the team has written to them, where their widget does so: once they are gone and have not read it for their
 * organization's number of minutes, once until they read or write again, from whichever node. Rejects never.
 */
export async function mailUnansweredReplies(context: UnansweredRepliesContext): Promise<void> {
  const { logger } = context
  try {
    let last: Due | undefined
    do {
      const rows = await loadDue(context, last)
      for (const due of rows)
        await mailOne(context, due).catch((error) =>
          logger.warn(
            { err: error, conversationId: due.id },
            'a visitor could not be mailed what the team has written',
          ),
        )
      last = rows.length < BATCH ? undefined : rows.at(-1)
    } while (last)
  } catch (error) {
    logger.warn({ err: error }, 'which visitors have not read what the team wrote could not be read')
  }
}

/**
 * By the inbox's index: the latest of the organizations whose widgets mail. What a visitor has written they have read up to there.
 */
async function loadDue({ database, clock }: UnansweredRepliesContext, last: Due | undefined): Promise<Due[]> {
  const now = clock()
  const oldest = new Date(now.getTime() - OLDEST_MS)
  const behind = last ? sql`and (k.organization_id, k.id) > (${last.organization_id}::uuid, ${last.id}::uuid)` : sql``
  const { rows } = await sql<Due>`
    select k.organization_id, k.id, w.name as team, s.traits, k.form -> 'answers' as answers,
      w.settings #> '{preChatForm,fields}' as fields, k.transcript_email, coalesce(s.page_url, k.page_url) as page_url, s.origin,
      coalesce(s.locale, s.language) as locale, k.reply_mailed_seq as mailed_seq, k.reply_mails as mails, u.unread,
      case when s.proof = 'jwt' then v.email end as proved
    from organizations o
    join widgets w on w.organization_id = o.id and w.mail_replies
    join conversations k on k.organization_id = o.id and k.widget_id = w.id
    join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
    join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
    cross join lateral (
      select greatest(k.visitor_read_seq, coalesce(max(e.seq), 0)) as seq from events e
      where e.organization_id = k.organization_id and e.conversation_id = k.id and e.author_id = k.visitor_id
        and e.type = 'message.created'
    ) heard
    cross join lateral (
      select json_agg(json_build_object('seq', e.seq, 'author', e.body -> 'author', 'parts', e.body -> 'parts')
        order by e.seq) as unread
      from events e
      where e.organization_id = k.organization_id and e.conversation_id = k.id and e.seq > heard.seq
        and e.type = 'message.created' and e.body #>> '{author,kind}' in ('agent', 'assistant')
    ) u
    where k.created_at > '-infinity' and k.listed_at > ${oldest}::timestamptz
      and k.last_message_at > ${oldest}::timestamptz
      and k.last_message_at <= ${now}::timestamptz - o.reply_after_minutes * interval '1 minute'
      and k.last_message_author ->> 'kind' <> 'visitor'
      and k.reply_mailed_seq <= heard.seq and u.unread is not null ${behind}
    order by k.organization_id, k.id limit ${BATCH}::int`.execute(database.system)
  return rows
}

async function mailOne(context: UnansweredRepliesContext, due: Due): Promise<void> {
  const { database, mails, mailsPerAddress } = context
  const { organization_id: organizationId, id: conversationId } = due
  const address = addressOf(due)
  const seq = due.unread.at(-1)?.seq
  if (!address || seq === undefined) return
  if (!address.isProved && due.mails >= MOST_UNPROVED) return
  if (await context.isThere({ organizationId, id: conversationId })) return
  if (!(await isFree(mailsPerAddress, address.email))) return
  const mail = replyMail(context, due, address)
  await database.transaction(organizationId, async (transaction) => {
    const { rows } = await sql`
      update conversations k set reply_mailed_seq = ${seq}::int, reply_mails = k.reply_mails + 1
      where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid
        and k.reply_mailed_seq = ${due.mailed_seq}::int and k.visitor_read_seq < ${seq}::int
      returning k.id`.execute(transaction)
    // Another node was faster, or the visitor.
    if (rows.length > 0) await mails.add(transaction, { organizationId, conversationId, seq, kind: 'reply', mail })
  })
}

function addressOf({ proved, traits, answers, fields, transcript_email: transcript }: Due): VisitorAddress | null {
  const emailFields = (fields ?? []).filter(({ type }) => type === 'email').map(({ id }) => id)
  return findAddress({ proved, traits, answers, emailFields, transcript })
}

function replyMail({ publicUrl, stops }: UnansweredRepliesContext, due: Due, { email }: VisitorAddress) {
  const words = replyWords(due.locale ?? 'en', due.team)
  const { language, direction } = words
  const query = new URLSearchParams({ to: stops.sign(due.organization_id, email), language })
  const unsubscribe = `${publicUrl.href.replace(/\/$/, '')}/api/mail/stop?${query}`
  const page = pageLink(due.page_url, due.origin)
  const quotes = due.unread
    .slice(-MOST_QUOTES)
    .map(({ author, parts }) => ({ name: author.name ?? due.team, text: textOf(parts).slice(0, QUOTE_LENGTH) }))
  const layout = layOutMail({
    ...{ to: email, subject: words.subject, language, direction, text: words.intro, quotes },
    ...(page === undefined ? {} : { link: { url: page, label: words.open } }),
    end: [{ text: words.stop, url: unsubscribe }],
  })
  return { ...layout, thread: `conversation-${due.id}`, unsubscribe }
}
