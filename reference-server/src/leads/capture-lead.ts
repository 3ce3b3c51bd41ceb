import { sql, type Transaction } from 'kysely'
import type { Tables } from '../database/index.js'

/** A way to be reached that a visitor has left in a conversation. One of the two is there. */
export interface LeftContact {
  organizationId: string
  conversationId: string
  /** Of a lead that has to be made. */
  id: string
  /** In lower case. */
  email: string | null
  phone: string | null
  now: Date
}

interface Standing {
  leadId: string | null
  widgetId: string
  pageUrl: string | null
  referrer: string | null
  name: string | null
}

/**
 * Makes a lead of whoever talks in a conversation, once: the conversation's own is brought up to date, and who is a lead by
 * this address or number already stays that one. Within the transaction of whoever has understood what was left.
 */
export async function captureLead(
  transaction: Transaction<Tables>,
  { organizationId, conversationId, id, email, phone, now }: LeftContact,
): Promise<void> {
  // Two conversations of one person make one lead between them.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`leads ${organizationId}`}, 0))`.execute(transaction)
  const { rows } = await sql<Standing>`
    select k.lead_id as "leadId", k.widget_id as "widgetId", coalesce(s.page_url, k.page_url) as "pageUrl", s.referrer,
      coalesce(v.name, s.traits ->> 'name') as name
    from conversations k
      join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
      join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(transaction)
  const [standing] = rows
  if (!standing) return
  const { leadId, widgetId, pageUrl, referrer, name } = standing
  if (leadId !== null) {
    await transaction
      .updateTable('leads')
      .set({ ...(email === null ? {} : { email }), ...(phone === null ? {} : { phone }), updated_at: now })
      .where('organization_id', '=', organizationId)
      .where('id', '=', leadId)
      .execute()
    return
  }
  const known = await transaction
    .selectFrom('leads')
    .select('id')
    .where('organization_id', '=', organizationId)
    .where((eb) => eb.or([eb('email', '=', email), eb('phone', '=', phone)]))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  if (!known)
    await transaction
      .insertInto('leads')
      .values({
        ...{
          organization_id: organizationId,
          id,
          widget_id: widgetId,
          name,
          email,
          phone,
          page_url: pageUrl,
          referrer,
        },
        ...{ assigned_to: null, created_at: now, updated_at: now },
      })
      .execute()
  await transaction
    .updateTable('conversations')
    .set({ lead_id: known?.id ?? id })
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .execute()
}
