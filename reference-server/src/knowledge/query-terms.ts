import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import { correctWords } from './correct-query.js'
import { dictionaryOf } from './dictionaries.js'
import type { KnowledgeScope } from './knowledge-scope.js'
import { wordsOf } from './words.js'

/** More words say no more of what is asked; a long message begins or ends with its question. */
const MOST_WORDS = 48
/** A stem is everywhere that is in so many chunks, and in one of so many of the widget's. */
const MOST_COUNTED = 400
const EVERYWHERE = 8

/** A word of a question. */
export interface QueryTerm {
  word: string
  /** A word of grammar. It helps to rank ways to ask, and says nothing of what is asked. */
  isCommon: boolean
  /** It is in so many chunks that it tells little for what reading them all costs. */
  isEverywhere: boolean
  /** Its stems in the languages of the widget's entries, as far as any entry has them. */
  lexemes: string[]
}

/** A question as it is searched for. */
export interface QueryTerms {
  terms: QueryTerm[]
  /** How many chunks the widget's entries have, and how many words one has on average. */
  chunks: number
  averageLength: number
}

/** What a language's dictionary makes of a word, and whether any entry has that. */
interface Stem {
  dictionary: string
  word: string
  lexeme: string
  /** As the dictionary says: `how` and `the`. */
  common: boolean
  /** In how many chunks it is, as far as they are counted. */
  found: number
  chunks: number
  words: number
}

/** Takes a question apart, by what this widget's entries hold. */
export async function readQuery(
  query: Kysely<Tables>,
  scope: KnowledgeScope,
  { text, lang }: { text: string; lang?: string | undefined },
): Promise<QueryTerms> {
  const { words, wholes } = wordsOf(text)
  const ends = words.length <= MOST_WORDS ? words : [...words.slice(0, MOST_WORDS / 2), ...words.slice(-MOST_WORDS / 2)]
  const asked = [...new Set([...ends, ...wholes.slice(0, MOST_WORDS)])]
  const stems = await readStems(query, scope, asked)
  const dictionary = lang === undefined ? undefined : dictionaryOf(lang)
  const common = new Set(asked.filter((word) => isCommonWord(stems.get(word) ?? [], dictionary)))
  const unknown = asked.filter((word) => !common.has(word) && stems.get(word)?.every(({ found }) => found === 0))
  const meant = await correctWords(query, scope, unknown)
  const meantStems = await readStems(query, scope, [...new Set(meant.values())])
  const all = [...stems.values()].flat()
  const chunks = sumOf(all, ({ chunks }) => chunks)
  const terms = asked.map((word) => {
    const meantWord = meant.get(word)
    const own = (meantWord === undefined ? stems.get(word) : meantStems.get(meantWord)) ?? []
    const lexemes = new Map(own.filter(({ found }) => found > 0).map(({ lexeme, found }) => [lexeme, found]))
    const everywhere = Math.max(MOST_COUNTED, Math.floor(chunks / EVERYWHERE))
    const isEverywhere = Math.max(0, ...lexemes.values()) >= everywhere
    return { word, isCommon: common.has(word), isEverywhere, lexemes: [...lexemes.keys()] }
  })
  const length = sumOf(all, ({ words }) => words)
  return { terms: distinct(terms), chunks, averageLength: Math.max(1, length / Math.max(1, chunks)) }
}

/** Of each dictionary once. */
function sumOf(stems: readonly Stem[], value: (stem: Stem) => number): number {
  const byDictionary = new Map(stems.map((stem) => [stem.dictionary, value(stem)]))
  return [...byDictionary.values()].reduce((sum, one) => sum + one, 0)
}

async function readStems(
  query: Kysely<Tables>,
  { organizationId, widgetId }: KnowledgeScope,
  words: readonly string[],
): Promise<Map<string, Stem[]>> {
  const stems = new Map<string, Stem[]>()
  if (words.length === 0) return stems
  const { rows } = await sql<Stem>`
    with stems as materialized (
      select t.dictionary, t.chunks, t.words, w.word, ts_lexize(t.dictionary::regdictionary, w.word) as stem
      from knowledge_totals t cross join unnest(${words}::text[]) as w (word)
      where t.organization_id = ${organizationId}::uuid and t.widget_id = ${widgetId}::uuid and t.chunks > 0
    )
    select s.*, (
      select count(*)::int from (
        select from knowledge_lexemes l
        where l.organization_id = ${organizationId}::uuid and l.widget_id = ${widgetId}::uuid
          and l.lexeme = s.lexeme collate "C" limit greatest(${MOST_COUNTED}::int, s.chunks / ${EVERYWHERE}::int)
      ) l) as found
    from (
      select s.dictionary, s.chunks, s.words, s.word, coalesce(s.stem[1], s.word) as lexeme,
        coalesce(cardinality(s.stem) = 0, false) as common
      from stems s offset 0
    ) s`.execute(query)
  for (const row of rows) stems.set(row.word, [...(stems.get(row.word) ?? []), row])
  return stems
}

/** Whether a word is a common one in the language of the question, or, where that is not known, in any of the entries'. */
function isCommonWord(stems: readonly Stem[], dictionary: string | undefined): boolean {
  // `simple` has no common words: it says nothing of a language.
  const own = dictionary === 'simple' ? [] : stems.filter((stem) => stem.dictionary === dictionary)
  return (own.length > 0 ? own : stems).some(({ common }) => common)
}

/** Two forms of one word are one term. */
function distinct(terms: readonly QueryTerm[]): QueryTerm[] {
  const keyOf = ({ word, lexemes }: QueryTerm) => (lexemes.length === 0 ? ` ${word}` : [...lexemes].sort().join(' '))
  return [...new Map(terms.map((term) => [keyOf(term), term])).values()]
}
