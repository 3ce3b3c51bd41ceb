import { sql } from 'kysely'
import type { Database } from '../database/index.js'
import { findForgedEntry } from './audit-trail.js'

/** A trail's last entry: whoever has kept it elsewhere sees by it that the newest entries were not taken away either. */
export interface TrailEnd {
  organizationId: string
  seq: number
  hash: string
}

/** All trails stand; or the first entry that is not what was written. */
export type TrailsVerdict = { ok: true; ends: TrailEnd[] } | { ok: false; organizationId: string; seq: number }

/** Trails may be long, and nobody waits for the answer but who has asked. */
const PATIENCE = sql`set local statement_timeout = 0`

/** Goes through the trail of every organization, also of those that were deleted. */
export async function verifyTrails(database: Database): Promise<TrailsVerdict> {
  const ends = await database.transaction('system', async (transaction) => {
    await PATIENCE.execute(transaction)
    const { rows } = await sql<TrailEnd>`
      select distinct on (organization_id) organization_id as "organizationId", seq, encode(hash, 'hex') as hash
      from audit_entries order by organization_id, seq desc`.execute(transaction)
    return rows
  })
  for (const { organizationId } of ends) {
    const forged = await database.transaction(organizationId, async (transaction) => {
      await PATIENCE.execute(transaction)
      return findForgedEntry(transaction, organizationId)
    })
    if (forged) return { ok: false, organizationId, seq: forged.seq }
  }
  return { ok: true, ends }
}
