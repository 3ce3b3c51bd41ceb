import {
  type LabelledText,
  predictIntents,
  type TextModel,
  trainTextModel,
} from '../../reference-server/src/assistant/classification/text-classifier.js'
import type { FaqSet, IntentSet } from './evaluation-data.js'
import { quantile, rankingArea, share } from './metrics.js'

/** How well the classifier tells intents apart, and what belongs to none. */
export interface IntentFigures {
  /** Texts that it was trained with, and intents among them. */
  trainedWith: number
  intents: number
  tested: number
  /** Of texts with an intent, how many get theirs, without any threshold. */
  accuracy: number
  /** With a threshold that was fitted without the tested texts: below it a text belongs to no intent. Null: all texts have one. */
  withThreshold: { inScope: number; outOfScope: number; all: number; area: number } | null
  /** The best that any threshold gives, found on the tested texts themselves, as HINT3's paper reports it. Null: as above. */
  bestOnTest: number | null
}

/** One training text in so many is not shown to a first model, and decides the threshold. */
const HELD_OUT = 4
/** So many texts with an intent are given up for those without. Chosen on the validation part of CLINC150. */
const GIVEN_UP = 0.075
const SCORE_STEPS = 200

interface Scored {
  p: number
  right: boolean
  inScope: boolean
}

/**
 * Trains on a set's training part and tests on its test part, or on its validation part if it has no other. The threshold comes from the
 * training part alone: no text without an intent is needed for it.
 */
export function measureIntents({ train, validation, test }: IntentSet): IntentFigures {
  const tested = test.length > 0 ? test : validation
  const model = trainTextModel(train)
  const scored = tested.map((one) => score(model, one))
  const inScope = scored.filter((one) => one.inScope)
  const outside = scored.filter((one) => !one.inScope)
  const accuracy = share(inScope.filter(({ right }) => right).length, inScope.length)
  const figures = { trainedWith: train.length, intents: model.intents.length, tested: tested.length, accuracy }
  if (outside.length === 0) return { ...figures, withThreshold: null, bestOnTest: null }
  const threshold = thresholdOf(train)
  const bestOnTest = Math.max(
    ...Array.from({ length: SCORE_STEPS }, (_, step) => rightShare(scored, step / SCORE_STEPS)),
  )
  return {
    ...figures,
    withThreshold: {
      inScope: rightShare(inScope, threshold),
      outOfScope: rightShare(outside, threshold),
      all: rightShare(scored, threshold),
      area: rankingArea(scored.map(({ p, inScope: right }) => ({ p, right }))),
    },
    bestOnTest,
  }
}

/** A FAQ as intents: its phrasings are the training texts. */
export function faqAsIntents({ name, entries, questions }: FaqSet): IntentSet {
  return {
    name: `${name}-faq`,
    train: entries.flatMap(({ id, phrasings }) => phrasings.map((text) => ({ text, intent: id }))),
    validation: [],
    test: questions.map(({ query, id }) => ({ text: query, intent: id })),
  }
}

function score(model: TextModel, { text, intent }: LabelledText): Scored {
  const best = predictIntents(model, text)[0]
  return { p: best?.p ?? 0, right: best?.intent === intent, inScope: model.intents.includes(intent) }
}

/** Below it lie as many of the texts that a model gets right and has not seen as one is ready to give up. */
function thresholdOf(train: readonly LabelledText[]): number {
  const seen = train.filter((_, index) => index % HELD_OUT !== 0)
  const model = trainTextModel(seen)
  const held = train.filter((_, index) => index % HELD_OUT === 0).map((one) => score(model, one))
  return quantile(
    held.filter(({ right }) => right).map(({ p }) => p),
    GIVEN_UP,
  )
}

/** In scope: the right intent, and above the threshold. Out of it: below. */
function rightShare(scored: readonly Scored[], threshold: number): number {
  return share(
    scored.filter(({ p, right, inScope }) => (inScope ? right && p >= threshold : p < threshold)).length,
    scored.length,
  )
}
