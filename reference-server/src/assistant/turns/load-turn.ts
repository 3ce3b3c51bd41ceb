import { type AssistantPolicy, type Author, type MessagePart, textOf } from '@chatdesk/protocol'
import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import { type PolicySettings, policyOf } from '../policies/policy-settings.js'
import type { HistoryLine, Persona } from '../provider/answer-provider.js'
import { type Episode, episodeOf, type KeptTurn } from './episode.js'
import { isPersonOffered } from './turn-words.js'

/** Messages of an episode that are read: whoever writes more is handed over long before. */
const MOST_MESSAGES = 400
/** Earlier messages, of whomever, that a provider may be told. */
const MOST_HISTORY = 40

/** Which conversation. */
export interface Which {
  organizationId: string
  conversationId: string
}

/** What a turn rests on, as it stands when it begins. */
export interface LoadedTurn extends Episode {
  widgetId: string
  settings: PolicySettings
  /** What the visitor has written since they were last answered, a message each. */
  texts: string[]
  /** Their earlier messages of this episode, the oldest first. */
  earlier: string[]
  /** What was said in this episode before `texts`, by whomever, the oldest first. */
  history: HistoryLine[]
  /** As whom the assistant speaks. */
  persona: Pick<Persona, 'name' | 'organization'>
  /** The last words to the visitor, by whomever but them, were whether they want a person. */
  personOffered: boolean
  /** Ages of their open tickets, in milliseconds; without those that stood when an agent last ended this conversation. */
  openTickets: number[]
  leadKnown: boolean
}

interface Standing {
  widgetId: string
  visitorId: string
  leadKnown: boolean
  episode: number
  name: string
  organization: string
  assistant: boolean
  said: AssistantPolicy | null
}

/**
 * Loads it: of this episode alone, so that what was settled before is not taken up again. Null: there is no such conversation;
 * `switched_off`: its widget does not have the assistant any more.
 */
export async function loadTurn(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
  messageIds: readonly string[],
  now: Date,
): Promise<LoadedTurn | 'switched_off' | null> {
  const { rows: standing } = await sql<Standing>`
    select k.widget_id as "widgetId", k.visitor_id as "visitorId", k.episode, w.name, w.assistant, o.name as organization,
      w.assistant_policy as said,
      k.lead_id is not null or v.email is not null as "leadKnown"
    from conversations k join visitors v on v.organization_id = k.organization_id and v.id = k.visitor_id
      join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
      join organizations o on o.id = k.organization_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(query)
  const [row] = standing
  if (!row) return null
  if (!row.assistant) return 'switched_off'
  const { rows: said } = await sql<{ id: string; kind: Author['kind']; parts: MessagePart[] }>`
    select e.id, e.body #>> '{author,kind}' as kind, e.body -> 'parts' as parts from events e
    where e.organization_id = ${organizationId}::uuid and e.conversation_id = ${conversationId}::uuid
      and e.type = 'message.created'
      and e.seq > coalesce((select max(r.seq) from events r where r.organization_id = e.organization_id
        and r.conversation_id = e.conversation_id and r.type = 'conversation.changed' and r.body ->> 'status' = 'resolved'), 0)
    order by e.seq desc limit ${MOST_MESSAGES}::int`.execute(query)
  const asked = new Set(messageIds)
  const messages = said.reverse().map(({ id, kind, parts }) => ({ id, kind, parts, text: textOf(parts) }))
  const lastSaid = messages.filter(({ kind }) => kind === 'assistant' || kind === 'agent').at(-1)
  const own = messages.filter(({ kind }) => kind === 'visitor')
  const { rows: turns } = await sql<KeptTurn>`
    select t.rule, t.action, t.band, t.answer, (t.inputs ->> 'repeated')::boolean as repeated,
      (t.inputs ->> 'ownMood')::float8 as mood, t.inputs ->> 'asks' as asks, coalesce(r.helpful, false) as helped
    from assistant_turns t left join message_ratings r on r.organization_id = t.organization_id
      and r.conversation_id = t.conversation_id and r.seq = t.seq
    where t.organization_id = ${organizationId}::uuid and t.conversation_id = ${conversationId}::uuid
      and t.episode = ${row.episode}::int
    order by t.decided_at, t.id`.execute(query)
  const { rows: tickets } = await sql<{ ms: number }>`
    select extract(epoch from ${now}::timestamptz - t.created_at)::float8 * 1000 as ms
    from tickets t join conversations c on c.organization_id = t.organization_id and c.id = t.conversation_id
    where t.organization_id = ${organizationId}::uuid and c.visitor_id = ${row.visitorId}::uuid
      and t.status in ('open', 'pending')
      and t.created_at > coalesce((select max(e.created_at) from events e
        where e.organization_id = ${organizationId}::uuid and e.conversation_id = ${conversationId}::uuid
          and e.type = 'conversation.changed' and e.body ->> 'status' = 'resolved'
          and e.body #>> '{author,kind}' = 'agent'), '-infinity')`.execute(query)
  return {
    ...{ widgetId: row.widgetId, leadKnown: row.leadKnown },
    settings: policyOf(row.said ?? DEFAULT_ASSISTANT_POLICY),
    texts: own.filter(({ id }) => asked.has(id)).map(({ text }) => text),
    earlier: own.filter(({ id }) => !asked.has(id)).map(({ text }) => text),
    history: messages
      .flatMap(({ id, kind, text }) => (asked.has(id) || kind === 'system' ? [] : [{ from: kind, text }]))
      .slice(-MOST_HISTORY),
    persona: { name: row.name, organization: row.organization },
    ...episodeOf(turns),
    personOffered: isPersonOffered(lastSaid?.parts ?? []),
    openTickets: tickets.map(({ ms }) => ms),
  }
}
