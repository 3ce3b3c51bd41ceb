import { sql } from 'kysely'
import { loadSummaries } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import type { MailQueue } from '../mail/index.js'
import { isAwake } from '../messages/index.js'
import { isFree, noticeMail } from '../notices/index.js'
import type { Logger } from '../platform/logger.js'
import type { RateLimit } from '../platform/rate-limit.js'

/** Conversations of one look; the others come with the next. */
const BATCH = 100
/** Nobody is mailed of a wait that began before this, in milliseconds: whoever asks for these mails is not sent the past. */
const OLDEST_MS = 24 * 3_600_000

/** What the mails are made with. */
export interface MissedChatsContext {
  database: Database
  clock: () => Date
  logger: Logger
  mails: MailQueue
  publicUrl: URL
  /** Mails of this kind to one member. */
  noticesPerMember: RateLimit
}

interface Due {
  organization_id: string
  id: string
  waiting_since: Date
  /** For how long by now. */
  minutes: number
}

interface Recipient {
  id: string
  email: string
}

/**
 * Mails the members who asked for it that somebody waits and nobody has answered for their organization's number of minutes:
 * once in a wait, from whichever node. Rejects never.
 */
export async function mailMissedChats(context: MissedChatsContext): Promise<void> {
  const { database, clock, logger } = context
  const now = clock()
  try {
    const { rows } = await sql<Due>`
      select k.organization_id, k.id, k.waiting_since, floor(extract(epoch from ${now}::timestamptz - k.waiting_since) / 60)::int as minutes
      from conversations k join organizations o on o.id = k.organization_id
      where k.status = 'waiting' and k.waiting_since > ${new Date(now.getTime() - OLDEST_MS)}::timestamptz
        and k.waiting_since <= ${now}::timestamptz - o.missed_after_minutes * interval '1 minute'
        and k.missed_since is distinct from k.waiting_since
        and ${isAwake(now)}
        and exists (select from member_notifications n
          where n.organization_id = k.organization_id and n.settings #>> '{email,missed}' = 'true')
      limit ${BATCH}::int`.execute(database.system)
    for (const due of rows)
      await mailOne(context, due).catch((error) =>
        logger.warn({ err: error, conversationId: due.id }, 'members could not be mailed that somebody waits'),
      )
  } catch (error) {
    logger.warn({ err: error }, 'who waits too long could not be read')
  }
}

async function mailOne({ database, mails, publicUrl, noticesPerMember }: MissedChatsContext, due: Due): Promise<void> {
  const { organization_id: organizationId, id: conversationId, waiting_since: since, minutes } = due
  const [summary] = await loadSummaries(database, organizationId, [conversationId])
  if (!summary) return
  const { name } = summary.visitor
  await database.transaction(organizationId, async (transaction) => {
    const { rows } = await sql<Recipient>`
      with marked as (
        update conversations k set missed_since = k.waiting_since
        where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid and k.status = 'waiting'
          and k.waiting_since = ${since}::timestamptz and k.missed_since is distinct from k.waiting_since
        returning k.organization_id
      )
      select m.id, m.email from marked join member_notifications n on n.organization_id = marked.organization_id
      join members m on m.organization_id = n.organization_id and m.id = n.member_id
      where n.settings #>> '{email,missed}' = 'true'`.execute(transaction)
    for (const { id: memberId, email } of rows) {
      if (!(await isFree(noticesPerMember, memberId))) continue
      const mail = noticeMail(publicUrl, {
        ...{ to: email, conversationId, subject: `${name} waits for an answer` },
        text: `Nobody has answered for ${minutes === 1 ? 'a minute' : `${minutes} minutes`}.`,
        quotes: summary.lastMessage ? [{ name, text: summary.lastMessage.text }] : [],
      })
      await mails.add(transaction, { organizationId, memberId, conversationId, kind: 'missed', mail })
    }
  })
}
