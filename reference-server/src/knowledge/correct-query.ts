import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import { type KnownWord, mayBeMistyped, nearestWord } from './correct-words.js'
import type { KnowledgeScope } from './knowledge-scope.js'

/** Words of a question that may be mistyped, and known words that each of them is compared with: anybody may search. */
const MOST_MISTYPED = 6
const MOST_COMPARED = 300

/** What mistyped words stand for, as far as the widget's entries have something like it. */
export async function correctWords(
  query: Kysely<Tables>,
  scope: KnowledgeScope,
  unknown: readonly string[],
): Promise<Map<string, string>> {
  const meant = new Map<string, string>()
  const candidates = await candidatesFor(query, scope, unknown.filter(mayBeMistyped).slice(0, MOST_MISTYPED))
  for (const [word, known] of candidates) {
    const nearest = nearestWord(word, known)
    if (nearest !== undefined) meant.set(word, nearest)
  }
  return meant
}

/**
 * Known words that a mistyped one may stand for, by it: they begin alike, and go on or end alike, which one slip leaves so.
 * Of too many, those that are nearly as long, the commoner first.
 */
export async function candidatesFor(
  query: Kysely<Tables>,
  { organizationId, widgetId }: KnowledgeScope,
  mistyped: readonly string[],
): Promise<Map<string, KnownWord[]>> {
  const candidates = new Map<string, KnownWord[]>()
  if (mistyped.length === 0) return candidates
  const { rows } = await sql<KnownWord & { mistyped: string }>`
    select m.word as mistyped, k.word, k.chunks from unnest(${mistyped}::text[]) as m (word)
    cross join lateral (
      select w.word, w.chunks from knowledge_words w
      where w.organization_id = ${organizationId}::uuid and w.widget_id = ${widgetId}::uuid
        and w.word >= left(m.word, 1) collate "C" and w.word < left(m.word, 1) || chr(1114111) collate "C"
        and length(w.word) between length(m.word) - 3 and length(m.word) + 3
        and (left(w.word, 2) = left(m.word, 2) or right(w.word, 2) = right(m.word, 2))
      order by abs(length(w.word) - length(m.word)), w.chunks desc, w.word
      limit ${MOST_COMPARED}::int) k`.execute(query)
  for (const word of mistyped)
    candidates.set(
      word,
      rows.filter((row) => row.mistyped === word).map(({ word, chunks }) => ({ word, chunks })),
    )
  return candidates
}
