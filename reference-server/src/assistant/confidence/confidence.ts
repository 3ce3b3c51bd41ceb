import { DEFAULT_ASSISTANT_POLICY } from '@chatdesk/protocol/schemas'
import { SHIPPED_COEFFICIENTS } from './coefficients.js'
import { type Coefficients, fitCoefficients, type JudgedRetrieval, probabilityOf } from './logistic.js'
import type { RetrievalFeatures } from './retrieval-features.js'

/** What may be done with what was found: `high` answers, `middle` suggests and never answers, `low` says that it is not known. */
export type Band = 'high' | 'middle' | 'low'

/** Where the bands part, as a widget wants it. */
export interface BandThresholds {
  /** From this probability on an answer is given. */
  tauHigh: number
  /** Below this one nothing is suggested. */
  tauLow: number
}

/** Of a widget that has said nothing. */
export const DEFAULT_THRESHOLDS: BandThresholds = {
  tauHigh: DEFAULT_ASSISTANT_POLICY.answerAt,
  tauLow: DEFAULT_ASSISTANT_POLICY.suggestAt,
}

/** How sure the assistant is of its best hit. */
export interface Confidence {
  /** 0 to 1. Never shown to a visitor. */
  probability: number
  band: Band
  /** How much of what was asked stands in the best hit, in these very words, 0 to 1. */
  worded: number
}

/** Says how sure one may be of the best hit; `coefficients`: the organization's own, if it has any. */
export function confidenceOf(
  features: RetrievalFeatures,
  { tauHigh, tauLow }: BandThresholds = DEFAULT_THRESHOLDS,
  coefficients: Coefficients = SHIPPED_COEFFICIENTS,
): Confidence {
  // Without a common word there is nothing to be sure of, whatever was fitted.
  const probability = features.idfCoverage === 0 ? 0 : probabilityOf(coefficients, features)
  const band = probability >= tauHigh ? 'high' : probability >= tauLow ? 'middle' : 'low'
  return { probability, band, worded: features.idfCoverage }
}

/** Judgements that the shipped coefficients are worth when an organization's own feedback is taken in. */
const SHIPPED_WORTH = 2
/** Fewer judgements change nothing. */
const FEWEST_JUDGED = 20

/** The coefficients of one organization by its own feedback: thumbs, and answers that an agent has corrected. */
export function refitFromFeedback(judged: readonly JudgedRetrieval[]): Coefficients {
  if (judged.length < FEWEST_JUDGED) return SHIPPED_COEFFICIENTS
  return fitCoefficients(judged, { towards: SHIPPED_COEFFICIENTS, trust: SHIPPED_WORTH })
}
