import {
  ChatError,
  type ConversationVisitor,
  type PreChatForm,
  type VisitorAccount,
  type VisitorTraits,
} from '@chatdesk/protocol'
import { sql } from 'kysely'
import type { Database, StoredForm } from '../database/index.js'
import { messageRatings, ratingOf, type StoredRating } from './ratings.js'
import { recentEvents } from './tracked-events.js'
import { visitorName } from './visitor-name.js'

interface Row extends StoredRating {
  visitor_id: string
  session_id: string
  name: string | null
  email: string | null
  account: VisitorAccount | null
  proof: string | null
  traits: VisitorTraits | null
  form: StoredForm | null
  fields: PreChatForm['fields'] | null
  locale: string | null
  device: ConversationVisitor['device']
  referrer: string | null
  department: { id: string; name: string } | null
}

/** What an organization knows of the visitor of a conversation beside its log; what is not proved is a claim (V1). */
export async function loadConversationVisitor(
  database: Database,
  { organizationId, conversationId }: { organizationId: string; conversationId: string },
): Promise<ConversationVisitor> {
  const query = database.of(organizationId)
  const { rows } = await sql<Row>`
    select k.visitor_id, k.session_id, v.name, v.email, v.account, s.proof, s.traits, k.form, s.locale, s.referrer,
      json_build_object('type', s.device_type, 'browser', s.browser, 'os', s.os, 'language', s.language,
        'country', s.country, 'city', s.city) as device,
      w.settings #> '{preChatForm,fields}' as fields, k.rating, k.rating_comment,
      k.rated_at, case when d.id is not null then json_build_object('id', d.id, 'name', d.name) end as department
    from conversations k
    join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
    join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
    join visitor_sessions s on s.organization_id = k.organization_id and s.id = k.session_id
    left join departments d on d.organization_id = k.organization_id and d.id = k.department_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(query)
  const [row] = rows
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const { visitor_id: id, proof, traits } = row
  const name = row.name ?? traits?.name ?? null
  return {
    id,
    name: visitorName({ id, name }),
    ...(name === null ? { nameless: true as const } : {}),
    identified: proof !== null,
    email: proof === null ? null : row.email,
    // A hash proves who it is, and says nothing of them.
    account: proof === 'jwt' ? row.account : null,
    traits,
    form: row.form,
    questions: Object.fromEntries((row.fields ?? []).map(({ id, label }) => [id, label])),
    department: row.department,
    locale: row.locale,
    device: row.device,
    referrer: row.referrer,
    rating: ratingOf(row),
    messageRatings: await messageRatings(query, organizationId, conversationId),
    events: await recentEvents(query, organizationId, row.session_id),
  }
}
