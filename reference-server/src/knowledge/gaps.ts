import { ChatError, type KnowledgeEntry, type KnowledgeGap, type NewKnowledgeEntry } from '@chatdesk/protocol'
import type { Kysely, Selectable, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { requireWidget } from '../widgets/index.js'
import { createKnowledgeEntry } from './knowledge.js'

/** Whose gap, and which. */
interface GapScope {
  organizationId: string
  gapId: string
}

function gapOf(row: Selectable<Tables['knowledge_gaps']>): KnowledgeGap {
  const { id, question, language, times, status } = row
  return {
    ...{ id, question, language, times, status, entryId: row.entry_id },
    ...{ firstAt: row.first_at.toISOString(), lastAt: row.last_at.toISOString() },
  }
}

/** Questions of a widget's visitors that had no answer, those asked most first; throws `NOT_FOUND` for a widget of somebody else. */
export async function listGaps(
  query: Kysely<Tables>,
  input: { organizationId: string; widgetId: string; status: KnowledgeGap['status']; limit: number },
): Promise<KnowledgeGap[]> {
  await requireWidget(query, input)
  const rows = await query
    .selectFrom('knowledge_gaps')
    .selectAll()
    .where('organization_id', '=', input.organizationId)
    .where('widget_id', '=', input.widgetId)
    .where('status', '=', input.status)
    .orderBy('times', 'desc')
    .orderBy('id', 'desc')
    .limit(input.limit)
    .execute()
  return rows.map(gapOf)
}

/** Dismisses a question, or takes that back; throws `NOT_FOUND`. */
export async function updateGap(
  transaction: Transaction<Tables>,
  { organizationId, gapId }: GapScope,
  change: { status: KnowledgeGap['status']; entryId?: string },
): Promise<KnowledgeGap> {
  const row = await transaction
    .updateTable('knowledge_gaps')
    .set({ status: change.status, ...(change.entryId === undefined ? {} : { entry_id: change.entryId }) })
    .where('organization_id', '=', organizationId)
    .where('id', '=', gapId)
    .returningAll()
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such question.')
  return gapOf(row)
}

/** Makes an entry of a question, which is answered then; throws `NOT_FOUND`. */
export async function answerGap(
  transaction: Transaction<Tables>,
  scope: GapScope & { entryId: string; createdBy: string | null; at: Date },
  entry: NewKnowledgeEntry,
): Promise<KnowledgeEntry> {
  const { organizationId, gapId } = scope
  // Not held while the widget's knowledge is waited for: an answer that notes a gap would wait as long.
  const gap = await transaction
    .selectFrom('knowledge_gaps')
    .select('widget_id')
    .where('organization_id', '=', organizationId)
    .where('id', '=', gapId)
    .executeTakeFirst()
  if (!gap) throw new ChatError('NOT_FOUND', 'No such question.')
  const made = await createKnowledgeEntry(transaction, { ...scope, widgetId: gap.widget_id }, entry)
  await updateGap(transaction, scope, { status: 'answered', entryId: made.id })
  return made
}
