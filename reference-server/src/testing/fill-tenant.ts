import { randomBytes } from 'node:crypto'
import { recordAct } from '../audit/index.js'
import type { Database } from '../database/index.js'
import { createIdGenerator } from '../platform/ids.js'
import { createTenant, type Tenant } from './create-tenant.js'

/** An organization with at least one row in every table that a conversation can lead to. */
export interface FilledTenant extends Tenant {
  widgetId: string
  memberId: string
  visitorId: string
  sessionId: string
  conversationId: string
  leadId: string
  entryId: string
}

/** Makes an organization whose member has answered a visitor, who became a lead and asked for an appointment. */
export async function fillTenant(database: Database): Promise<FilledTenant> {
  const generateId = createIdGenerator()
  const tenant = await createTenant(database)
  const { organizationId } = tenant
  const at = tenant.now.value
  const member = await tenant.addMember('client_admin')
  const visitor = await tenant.addVisitor()
  const { widgetId, visitorId, sessionId } = visitor
  const { memberId } = member
  const conversationId = await tenant.addConversation(visitor)
  const say = (author: { kind: 'visitor' | 'agent'; id: string }, text: string) =>
    tenant.messages.append({
      organizationId,
      conversationId,
      author: { ...author, name: 'N' },
      ownerSessionId: null,
      clientMessageId: tenant.clientId(),
      parts: [{ type: 'text', text }],
    })
  await say({ kind: 'visitor', id: visitorId }, 'When are you open?')
  await say({ kind: 'agent', id: memberId }, 'From nine to five.')

  const [entryId, leadId] = [generateId(), generateId()]
  const own = { organization_id: organizationId }
  const made = { created_at: at, updated_at: at }
  const query = database.of(organizationId)
  await query
    .insertInto('connection_tickets')
    .values({
      ...own,
      ticket_hash: Buffer.from(generateId()),
      member_session_id: member.memberSessionId,
      origin: null,
      expires_at: at,
    })
    .execute()
  await query
    .insertInto('knowledge_entries')
    .values({
      ...{ ...own, id: entryId, widget_id: widgetId, question: 'When are you open?', phrasings: ['Opening hours?'] },
      ...{ answer: 'From nine to five.', category: 'general', keywords: ['hours', 'open'], language: 'en' },
      ...{ enabled: true, created_by: memberId, ...made },
    })
    .execute()
  await query
    .insertInto('answer_sources')
    .values({
      ...own,
      conversation_id: conversationId,
      seq: 2,
      place: 1,
      knowledge_entry_id: entryId,
      confidence: 0.9,
    })
    .execute()
  await query
    .insertInto('message_ratings')
    .values({ ...own, conversation_id: conversationId, seq: 2, helpful: true, rated_at: at })
    .execute()
  await query
    .insertInto('visitor_events')
    .values({
      ...{ ...own, session_id: sessionId, id: generateId(), created_at: at },
      body: JSON.stringify({ name: 'looked at prices' }),
    })
    .execute()
  const subscriptionId = generateId()
  await query
    .insertInto('push_subscriptions')
    .values({
      ...{ ...own, id: subscriptionId, visitor_id: visitorId, login_id: null, created_at: at },
      ...{ endpoint_hash: randomBytes(32), sealed_subscription: '1.sealed', label: 'New message' },
    })
    .execute()
  await query
    .insertInto('push_jobs')
    .values({
      ...{ ...own, subscription_id: subscriptionId, conversation_id: conversationId },
      ...{ seq: 2, created_at: at, due_at: null },
    })
    .execute()
  await query
    .insertInto('leads')
    .values({
      ...{ ...own, id: leadId, widget_id: widgetId, name: 'John Doe', email: 'john@example.com', phone: null },
      ...{ page_url: 'https://acme.test/prices', referrer: null, assigned_to: memberId, ...made },
    })
    .execute()
  await query
    .updateTable('conversations')
    .set({ lead_id: leadId })
    .where('organization_id', '=', organizationId)
    .where('id', '=', conversationId)
    .execute()
  await query
    .insertInto('appointments')
    .values({
      ...{ ...own, id: generateId(), widget_id: widgetId, conversation_id: conversationId, lead_id: leadId },
      ...{ name: 'John Doe', email: null, phone: null, subject: 'A first talk', preferred_date: '2026-01-02' },
      ...{ preferred_time: '14:30', time_zone: 'Asia/Kolkata', ...made },
    })
    .execute()
  await query
    .insertInto('spam_rules')
    .values({
      ...{ ...own, id: generateId(), widget_id: widgetId, kind: 'word', value: 'casino', action: 'refuse' },
      ...{ last_matched_at: null, created_at: at, created_by: memberId },
    })
    .execute()
  await query
    .insertInto('widget_days')
    .values({ ...own, widget_id: widgetId, date: '2026-01-01', conversations: 1, computed_at: at })
    .execute()
  await database.transaction(organizationId, (transaction) =>
    recordAct(
      transaction,
      organizationId,
      { actor: member, address: null, action: 'knowledge.create', target: { kind: 'knowledge entry', id: entryId } },
      at,
    ),
  )
  return { ...tenant, widgetId, memberId, visitorId, sessionId, conversationId, leadId, entryId }
}
