import { SHIPPED_COEFFICIENTS } from '../../reference-server/src/assistant/confidence/coefficients.js'
import { confidenceOf, DEFAULT_THRESHOLDS } from '../../reference-server/src/assistant/confidence/confidence.js'
import {
  type Coefficients,
  fitCoefficients,
  type JudgedRetrieval,
} from '../../reference-server/src/assistant/confidence/logistic.js'
import { detectLanguage } from '../../reference-server/src/assistant/language/detect-language.js'
import type { Retriever } from '../../reference-server/src/assistant/retrieval-js/retriever.js'
import type { KnowledgeSet, KnownQuestion } from './evaluation-data.js'
import type { MeasuredRetriever } from './measured-retriever.js'
import { calibrationError, type Foretold, quantile, rankingArea, share } from './metrics.js'

/** How far the probability of an answer can be trusted. */
export interface ConfidenceFigures {
  questions: number
  /** Share of best hits that are right. */
  base: number
  auroc: number
  ece: number
  /** Of what is answered (from the upper threshold on), how much is right; and how much of all is answered. */
  precision: number
  coverage: number
  /** How much is right of the surest three fifths, whatever the threshold. */
  precisionAt60: number
  /** With the threshold at which 27 % of the questions that have an answer get none: of those without, how many get none. Null: there are none. */
  impossibleCaught: number | null
}

/** One set of questions, with the coefficients fitted on four fifths of it for each fifth, and with those that are shipped. */
export interface ConfidenceResult {
  fitted: ConfidenceFigures
  shipped: ConfidenceFigures
}

/** A question that was asked, whether its best hit was right, and whether any could have been. */
export interface Asked extends JudgedRetrieval {
  answerable: boolean
}

const FOLDS = 5
const FALSE_ABSTENTION = 0.27
const COVERAGE = 0.6
const NOTHING: Coefficients = { idfCoverage: 0, titleCoverage: 0, scoreShare: 0, margin: 0, logTerms: 0, bias: 0 }
/** Of a fit: enough to keep features that say nearly the same from taking opposite sides. */
const TRUST = 0.1
/** Of a set whose questions all have an answer, one in so many is asked again with its answer taken away. */
const TAKEN_AWAY = 4

/**
 * Asks a set's questions. Those that nothing answers are the set's own; a set without any gets `strangers`, which are questions about
 * something else, and its own ones again, with what answers them taken away.
 */
export async function askAll(
  set: KnowledgeSet,
  strangers: readonly string[],
  measured: MeasuredRetriever,
): Promise<Asked[]> {
  const { retriever, close } = await measured.open(set.documents)
  const asked = await ask(retriever, set.questions)
  const answerable = set.questions.filter(({ documentIds }) => documentIds.length > 0)
  if (answerable.length === set.questions.length)
    asked.push(
      ...(await ask(
        retriever,
        strangers.map((query) => ({ query, documentIds: [] })),
      )),
    )
  await close()
  if (answerable.length < set.questions.length) return asked
  for (let fold = 0; fold < FOLDS; fold++) {
    const questions = answerable.filter((_, index) => index % FOLDS === fold)
    const taken = new Set(questions.flatMap(({ documentIds }) => documentIds))
    const without = await measured.open(set.documents.filter(({ id }) => !taken.has(id)))
    asked.push(
      ...(await ask(
        without.retriever,
        questions.filter((_, index) => index % TAKEN_AWAY === 0).map(({ query }) => ({ query, documentIds: [] })),
      )),
    )
    await without.close()
  }
  return asked
}

/** Measures the confidence model on what was asked. */
export function measureConfidence(asked: readonly Asked[]): ConfidenceResult {
  const fitted = asked.map((one, index) => {
    const rest = asked.filter((_, other) => other % FOLDS !== index % FOLDS)
    return { one, key: index % FOLDS, rest }
  })
  const models = new Map<number, Coefficients>()
  const probabilities = fitted.map(({ one, key, rest }) => {
    const model = models.get(key) ?? fitAll(rest)
    models.set(key, model)
    return confidenceOf(one.features, DEFAULT_THRESHOLDS, model).probability
  })
  const shipped = asked.map(
    ({ features }) => confidenceOf(features, DEFAULT_THRESHOLDS, SHIPPED_COEFFICIENTS).probability,
  )
  return { fitted: figuresOf(asked, probabilities), shipped: figuresOf(asked, shipped) }
}

/** The coefficients that all that was asked speaks for: what `--fit` prints. */
export function fitAll(asked: readonly JudgedRetrieval[]): Coefficients {
  return fitCoefficients(asked, { towards: NOTHING, trust: TRUST })
}

async function ask(retriever: Retriever, questions: readonly KnownQuestion[]): Promise<Asked[]> {
  const asked: Asked[] = []
  for (const { query, documentIds } of questions) {
    const { hits, features } = await retriever.search({ query, lang: detectLanguage(query), k: 3 })
    const right = hits[0] !== undefined && documentIds.includes(hits[0].docId)
    asked.push({ features, right, answerable: documentIds.length > 0 })
  }
  return asked
}

function figuresOf(asked: readonly Asked[], probabilities: readonly number[]): ConfidenceFigures {
  const foretold = asked.map(({ right }, index): Foretold => ({ p: probabilities[index] ?? 0, right }))
  const answered = foretold.filter(({ p }) => p >= DEFAULT_THRESHOLDS.tauHigh)
  const surest = [...foretold].sort((a, b) => b.p - a.p).slice(0, Math.round(COVERAGE * foretold.length))
  const at = (answerable: boolean) => probabilities.filter((_, index) => asked[index]?.answerable === answerable)
  const threshold = quantile(at(true), FALSE_ABSTENTION)
  const impossible = at(false)
  return {
    questions: asked.length,
    base: share(foretold.filter(({ right }) => right).length, foretold.length),
    auroc: rankingArea(foretold),
    ece: calibrationError(foretold),
    precision: share(answered.filter(({ right }) => right).length, answered.length),
    coverage: share(answered.length, foretold.length),
    precisionAt60: share(surest.filter(({ right }) => right).length, surest.length),
    impossibleCaught:
      impossible.length === 0 ? null : share(impossible.filter((p) => p < threshold).length, impossible.length),
  }
}
