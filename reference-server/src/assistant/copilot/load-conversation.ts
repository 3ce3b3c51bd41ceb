import {
  type AssistantPolicy,
  type Author,
  ChatError,
  type ConversationStatus,
  type MessagePart,
  textOf,
} from '@chatdesk/protocol'
import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../../database/index.js'
import { type PolicySettings, policyOf } from '../policies/policy-settings.js'
import type { Persona } from '../provider/answer-provider.js'
import type { Which } from '../turns/load-turn.js'

/** Messages that are read: the last ones. */
const MOST_MESSAGES = 400

/** Something that was said. */
export interface SaidMessage {
  seq: number
  from: Exclude<Author['kind'], 'system'>
  name: string | null
  text: string
  /** Ids of the entries that it rests on, the first first; only the assistant's messages have any. */
  sources: string[]
}

/** A conversation as a draft and a summary see it. Notes of the team are no part of it (B11). */
export interface CopilotConversation {
  widgetId: string
  /** Whether its widget has the assistant: only then anything of it goes to a model (B12). */
  hasAssistant: boolean
  settings: PolicySettings
  persona: Pick<Persona, 'name' | 'organization'>
  status: ConversationStatus
  /** Since the conversation was last over, the oldest first; of one that is over, what was said before that. */
  messages: SaidMessage[]
  /** The turn that handed over last in that time: that the visitor waits stands right behind its message (B4). */
  handedOver: { rule: string; reason: string } | null
}

/** Loads it from the log. Throws `NOT_FOUND` for one of another organization, as for none. */
export async function loadCopilotConversation(
  query: Kysely<Tables>,
  { organizationId, conversationId }: Which,
): Promise<CopilotConversation> {
  const { rows: standing } = await sql<{
    widgetId: string
    hasAssistant: boolean
    policy: AssistantPolicy | null
    name: string
    organization: string
    status: ConversationStatus
  }>`
    select k.widget_id as "widgetId", w.assistant as "hasAssistant", w.assistant_policy as policy, w.name,
      o.name as organization, k.status
    from conversations k join widgets w on w.organization_id = k.organization_id and w.id = k.widget_id
      join organizations o on o.id = k.organization_id
    where k.organization_id = ${organizationId}::uuid and k.id = ${conversationId}::uuid`.execute(query)
  const [row] = standing
  if (!row) throw new ChatError('NOT_FOUND', 'No such conversation.')
  const from = await beginningOf(query, { organizationId, conversationId })
  const { rows: said } = await sql<Omit<SaidMessage, 'text'> & { parts: MessagePart[] }>`
    select e.seq, e.body #>> '{author,kind}' as from, e.body #>> '{author,name}' as name, e.body -> 'parts' as parts,
      array(select s.knowledge_entry_id::text from answer_sources s where s.organization_id = e.organization_id
        and s.conversation_id = e.conversation_id and s.seq = e.seq and s.knowledge_entry_id is not null
        order by s.place) as sources
    from events e
    where e.organization_id = ${organizationId}::uuid and e.conversation_id = ${conversationId}::uuid
      and e.type = 'message.created' and e.seq > ${from}::int and e.body #>> '{author,kind}' <> 'system'
    order by e.seq desc limit ${MOST_MESSAGES}::int`.execute(query)
  const { rows: turns } = await sql<{ rule: string; reason: string }>`
    select t.rule, t.reason from assistant_turns t
      join events e on e.organization_id = t.organization_id and e.conversation_id = t.conversation_id and e.seq = t.seq + 1
    where t.organization_id = ${organizationId}::uuid and t.conversation_id = ${conversationId}::uuid
      and t.seq > ${from}::int and e.type = 'conversation.changed' and e.body ->> 'status' = 'waiting'
    order by t.seq desc limit 1`.execute(query)
  return {
    ...{ widgetId: row.widgetId, hasAssistant: row.hasAssistant, status: row.status },
    settings: policyOf(row.policy ?? DEFAULT_ASSISTANT_POLICY),
    persona: { name: row.name, organization: row.organization },
    messages: said.reverse().map(({ parts, ...message }) => ({ ...message, text: textOf(parts).trim() })),
    handedOver: turns[0] ?? null,
  }
}

/** Behind which place of the log it begins: the last end behind which the visitor has written. */
async function beginningOf(query: Kysely<Tables>, { organizationId, conversationId }: Which): Promise<number> {
  const { rows } = await sql<{ seq: number }>`
    select coalesce(max(r.seq), 0)::int as seq from events r
    where r.organization_id = ${organizationId}::uuid and r.conversation_id = ${conversationId}::uuid
      and r.type = 'conversation.changed' and r.body ->> 'status' = 'resolved'
      and r.seq < (select max(e.seq) from events e where e.organization_id = r.organization_id
        and e.conversation_id = r.conversation_id and e.type = 'message.created'
        and e.body #>> '{author,kind}' = 'visitor')`.execute(query)
  return rows[0]?.seq ?? 0
}
