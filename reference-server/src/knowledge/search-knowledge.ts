import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import type { KnowledgeScope } from './knowledge-scope.js'
import { bareWords } from './note-gap.js'
import { type QueryTerm, type QueryTerms, readQuery } from './query-terms.js'

/**
 * BM25: how slowly a word that is repeated stops counting, and how much a long chunk is held back. An entry's phrasings
 * repeat what it is about, so that repetition tells more here than in prose.
 */
const SATURATION = 3
const LENGTH = 0.75
/** What a word in the title counts beside what it counts in the text. */
const TITLE = 1.2
/** What a word of grammar counts beside others. */
const COMMON = 0.6
/** With so many rarer words, those that are everywhere are not looked for. */
const ENOUGH = 3
/** Chunks among which the best of each entry is sought, for each entry that is wanted; stems that a bit can be given. */
const CHUNKS_FOR_ONE = 8
const MOST_STEMS = 60
/** Characters of a question that are read. */
const MOST_CHARACTERS = 2_000

/** What is asked of one widget's knowledge. */
export interface KnowledgeQuery extends KnowledgeScope {
  text: string
  /** As it was asked in; undefined or of no known language: words are taken as they are in each language of the entries. */
  lang?: string | undefined
  /** Most hits. */
  k?: number | undefined
}

/** What is known of a hit, for a model of how sure it is. All between 0 and 1, but for `terms`. */
export interface HitFeatures {
  /** Of what the question's words tell, the share that the chunk has; words that no entry has count as the rarest. */
  idfCoverage: number
  /** The same of its title. */
  titleCoverage: number
  /** The score as a share of the highest that a chunk could have. */
  scoreShare: number
  /** By how much of its score it is before the next one. */
  margin: number
  /** Words of the question that tell something. */
  terms: number
  /** The question is worded as the entry says that it is asked: there is nothing to guess. */
  isItsWording: boolean
}

/** A chunk of an entry, the best of its entry. */
export interface KnowledgeHit {
  documentId: string
  /** The document's, of its own; with another version of the entry it may be another text. */
  chunkId: string
  title: string
  url: string | null
  text: string
  score: number
  features: HitFeatures
}

/** What was found, the best first, and how long it took. */
export interface KnowledgeHits {
  hits: KnowledgeHit[]
  ms: number
}

interface Row {
  entry_id: string
  place: number
  score: number
  title: string
  phrasings: string[]
  url: string | null
  text: string
  /** Bits of stems; a driver reads a `bigint` as text. */
  matched: string
  titled: string
  /** By a stem's bit, in how many chunks it is. */
  found: Record<string, number>
}

/**
 * What one widget's entries say to a question: BM25 over the stems of their chunks, of each entry the best one. This is the
 * only way to search knowledge: organization and widget come from whoever is authenticated, never out of a request, and
 * the query runs behind the wall between tenants as well.
 */
export async function searchKnowledge(
  query: Kysely<Tables>,
  { organizationId, widgetId, text, lang, k = 5 }: KnowledgeQuery,
): Promise<KnowledgeHits> {
  const start = performance.now()
  const scope = { organizationId, widgetId }
  const asked = await readQuery(query, scope, { text: text.slice(0, MOST_CHARACTERS), lang })
  const isAsked = asked.terms.some(({ lexemes, isCommon }) => !isCommon && lexemes.length > 0)
  const stems = isAsked ? stemsOf(asked.terms) : []
  // One more, by which the last is ahead.
  const ranked = stems.length > 0 ? await rank(query, scope, { ...asked, stems }, k + 1) : []
  // With its numbers: another form, section or plan is another question.
  const wording = bareWords(text)
  const isItsWording = ({ title, phrasings }: Row) =>
    wording !== '' && [title, ...phrasings].some((asked) => bareWords(asked) === wording)
  const rows = [...ranked.filter(isItsWording), ...ranked.filter((row) => !isItsWording(row))]
  const weighed = weigh(asked, stems, rows[0]?.found ?? {})
  const hits = rows
    .slice(0, k)
    .map((row, index) => hitOf(row, rows[index + 1], { terms: weighed, stems, isItsWording: isItsWording(row) }))
  return { hits, ms: performance.now() - start }
}

async function rank(
  query: Kysely<Tables>,
  { organizationId, widgetId }: KnowledgeScope,
  { stems, chunks, averageLength }: { stems: readonly Stem[]; chunks: number; averageLength: number },
  limit: number,
): Promise<Row[]> {
  const column = <Name extends keyof Stem>(name: Name) => stems.map((stem) => stem[name])
  // `offset 0`: a planner without statistics would read all that the widget has, once for each. In how many chunks a stem
  // is, is counted as they are read.
  const { rows } = await sql<Row>`
    with found as materialized (
      select q.bit::int as bit, l.*,
        q.share * ln(1 + (greatest(${chunks}::float8 - l.chunks, 0) + 0.5) / (l.chunks + 0.5)) as weight
      from unnest(${column('lexeme')}::text[], ${column('share')}::float8[]) with ordinality as q (lexeme, share, bit)
      cross join lateral (
        select l.entry_id, l.place, l.times, l.title, l.length, count(*) over () as chunks from knowledge_lexemes l
        where l.organization_id = ${organizationId}::uuid and l.widget_id = ${widgetId}::uuid
          and l.lexeme = q.lexeme collate "C" offset 0) l
    ), scored as (
      select l.entry_id, l.place,
        sum(l.weight * (l.times * ${SATURATION + 1}::float8 / (l.times + ${SATURATION}::float8 *
          (1 - ${LENGTH}::float8 + ${LENGTH}::float8 * l.length / ${averageLength}::float8))
          + ${TITLE}::float8 * l.title)) as score,
        bit_or(1::bigint << l.bit) as matched, bit_or(case when l.title > 0 then 1::bigint << l.bit else 0 end) as titled
      from found l
      group by l.entry_id, l.place
      order by score desc, l.entry_id, l.place limit ${limit * CHUNKS_FOR_ONE}::int
    ), best as materialized (
      select * from (
        select distinct on (s.entry_id) s.* from scored s order by s.entry_id, s.score desc, s.place
      ) b order by b.score desc, b.entry_id limit ${limit}::int
    )
    select b.entry_id, b.place, b.score, b.matched::text, b.titled::text, e.question as title, e.phrasings, e.url, c.text,
      (select json_object_agg(f.bit, f.chunks) from (select bit, max(chunks) as chunks from found group by bit) f) as found
    from best b
    cross join lateral (
      select e.question, e.phrasings, e.url from knowledge_entries e where e.organization_id = ${organizationId}::uuid
        and e.id = b.entry_id and e.widget_id = ${widgetId}::uuid and e.enabled and e.published offset 0) e
    cross join lateral (
      select c.text from knowledge_chunks c where c.organization_id = ${organizationId}::uuid
        and c.entry_id = b.entry_id and c.place = b.place offset 0) c
    order by b.score desc, b.entry_id`.execute(query)
  return rows
}

/** What is looked for, and what it counts beside others. Its bit is its place, from 1 on. */
interface Stem {
  lexeme: string
  share: number
}

/** The stems of a question: without those that are everywhere, if there are enough others, and words of grammar last. */
function stemsOf(terms: readonly QueryTerm[]): Stem[] {
  const rare = terms.filter(({ isEverywhere, lexemes }) => !isEverywhere && lexemes.length > 0)
  const isEnough = rare.filter(({ isCommon }) => !isCommon).length >= ENOUGH
  const shares = new Map<string, number>()
  for (const { lexemes, isCommon } of isEnough ? rare : terms)
    for (const lexeme of lexemes) shares.set(lexeme, isCommon ? COMMON : 1)
  const stems = [...shares].map(([lexeme, share]) => ({ lexeme, share }))
  return stems.sort((one, other) => other.share - one.share).slice(0, MOST_STEMS)
}

/** A word of a question, and how much it tells: the rarer, the more. */
type WeighedTerm = QueryTerm & { weight: number }

function weigh({ terms, chunks }: QueryTerms, stems: readonly Stem[], found: Row['found']): WeighedTerm[] {
  const idfOf = (count: number) => Math.log(1 + (Math.max(chunks - count, 0) + 0.5) / (count + 0.5))
  const counts = new Map(stems.map(({ lexeme }, index) => [lexeme, found[index + 1] ?? chunks]))
  return terms.map((term) => {
    const rarest =
      term.lexemes.length === 0 ? 0 : Math.min(...term.lexemes.map((lexeme) => counts.get(lexeme) ?? chunks))
    return { ...term, weight: (term.isCommon ? COMMON : 1) * idfOf(rarest) }
  })
}

function hitOf(
  row: Row,
  next: Row | undefined,
  { terms, stems, isItsWording }: { terms: readonly WeighedTerm[]; stems: readonly Stem[]; isItsWording: boolean },
): KnowledgeHit {
  const sumOf = (some: readonly WeighedTerm[]) => some.reduce((sum, { weight }) => sum + weight, 0)
  const telling = terms.filter(({ isCommon }) => !isCommon)
  const share = (bits: string) => {
    const found = new Set(
      stems.filter((_, index) => (BigInt(bits) >> BigInt(index + 1)) & 1n).map(({ lexeme }) => lexeme),
    )
    const matched = telling.filter(({ lexemes }) => lexemes.some((lexeme) => found.has(lexeme)))
    return Math.min(1, sumOf(matched) / sumOf(telling))
  }
  return {
    ...{ documentId: row.entry_id, chunkId: `${row.entry_id}.${row.place}`, title: row.title, url: row.url },
    ...{ text: row.text, score: row.score },
    features: {
      idfCoverage: share(row.matched),
      titleCoverage: share(row.titled),
      scoreShare: Math.min(1, row.score / (sumOf(terms) * (SATURATION + 1 + TITLE))),
      // One that is asked for by its own words may stand before one that has more of them.
      margin: Math.max(0, row.score - (next?.score ?? 0)) / row.score,
      terms: telling.length,
      isItsWording,
    },
  }
}
