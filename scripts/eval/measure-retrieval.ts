import { detectLanguage } from '../../reference-server/src/assistant/language/detect-language.js'
import type { Retriever } from '../../reference-server/src/assistant/retrieval-js/retriever.js'
import type { FaqSet, KnowledgeSet, KnownQuestion } from './evaluation-data.js'
import type { MeasuredRetriever } from './measured-retriever.js'
import { quantile, share } from './metrics.js'

/** How well questions find what answers them. */
export interface RetrievalFigures {
  questions: number
  'hit@1': number
  'hit@3': number
  'hit@5': number
  /** Mean reciprocal rank among the first ten. */
  mrr: number
  /** Of one search, in milliseconds, on this machine at this moment: no gate. */
  p95Ms: number
}

const DEPTH = 10

/** Measures the questions that something answers. */
export async function measureRetrieval(set: KnowledgeSet, measured: MeasuredRetriever): Promise<RetrievalFigures> {
  const { retriever, close } = await measured.open(set.documents)
  const figures = await figuresOf(
    retriever,
    set.questions.filter(({ documentIds }) => documentIds.length > 0),
  )
  await close()
  return figures
}

/** A FAQ as documents: all phrasings of an entry are one text, which finds more than each by itself. */
export function faqAsKnowledge({ name, entries, questions }: FaqSet): KnowledgeSet {
  return {
    name,
    documents: entries.map(({ id, phrasings }) => ({ id, title: '', body: phrasings.join('\n') })),
    questions: questions.map(({ query, id }) => ({ query, documentIds: [id] })),
  }
}

/** Figures of several sets as of one. */
export function pooled(figures: readonly RetrievalFigures[]): RetrievalFigures {
  const questions = figures.reduce((sum, one) => sum + one.questions, 0)
  const mean = (of: (one: RetrievalFigures) => number) =>
    share(
      figures.reduce((sum, one) => sum + of(one) * one.questions, 0),
      questions,
    )
  return {
    questions,
    'hit@1': mean((one) => one['hit@1']),
    'hit@3': mean((one) => one['hit@3']),
    'hit@5': mean((one) => one['hit@5']),
    mrr: mean(({ mrr }) => mrr),
    p95Ms: figures.reduce((most, { p95Ms }) => Math.max(most, p95Ms), 0),
  }
}

async function figuresOf(retriever: Retriever, questions: readonly KnownQuestion[]): Promise<RetrievalFigures> {
  const ranks: number[] = []
  const times: number[] = []
  for (const { query, documentIds } of questions) {
    const started = performance.now()
    const { hits } = await retriever.search({ query, lang: detectLanguage(query), k: DEPTH })
    times.push(performance.now() - started)
    ranks.push(1 + hits.findIndex(({ docId }) => documentIds.includes(docId)))
  }
  const within = (depth: number) => share(ranks.filter((rank) => rank > 0 && rank <= depth).length, ranks.length)
  return {
    questions: ranks.length,
    'hit@1': within(1),
    'hit@3': within(3),
    'hit@5': within(5),
    mrr: share(
      ranks.reduce((sum, rank) => sum + (rank > 0 ? 1 / rank : 0), 0),
      ranks.length,
    ),
    p95Ms: quantile(times, 0.95),
  }
}
