import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { visitorName } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { hashSecret, nextTokenOf } from '../platform/secrets.js'
import type { Admission } from '../widgets/index.js'
import type { TokenState } from './session-tokens.js'

/** A session lasts this long after it was last opened, in milliseconds. */
export const SESSION_MS = 30 * 24 * 3_600_000

/** What a session is bound to (S4). */
interface Bound {
  origin: string | null
  tabId: string | null
  /** Of all tabs of its visitor: `tabId` is null and says nothing. */
  shared: boolean
}

/** A session that speaks: its visitor, what its token is bound to, and which pages its widget lets in. */
export interface VisitorSession extends Bound {
  actor: VisitorActor
  widget: Admission
}

/** A session of which somebody has brought a token to `init`, where one that has ended is exchanged (S14). */
export interface HeldSession extends Bound {
  organizationId: string
  widgetId: string
  visitorId: string
  sessionId: string
  /** Of a verified user. */
  loginId: string | null
  /** Its visitor has signed in since, and goes on in that session. */
  successorId: string | null
  /** It opens nothing any more (S15). */
  signedOut: boolean
  visitorTokenHash: Buffer
  /** The current one, which is not always what was brought. */
  token: string
  tokenState: TokenState
}

/** Which of a session's two tokens somebody has. */
type TokenColumn = 'token_hash' | 'send_token_hash'

function sessionQuery(database: Database, now: Date) {
  return database.system
    .selectFrom('visitor_sessions as s')
    .innerJoin('visitors as v', (join) =>
      join.onRef('v.organization_id', '=', 's.organization_id').onRef('v.id', '=', 's.visitor_id'),
    )
    .innerJoin('widgets as w', (join) =>
      join.onRef('w.organization_id', '=', 's.organization_id').onRef('w.id', '=', 's.widget_id'),
    )
    .select(['s.organization_id', 's.id', 's.widget_id', 's.visitor_id', 's.origin', 's.tab_id', 's.shared'])
    .select(['s.expires_at', 's.token_ends_at'])
    .where('s.expires_at', '>', now)
}

/** S12: a session counts in the mode in which it was opened, whatever its client says. */
const inMode = sql<boolean>`s.shared = (w.settings ->> 'tabs' = 'shared')`

/** S13: that of a verified user counts as long as the key that proved it stands. */
const isProved = (now: Date) => sql<boolean>`(s.login_id is null or exists (
  select from identity_keys i where i.organization_id = s.organization_id and i.id = s.identity_key_id
    and (i.expires_at is null or i.expires_at > ${now})))`

/** S14. */
const isUnended = (now: Date) => sql<boolean>`(s.token_ends_at is null or s.token_ends_at > ${now})`

/** The session that a token opens, or for which a send token posts; undefined when there is none any more. */
export async function findVisitorSession(
  database: Database,
  token: string,
  now: Date,
  column: TokenColumn = 'token_hash',
): Promise<VisitorSession | undefined> {
  const hash = hashSecret(token)
  const row = await sessionQuery(database, now)
    .select(['v.name', 's.traits', 'w.enabled', 'w.allowed_origins', 'w.allow_missing_origin'])
    .where(isProved(now))
    .where('s.signed_out', '=', false)
    .$if(column === 'token_hash', (query) => query.where('s.token_hash', '=', hash).where(isUnended(now)).where(inMode))
    // What was left unsent, before its widget changed or its token ended, is still welcome.
    .$if(column === 'send_token_hash', (query) =>
      query.where((s) => s.or([s('s.send_token_hash', '=', hash), s('s.previous_send_token_hash', '=', hash)])),
    )
    .executeTakeFirst()
  if (!row) return undefined
  const { token_ends_at: tokenEnd, expires_at: sessionEnd } = row
  return {
    actor: {
      kind: 'visitor',
      organizationId: row.organization_id,
      widgetId: row.widget_id,
      visitorId: row.visitor_id,
      sessionId: row.id,
      name: visitorName({ id: row.visitor_id, name: row.name ?? row.traits?.name ?? null }),
      expiresAt: tokenEnd !== null && tokenEnd < sessionEnd ? tokenEnd : sessionEnd,
    },
    origin: row.origin,
    tabId: row.tab_id,
    shared: row.shared,
    widget: {
      enabled: row.enabled,
      allowedOrigins: row.allowed_origins,
      allowMissingOrigin: row.allow_missing_origin,
    },
  }
}

/** The session of which a token is or was the latest but one: ended or not, it may be exchanged. */
export async function findHeldSession(database: Database, token: string, now: Date): Promise<HeldSession | undefined> {
  const hash = hashSecret(token)
  const row = await sessionQuery(database, now)
    .leftJoin('visitor_logins as l', (join) =>
      join.onRef('l.organization_id', '=', 's.organization_id').onRef('l.id', '=', 's.login_id'),
    )
    .select(['s.login_id', 's.successor_id', 's.signed_out', 's.token_hash', 's.token_salt', 's.token_number'])
    .select(['v.token_hash as visitor_token_hash', 'l.token_hash as login_token_hash'])
    .where((s) => s.or([s('s.token_hash', '=', hash), s('s.previous_token_hash', '=', hash)]))
    .where(inMode)
    .executeTakeFirst()
  if (!row) return undefined
  return {
    organizationId: row.organization_id,
    widgetId: row.widget_id,
    visitorId: row.visitor_id,
    sessionId: row.id,
    origin: row.origin,
    tabId: row.tab_id,
    shared: row.shared,
    loginId: row.login_id,
    successorId: row.successor_id,
    signedOut: row.signed_out,
    visitorTokenHash: row.login_token_hash ?? row.visitor_token_hash,
    token: hash.equals(row.token_hash) ? token : nextTokenOf(token, row.token_salt),
    tokenState: { salt: row.token_salt, number: row.token_number, endsAt: row.token_ends_at },
  }
}

/** Whether a session still stands, and these conversations are still its own (threat 5). */
export async function isSessionOpen(
  database: Database,
  actor: VisitorActor,
  conversationIds: readonly string[],
  now: Date,
): Promise<boolean> {
  const row = await sessionQuery(database, now)
    .where('s.organization_id', '=', actor.organizationId)
    .where('s.id', '=', actor.sessionId)
    .where(inMode)
    .where('s.signed_out', '=', false)
    .where(isProved(now))
    .where(isUnended(now))
    .where(
      sql<boolean>`not exists (
        select from unnest(${[...conversationIds]}::uuid[]) as sent (id)
        left join conversations k on k.organization_id = s.organization_id and k.id = sent.id and k.session_id = s.id
        where k.id is null)`,
    )
    .executeTakeFirst()
  return row !== undefined
}

/** Whether a session is this tab's (S4): one that all tabs share is everybody's who has its token. */
export function isOfTab({ shared, tabId }: Bound, claimed: string | undefined): boolean {
  return shared || tabId === (claimed ?? null)
}

/** The refusal of a token; why it is refused is nobody's business. */
export function unknownToken(): ChatError {
  return new ChatError('UNAUTHENTICATED', 'The session token is unknown or expired.')
}
