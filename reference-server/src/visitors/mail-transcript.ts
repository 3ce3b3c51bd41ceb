import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { isReachable, loadTranscript, transcriptHtml, transcriptText, transcriptWords } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import type { MailQueue } from '../mail/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import type { RateLimit } from '../platform/rate-limit.js'

/** Mails with the transcript of one conversation. */
const MOST_MAILS = 3

/** What it needs. */
export interface MailTranscriptContext {
  database: Database
  mails: MailQueue | undefined
  mailsPerAddress: RateLimit
  transcriptsPerNetwork: RateLimit
}

/**
 * Mails a transcript. Nobody is to be bothered by way of us (C14): a verified user has it sent to their proved address and
 * nowhere else, any other visitor to the one address that was named first in the conversation, and only of one in which the
 * team has spoken. Three mails a conversation; further bounds count by address and by network.
 */
export async function mailTranscript(
  { database, mails, mailsPerAddress, transcriptsPerNetwork }: MailTranscriptContext,
  actor: VisitorActor,
  input: { conversationId: string; email: string; locale: string; network: string },
): Promise<void> {
  if (!mails) throw new ChatError('NOT_SUPPORTED', 'This server sends no mail.')
  const { organizationId } = actor
  const { conversationId, locale } = input
  const email = input.email.toLowerCase()
  await transcriptsPerNetwork.consume(input.network)
  await takeTurn(database, actor, conversationId, email)
  await mailsPerAddress.consume(email)
  const transcript = await loadTranscript(database, { organizationId, conversationId, ownerSessionId: null }, locale)
  const { title, sentBecause, direction } = transcriptWords(locale)
  const outcome = await mails.deliver({
    ...{ organizationId, conversationId, kind: 'transcript' },
    mail: {
      to: email,
      subject: title,
      text: `${transcriptText(transcript)}\n--\n${sentBecause}\n`,
      html: transcriptHtml(transcript).replace(
        '</body>',
        `<p dir="${direction}" style="color:#52606d">${sentBecause}</p>\n</body>`,
      ),
    },
  })
  // What could not be sent yet will be.
  if (outcome === 'refused') throw new ChatError('UNAVAILABLE', 'The mail could not be sent.')
}

/** Counts one more mail, or says why there is none. */
async function takeTurn(
  database: Database,
  { organizationId, sessionId }: VisitorActor,
  conversationId: string,
  email: string,
): Promise<void> {
  const { rows } = await sql<{ address: string | null; answered: boolean; taken: boolean }>`
    with found as (
      select k.organization_id, k.id, k.transcripts_sent as sent,
        coalesce(case when s.proof = 'jwt' then lower(v.email) end, k.transcript_email) as address,
        exists (select from events e where e.organization_id = k.organization_id and e.conversation_id = k.id
          and e.type = 'message.created' and e.body #>> '{author,kind}' <> 'visitor') as answered
      from visitor_sessions s
      join conversations k on ${isReachable}
      join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
      where s.organization_id = ${organizationId}::uuid and s.id = ${sessionId}::uuid and k.id = ${conversationId}::uuid
      for update of k
    ), taken as (
      update conversations k set transcripts_sent = k.transcripts_sent + 1, transcript_email = ${email}
      from found f where k.organization_id = f.organization_id and k.id = f.id
        and f.answered and coalesce(f.address, ${email}) = ${email} and f.sent < ${MOST_MAILS}
      returning k.id
    )
    select address, answered, exists (select from taken) as taken from found`.execute(database.of(organizationId))
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  if (row.taken) return
  if (!row.answered) throw new ChatError('FORBIDDEN', 'Nobody of the team has written here yet.')
  if (row.address !== null && row.address !== email)
    throw new ChatError('FORBIDDEN', 'This conversation is sent to another address.', { field: 'email' })
  // No waiting helps: these are all that there will be.
  throw new ChatError('RATE_LIMITED', 'This conversation was sent often enough.')
}
