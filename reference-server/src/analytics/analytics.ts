import type { WidgetDay } from '@chatdesk/protocol'
import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import { requireWidget } from '../widgets/index.js'

/** What was counted of a widget, ascending, both days included; throws `NOT_FOUND` for a widget of somebody else. */
export async function loadWidgetDays(
  query: Kysely<Tables>,
  input: { organizationId: string; widgetId: string; from: string; to: string },
): Promise<WidgetDay[]> {
  const { organizationId, widgetId, from, to } = input
  await requireWidget(query, input)
  const rows = await query
    .selectFrom('widget_days')
    .selectAll()
    .select(sql<string>`date::text`.as('day'))
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .where(sql<boolean>`date between ${from}::date and ${to}::date`)
    .orderBy('date')
    .execute()
  return rows.map((row) => ({
    ...{ date: row.day, conversations: row.conversations, completed: row.completed, abandoned: row.abandoned },
    ...{ spam: row.spam, visitorMessages: row.visitor_messages, agentMessages: row.agent_messages },
    ...{ assistantMessages: row.assistant_messages, firstResponses: row.first_responses },
    ...{ firstResponseMs: Number(row.first_response_ms), leads: row.leads, leadsConverted: row.leads_converted },
    handoffs: { email: row.email_handoffs, phone: row.phone_handoffs, assistant: row.assistant_handoffs },
    ...{ appointments: row.appointments, ratings: row.ratings, ratingSum: row.rating_sum, helpful: row.helpful },
    ...{ notHelpful: row.not_helpful, answers: row.answers, confidenceSum: row.confidence_sum },
    unanswered: row.unanswered,
  }))
}
