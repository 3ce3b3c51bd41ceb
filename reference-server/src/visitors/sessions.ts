import { ChatError } from '@chatdesk/protocol'
import { sql } from 'kysely'
import { visitorName } from '../conversations/index.js'
import type { Database } from '../database/index.js'
import type { VisitorActor } from '../organizations/actor.js'
import { hashSecret } from '../platform/secrets.js'

/** A session lasts this long after it was last opened, in milliseconds. */
export const SESSION_MS = 30 * 24 * 3_600_000

/** A valid session: its visitor, and what its token is bound to (S4). */
export interface VisitorSession {
  actor: VisitorActor
  origin: string | null
  tabId: string | null
  /** Of all tabs of its visitor: `tabId` is null and says nothing. */
  shared: boolean
  visitorTokenHash: Buffer
  allowedOrigins: string[]
  allowMissingOrigin: boolean
}

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
    .select([
      's.expires_at',
      'v.name',
      'v.token_hash as visitor_token_hash',
      'w.allowed_origins',
      'w.allow_missing_origin',
    ])
    .where('s.expires_at', '>', now)
}

/** S12: a session counts in the mode in which it was opened, whatever its client says. */
const inMode = sql<boolean>`s.shared = (w.tabs = 'shared')`

/** The session that a token opens, or for which a send token posts; undefined when there is none any more. */
export async function findVisitorSession(
  database: Database,
  token: string,
  now: Date,
  column: 'token_hash' | 'send_token_hash' = 'token_hash',
): Promise<VisitorSession | undefined> {
  const row = await sessionQuery(database, now)
    .where(`s.${column}`, '=', hashSecret(token))
    // What was left unsent before its widget changed is still welcome.
    .$if(column === 'token_hash', (query) => query.where(inMode))
    .executeTakeFirst()
  if (!row) return undefined
  return {
    actor: {
      kind: 'visitor',
      organizationId: row.organization_id,
      widgetId: row.widget_id,
      visitorId: row.visitor_id,
      sessionId: row.id,
      name: visitorName({ id: row.visitor_id, name: row.name }),
      expiresAt: row.expires_at,
    },
    origin: row.origin,
    tabId: row.tab_id,
    shared: row.shared,
    visitorTokenHash: row.visitor_token_hash,
    allowedOrigins: row.allowed_origins,
    allowMissingOrigin: row.allow_missing_origin,
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
export function isOfTab({ shared, tabId }: VisitorSession, claimed: string | undefined): boolean {
  return shared || tabId === (claimed ?? null)
}

/** The refusal of a token; why it is refused is nobody's business. */
export function unknownToken(): ChatError {
  return new ChatError('UNAUTHENTICATED', 'The session token is unknown or expired.')
}
