import { ChatError, type DraftCheck, type GoldenQuestion } from '@chatdesk/protocol'
import type { Kysely, Transaction } from 'kysely'
import type { Database, Tables } from '../database/index.js'
import { requireWidget } from '../widgets/index.js'
import { type EntryScope, holdEntry, loadKnowledgeEntry, updateKnowledgeEntry } from './knowledge.js'
import type { KnowledgeScope } from './knowledge-scope.js'
import { searchKnowledge } from './search-knowledge.js'

/** Of a widget: all of them are asked before each publishing. */
const MOST = 100
/** Questions that are asked while a draft is published to try it: whoever changes the widget's entries waits for no more. */
const ASKED_AT_ONCE = 5
/** Places among which the entry is looked for. */
const PLACES = 10

/** A golden question, and at which place its entry is found; null: at none. */
export type AskedQuestion = GoldenQuestion & { place: number | null }

/** A widget's golden questions with what each finds now; throws `NOT_FOUND` for a widget of somebody else. */
export async function askGoldenQuestions(query: Kysely<Tables>, scope: KnowledgeScope): Promise<AskedQuestion[]> {
  await requireWidget(query, scope)
  return placesOf(query, scope, await goldenQuestions(query, scope))
}

async function goldenQuestions(
  query: Kysely<Tables>,
  { organizationId, widgetId }: KnowledgeScope,
): Promise<GoldenQuestion[]> {
  const rows = await query
    .selectFrom('knowledge_golden_questions as g')
    .leftJoin('members as m', (join) =>
      join.onRef('m.organization_id', '=', 'g.organization_id').onRef('m.id', '=', 'g.created_by'),
    )
    .select(['g.id', 'g.question', 'g.entry_id', 'g.created_by', 'm.name as author'])
    .where('g.organization_id', '=', organizationId)
    .where('g.widget_id', '=', widgetId)
    .orderBy('g.id')
    .limit(MOST)
    .execute()
  return rows.map(({ id, question, entry_id: entryId, created_by, author }) => {
    const createdBy = created_by === null ? null : { id: created_by, name: author ?? '' }
    return { id, question, entryId, createdBy }
  })
}

/** Asks them one after the other. */
async function placesOf(
  query: Kysely<Tables>,
  scope: KnowledgeScope,
  questions: readonly GoldenQuestion[],
): Promise<AskedQuestion[]> {
  const asked: AskedQuestion[] = []
  for (const golden of questions) {
    const { hits } = await searchKnowledge(query, { ...scope, text: golden.question, k: PLACES })
    const index = hits.findIndex(({ documentId }) => documentId === golden.entryId)
    asked.push({ ...golden, place: index < 0 ? null : index + 1 })
  }
  return asked
}

/** Says by which question an entry is to be found; throws `NOT_FOUND`, `FORBIDDEN` for one too many, `VALIDATION_FAILED` for one that is there. */
export async function addGoldenQuestion(
  transaction: Transaction<Tables>,
  scope: EntryScope & { id: string; createdBy: string | null; at: Date },
  question: string,
): Promise<GoldenQuestion> {
  const { organizationId, entryId, id, createdBy, at } = scope
  const { widgetId } = await loadKnowledgeEntry(transaction, scope)
  const { count } = await transaction
    .selectFrom('knowledge_golden_questions')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('organization_id', '=', organizationId)
    .where('widget_id', '=', widgetId)
    .executeTakeFirstOrThrow()
  if (Number(count) >= MOST) throw new ChatError('FORBIDDEN', `A widget has ${MOST} golden questions at most.`)
  const made = await transaction
    .insertInto('knowledge_golden_questions')
    .values({
      ...{ organization_id: organizationId, id, widget_id: widgetId, question, entry_id: entryId },
      ...{ created_at: at, created_by: createdBy },
    })
    .onConflict((conflict) => conflict.columns(['widget_id', 'question']).doNothing())
    .executeTakeFirst()
  if (made.numInsertedOrUpdatedRows !== 1n)
    throw new ChatError('VALIDATION_FAILED', 'The widget has this golden question.', { field: 'question' })
  const row = createdBy === null ? undefined : await nameOf(transaction, organizationId, createdBy)
  return { id, question, entryId, createdBy: createdBy === null ? null : { id: createdBy, name: row?.name ?? '' } }
}

const nameOf = (query: Kysely<Tables>, organizationId: string, id: string) =>
  query
    .selectFrom('members')
    .select('name')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .executeTakeFirst()

/** Takes a golden question away and says what it was; throws `NOT_FOUND`. */
export async function removeGoldenQuestion(
  transaction: Transaction<Tables>,
  { organizationId, id }: { organizationId: string; id: string },
): Promise<string> {
  const row = await transaction
    .deleteFrom('knowledge_golden_questions')
    .where('organization_id', '=', organizationId)
    .where('id', '=', id)
    .returning('question')
    .executeTakeFirst()
  if (!row) throw new ChatError('NOT_FOUND', 'No such golden question.')
  return row.question
}

/** Ends a transaction that was only to show what would be. */
class TakenBack extends Error {
  constructor(readonly asked: AskedQuestion[]) {
    super('taken back')
  }
}

/**
 * What publishing an entry's draft would change: it is published, golden questions are asked, and all of it is taken back.
 * Nobody else sees anything of it. A few questions at a time: meanwhile nobody changes the widget's entries. Throws
 * `NOT_FOUND`.
 */
export async function checkDraft(database: Database, scope: EntryScope & { at: Date }): Promise<DraftCheck> {
  const { organizationId } = scope
  const { widgetId } = await loadKnowledgeEntry(database.of(organizationId), scope)
  const whose = { organizationId, widgetId }
  const before = await database.transaction(organizationId, (transaction) => askGoldenQuestions(transaction, whose))
  const after: AskedQuestion[] = []
  for (let from = 0; from < before.length; from += ASKED_AT_ONCE)
    after.push(...(await askAsPublished(database, scope, whose, before.slice(from, from + ASKED_AT_ONCE))))
  return compare(before, after)
}

async function askAsPublished(
  database: Database,
  scope: EntryScope & { at: Date },
  whose: KnowledgeScope,
  questions: readonly GoldenQuestion[],
): Promise<AskedQuestion[]> {
  try {
    return await database.transaction(scope.organizationId, async (transaction) => {
      await publishEntry(transaction, { ...scope, changedBy: null })
      throw new TakenBack(await placesOf(transaction, whose, questions))
    })
  } catch (error) {
    if (error instanceof TakenBack) return error.asked
    throw error
  }
}

/** Makes an entry what its draft says, and found from then on; throws `NOT_FOUND`. */
export async function publishEntry(
  transaction: Transaction<Tables>,
  scope: EntryScope & { changedBy: string | null; at: Date },
) {
  const { draft } = await holdEntry(transaction, scope)
  return updateKnowledgeEntry(transaction, scope, { ...draft, draft: null, published: true })
}

function compare(before: readonly AskedQuestion[], after: readonly AskedQuestion[]): DraftCheck {
  const firstOf = (asked: readonly AskedQuestion[]) => asked.filter(({ place }) => place === 1).length
  const changed = before.flatMap(({ id, question, entryId, place }) => {
    const now = after.find((other) => other.id === id)?.place ?? null
    return now === place ? [] : [{ id, question, entryId, before: place, after: now }]
  })
  return { changed, before: firstOf(before), after: firstOf(after), total: before.length }
}
