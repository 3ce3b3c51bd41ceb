import { sql } from 'kysely'
import type { Expiring } from '../expiry/expiry-sweep.js'
import { ABSOLUTE_MS } from './member-sessions.js'

const before = (moment: Date, ms: number) => new Date(moment.getTime() - ms)

/** What lets members in, and ends by itself; tickets go with the next one that is fetched. */
export const EXPIRING_MEMBERSHIP: readonly Expiring[] = [
  {
    table: 'member_sessions',
    key: ['organization_id', 'id'],
    hadEndedBy: (moment) => sql`t.created_at < ${before(moment, ABSOLUTE_MS)}`,
  },
  {
    table: 'visit_reads',
    key: ['organization_id', 'visit_id', 'target_id', 'action'],
    // No visit is longer than its sign-in.
    hadEndedBy: (moment) => sql`t.read_at < ${before(moment, ABSOLUTE_MS)}`,
  },
  { table: 'invites', key: ['organization_id', 'id'], hadEndedBy: (moment) => sql`t.expires_at < ${moment}` },
  {
    table: 'password_resets',
    key: ['organization_id', 'member_id'],
    hadEndedBy: (moment) => sql`t.expires_at < ${moment}`,
  },
  { table: 'api_tokens', key: ['organization_id', 'id'], hadEndedBy: (moment) => sql`t.expires_at < ${moment}` },
]
