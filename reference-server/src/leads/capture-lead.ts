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
  leadEmail: string | null
  leadPhone: string | null
  /** The lead was made for this very visitor, and is nobody else's. */
  isOwn: boolean
  widgetId: string
  pageUrl: string | null
  referrer: string | null
  name: string | null
}

/**
 * Makes a lead of whoever talks in a conversation, once: the visitor's own is brought up to date, and who is a lead by this
 * address or number already stays that one. Anybody may say anybody's address: what is known of a lead of before is added to, and
 * never replaced. Within the transaction of whoever has understood what was left.
 */
export async function captureLead(
  transaction: Transaction<Tables>,
  { organizationId, conversationId, id, email, phone, now }: LeftContact,
): Promise<void> {
  // Two conversations of one person make one lead between them.
  await sql`select pg_advisory_xact_lock(hashtextextended(${`leads ${organizationId}`}, 0))`.execute(transaction)
  const { rows } = await sql<Standing>`
    select k.lead_id as "leadId", l.email as "leadEmail", l.phone as "leadPhone",
      coalesce(l.created_at >= v.created_at, false) and not exists (select from conversations o
        where o.organization_id = k.organization_id and o.lead_id = k.lead_id and o.visitor_id <> k.visitor_id) as "isOwn",
      k.widget_id as "widgetId", coalesce(s.page_url, k.page_url) as "pageUrl", s.referrer,
      coalesce(v.name, s.traits ->> 'name') as name
    from conversations k
      join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
      join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
      left join leads l on l.organization_id = k.organization_id and l.id = k.lead_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(transaction)
  const [standing] = rows
  if (!standing) return
  const { leadId, leadEmail, leadPhone, isOwn, widgetId, pageUrl, referrer, name } = standing
  const update = (lead: string, said: { email?: string | null; phone?: string | null }) =>
    transaction
      .updateTable('leads')
      .set({ ...said, updated_at: now })
      .where('organization_id', '=', organizationId)
      .where('id', '=', lead)
      .execute()
  if (leadId !== null && isOwn) {
    await update(leadId, { ...(email === null ? {} : { email }), ...(phone === null ? {} : { phone }) })
    return
  }
  const byAddress = await transaction
    .selectFrom('leads')
    .select(['id', 'email', 'phone'])
    .where('organization_id', '=', organizationId)
    .where((eb) => eb.or([eb('email', '=', email), eb('phone', '=', phone)]))
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isFit = leadId !== null && agree(leadEmail, email) && agree(leadPhone, phone)
  const known = byAddress ?? (isFit ? { id: leadId, email: leadEmail, phone: leadPhone } : null)
  if (known) await update(known.id, { email: known.email ?? email, phone: known.phone ?? phone })
  else
    await transaction
      .insertInto('leads')
      .values({
        ...{ organization_id: organizationId, id, widget_id: widgetId, name, email, phone },
        ...{ page_url: pageUrl, referrer, assigned_to: null, created_at: now, updated_at: now },
      })
      .execute()
  await transaction
    .updateTable('conversations')
    .set({ lead_id: known?.id ?? id })
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .execute()
}

function agree(known: string | null, left: string | null): boolean {
  return known === null || left === null || known === left
}
