import type { Coefficients } from '../../reference-server/src/assistant/confidence/logistic.js'
import type { EvaluationData, IntentSet } from './evaluation-data.js'
import { isMet, type Row, rowOf } from './gates.js'
import { askAll, type ConfidenceResult, fitAll, measureConfidence } from './measure-confidence.js'
import { faqAsIntents, type IntentFigures, measureIntents } from './measure-intents.js'
import { measureRedTeam, type RedTeamFigures } from './measure-red-team.js'
import { faqAsKnowledge, measureRetrieval, pooled, type RetrievalFigures } from './measure-retrieval.js'
import {
  type HumanRequestFigures,
  measureHumanRequests,
  measureSentiment,
  type SentimentFigures,
} from './measure-texts.js'
import type { MeasuredRetriever } from './measured-retriever.js'

/** Figures of a part: of all its sets together, and of each. */
type WithSets<Figures> = Figures & { sets: Record<string, Figures> }

/** All that a run has measured: what `--json` prints. A part for which there was no data is left out. */
export interface Evaluation {
  retrieval?: WithSets<RetrievalFigures>
  faq?: WithSets<RetrievalFigures>
  confidence?: ConfidenceResult & { sets: Record<string, ConfidenceResult> }
  intents?: { sets: Record<string, IntentFigures> }
  humanRequests?: { sets: Record<string, HumanRequestFigures> }
  sentiment?: { sets: Record<string, SentimentFigures> }
  redTeam?: { sets: Record<string, RedTeamFigures> }
  rows: (Row & { met: boolean | null })[]
  /** No figure for which something is asked falls short. */
  passed: boolean
}

/** Questions about something else, at most so many to each set of questions. */
const MOST_STRANGERS = 40
/** Of fewer questions a calibration error says little: they are no gate. */
const FEWEST_POOLED = 200

/** Measures all that there is data for. `coefficients`: what the confidence model would be fitted to by it. */
export async function evaluate(
  data: EvaluationData,
  retriever: MeasuredRetriever,
): Promise<{ evaluation: Evaluation; coefficients: Coefficients | null }> {
  const rows: Row[] = []
  const retrieval = await measureEach(data.knowledge, (set) => measureRetrieval(set, retriever))
  const faq = await measureEach(data.faqs, (set) => measureRetrieval(faqAsKnowledge(set), retriever))
  for (const [part, sets] of Object.entries({ retrieval, faq }))
    for (const [name, figures] of Object.entries(sets))
      for (const figure of ['hit@1', 'hit@3', 'mrr'] as const) rows.push(rowOf(part, name, figure, figures[figure]))
  const asked = await measureEach(data.knowledge, (set) => askAll(set, strangersTo(data), retriever))
  const all = Object.values(asked).flat()
  const confidence = mapValues(asked, measureConfidence)
  for (const [name, result] of Object.entries(confidence)) rows.push(...confidenceRows(name, result))
  if (all.length >= FEWEST_POOLED) rows.push(...confidenceRows('pooled', measureConfidence(all)))
  const intents = await measureEach([...data.faqs.map(faqAsIntents), ...data.intents].map(named), async (set) =>
    measureIntents(set),
  )
  for (const [name, figures] of Object.entries(intents)) rows.push(...intentRows(name, figures))
  const humanRequests = await measureEach(data.humanRequests, async (set) =>
    measureHumanRequests(set, plainTexts(data)),
  )
  for (const [name, { recall, falsePositives }] of Object.entries(humanRequests))
    rows.push(
      rowOf('human request', name, 'recall', recall),
      rowOf('human request', name, 'false positives', falsePositives),
    )
  const sentiment = await measureEach(data.sentiments, async (set) => measureSentiment(set))
  for (const [name, figures] of Object.entries(sentiment))
    for (const figure of ['f1', 'precision', 'recall'] as const)
      rows.push(rowOf('sentiment', name, figure, figures[figure]))
  const redTeam = await measureEach(data.redTeam, (set) => measureRedTeam(set, retriever))
  for (const [name, { leaks, sideEffects, uncited, crossTenant }] of Object.entries(redTeam))
    for (const [figure, value] of Object.entries({
      leaks,
      'side effects': sideEffects,
      uncited,
      'cross-tenant': crossTenant,
    }))
      rows.push(rowOf('red team', name, figure, value))
  const judged = rows.map((row) => ({ ...row, met: isMet(row) }))
  const evaluation: Evaluation = {
    ...(data.knowledge.length > 0 && { retrieval: { ...pooled(Object.values(retrieval)), sets: retrieval } }),
    ...(data.faqs.length > 0 && { faq: { ...pooled(Object.values(faq)), sets: faq } }),
    ...(all.length > 0 && { confidence: { ...measureConfidence(all), sets: confidence } }),
    ...partOf('intents', intents),
    ...partOf('humanRequests', humanRequests),
    ...partOf('sentiment', sentiment),
    ...partOf('redTeam', redTeam),
    rows: judged,
    passed: judged.every(({ met }) => met !== false),
  }
  return { evaluation, coefficients: all.length > 0 ? fitAll(all) : null }
}

async function measureEach<Set extends { name: string }, Figures>(
  sets: readonly Set[],
  measure: (set: Set) => Promise<Figures>,
): Promise<Record<string, Figures>> {
  const measured: Record<string, Figures> = {}
  for (const set of sets) measured[set.name] = await measure(set)
  return measured
}

function partOf<Name extends string, Figures>(name: Name, sets: Record<string, Figures>) {
  return Object.keys(sets).length > 0 ? ({ [name]: { sets } } as Record<Name, { sets: Record<string, Figures> }>) : {}
}

/** Questions about something else than what a set of documents is about. */
function strangersTo({ faqs, intents }: EvaluationData): string[] {
  const texts = [
    ...faqs.flatMap(({ questions }) => questions.map(({ query }) => query)),
    ...intents.flatMap(({ validation, test }) => [...validation, ...test].map(({ text }) => text)),
  ]
  const step = Math.max(1, Math.floor(texts.length / MOST_STRANGERS))
  return texts.filter((_, index) => index % step === 0).slice(0, MOST_STRANGERS)
}

/** Questions in which nobody is asked for. */
function plainTexts({ faqs, intents, knowledge, humanRequests }: EvaluationData): string[] {
  const named = new Set(humanRequests.map(({ name }) => name))
  return [
    ...faqs.flatMap(({ entries, questions }) => [
      ...entries.flatMap(({ phrasings }) => phrasings),
      ...questions.map(({ query }) => query),
    ]),
    ...intents
      .filter(({ name }) => !named.has(name))
      .flatMap((set) => [...set.train, ...set.validation, ...set.test].map(({ text }) => text)),
    ...knowledge.flatMap(({ questions }) => questions.map(({ query }) => query)),
  ]
}

/** A set with hundreds of texts an intent is measured by other targets than one with ten. */
function named(set: IntentSet): IntentSet {
  const each = set.train.length / new Set(set.train.map(({ intent }) => intent)).size
  return each > 50 ? { ...set, name: `${set.name}-full` } : set
}

function confidenceRows(name: string, { fitted, shipped }: ConfidenceResult): Row[] {
  const part = 'confidence'
  return [
    rowOf(part, name, 'ece (five-fold)', fitted.ece),
    rowOf(part, name, 'ece (as shipped)', shipped.ece),
    rowOf(part, name, 'auroc (five-fold)', fitted.auroc),
    rowOf(part, name, 'auroc (as shipped)', shipped.auroc),
    rowOf(part, name, 'precision at 60 % coverage', fitted.precisionAt60),
    rowOf(part, name, 'precision when answering', shipped.precision),
    rowOf(part, name, 'coverage', shipped.coverage),
    ...(fitted.impossibleCaught === null ? [] : [rowOf(part, name, 'impossible caught', fitted.impossibleCaught)]),
  ]
}

function intentRows(name: string, { accuracy, withThreshold, bestOnTest }: IntentFigures): Row[] {
  if (withThreshold === null || bestOnTest === null) return [rowOf('intents', name, 'accuracy', accuracy)]
  return [
    rowOf('intents', name, 'accuracy in scope', accuracy),
    rowOf('intents', name, 'in scope kept', withThreshold.inScope),
    rowOf('intents', name, 'out of scope found', withThreshold.outOfScope),
    rowOf('intents', name, 'all, fixed threshold', withThreshold.all),
    rowOf('intents', name, 'best on test', bestOnTest),
    rowOf('intents', name, 'auroc', withThreshold.area),
  ]
}

function mapValues<From, To>(record: Record<string, From>, change: (value: From) => To): Record<string, To> {
  return Object.fromEntries(Object.entries(record).map(([key, value]) => [key, change(value)]))
}
