import { sql } from 'kysely'
import type { Expiring } from '../expiry/expiry-sweep.js'
import { VISITOR_MS } from './visitor-life.js'

const unseenSince = (moment: Date) => new Date(moment.getTime() - VISITOR_MS)

/** What visitors leave behind who have said nothing; whatever a conversation rests on stays as long as it does. */
export const EXPIRING_VISITS: readonly Expiring[] = [
  {
    table: 'visitor_sessions',
    key: ['organization_id', 'id'],
    hadEndedBy: (moment) => sql`t.expires_at < ${moment}
      and not exists (select from conversations k where k.organization_id = t.organization_id and k.session_id = t.id)`,
  },
  {
    table: 'visitor_logins',
    key: ['organization_id', 'id'],
    hadEndedBy: (moment) => sql`t.last_seen_at < ${unseenSince(moment)}
      and not exists (select from visitor_sessions s where s.organization_id = t.organization_id and s.login_id = t.id)`,
  },
  {
    table: 'visitors',
    key: ['organization_id', 'id'],
    hadEndedBy: (moment) => sql`t.last_seen_at < ${unseenSince(moment)}
      and not exists (select from visitor_sessions s where s.organization_id = t.organization_id and s.visitor_id = t.id)
      and not exists (select from visitor_logins l where l.organization_id = t.organization_id and l.visitor_id = t.id)
      and not exists (select from conversations k where k.organization_id = t.organization_id and k.visitor_id = t.id)`,
  },
]
