import type { ImportedEntry, KnowledgeImport } from '@chatdesk/protocol'
import type { Kysely, Transaction } from 'kysely'
import type { Tables } from '../database/index.js'
import { requireWidget } from '../widgets/index.js'
import { insertEntries } from './insert-entries.js'
import { type ChangedEntry, changeEntry, keepChanges } from './knowledge.js'
import type { KnowledgeScope } from './knowledge-scope.js'
import { lockKnowledge } from './lock-knowledge.js'
import { bareWords } from './note-gap.js'
import type { ReadEntry } from './read-import.js'

/** Entries of a widget: beyond that an import adds none. */
const MOST_ENTRIES = 2_000

type Decision = KnowledgeImport['decisions'][number]

/** What is compared: the rest is given, or stays. */
const COMPARED = ['question', 'answer', 'phrasings', 'category', 'keywords', 'language', 'url'] as const

/**
 * What an import would do: an entry is that of the widget with the same address, or with the same question. Throws
 * `NOT_FOUND` for a widget of somebody else.
 */
export async function planImport(
  query: Kysely<Tables>,
  scope: KnowledgeScope,
  read: readonly ReadEntry[],
): Promise<KnowledgeImport> {
  await requireWidget(query, scope)
  const present = await query
    .selectFrom('knowledge_entries')
    .select(['id', ...COMPARED])
    .where('organization_id', '=', scope.organizationId)
    .where('widget_id', '=', scope.widgetId)
    .execute()
  const known = new Map(present.flatMap((row) => keysOf(row).map((key) => [key, row] as const)))
  const seen = new Set<string>()
  const taken = new Set<string>()
  let room = MOST_ENTRIES - present.length
  const decide = ({ place, question, entry }: ReadEntry): Decision => {
    const decision = { place, question, entryId: null, entry, reason: null }
    if (!entry) return { ...decision, action: 'skip', reason: 'invalid' }
    const keys = keysOf(entry)
    if (keys.some((key) => seen.has(key))) return { ...decision, action: 'skip', reason: 'twice' }
    for (const key of keys) seen.add(key)
    // One that has another's address and one that has its question do not both change it.
    const row = keys.map((key) => known.get(key)).find((found) => found !== undefined && !taken.has(found.id))
    if (row) taken.add(row.id)
    if (!row && room <= 0) return { ...decision, action: 'skip', reason: 'full' }
    if (!row) {
      room--
      return { ...decision, action: 'add' }
    }
    const isSame = COMPARED.every(
      (field) => entry[field] === undefined || JSON.stringify(entry[field]) === JSON.stringify(row[field]),
    )
    return { ...decision, entryId: row.id, ...(isSame ? { action: 'skip', reason: 'same' } : { action: 'change' }) }
  }
  return summaryOf(read.map(decide))
}

/** Does what the plan says, which is made anew: since the preview somebody may have changed something. */
export async function importKnowledge(
  transaction: Transaction<Tables>,
  scope: KnowledgeScope & { createdBy: string | null; at: Date; generateId: () => string },
  entries: readonly ImportedEntry[],
): Promise<KnowledgeImport> {
  const { organizationId, createdBy, at, generateId } = scope
  const read = entries.map((entry, index) => ({ place: index + 1, question: entry.question, entry }))
  await lockKnowledge(transaction, scope.widgetId)
  const plan = await planImport(transaction, scope, read)
  const added: (ImportedEntry & { id: string })[] = []
  const changed: ChangedEntry[] = []
  const decisions: Decision[] = []
  for (const decision of plan.decisions) {
    const { action, entry, entryId } = decision
    if (action === 'add' && entry) {
      const id = generateId()
      added.push({ ...entry, id })
      decisions.push({ ...decision, entryId: id })
      continue
    }
    if (action === 'change' && entry && entryId !== null)
      changed.push(await changeEntry(transaction, { organizationId, entryId, at }, entry))
    decisions.push(decision)
  }
  // All at once: as many statements for each would hold the widget's knowledge for seconds.
  await insertEntries(transaction, scope, added)
  await keepChanges(transaction, { organizationId, changedBy: createdBy, at }, changed)
  return summaryOf(decisions)
}

function keysOf({ question, url }: { question: string; url?: string | null | undefined }): string[] {
  const keys = [`question ${bareWords(question)}`]
  return url ? [`url ${url}`, ...keys] : keys
}

function summaryOf(decisions: Decision[]): KnowledgeImport {
  const count = (action: Decision['action']) => decisions.filter((decision) => decision.action === action).length
  return { decisions, added: count('add'), changed: count('change'), skipped: count('skip') }
}
