import { expect, it } from 'vitest'
import { SHIPPED_COEFFICIENTS } from './coefficients.js'
import { confidenceOf, refitFromFeedback } from './confidence.js'
import { fitCoefficients, type JudgedRetrieval, probabilityOf } from './logistic.js'
import { NOTHING_FOUND, type RetrievalFeatures } from './retrieval-features.js'

const features = (margin: number): RetrievalFeatures => ({
  ...{ idfCoverage: 0.7, titleCoverage: 0.4, scoreShare: 0.5, margin, logTerms: 2 },
})
const judged = (turned: boolean): JudgedRetrieval[] =>
  Array.from({ length: 200 }, (_, index) => ({ features: features(index / 200), right: index % 200 > 100 !== turned }))

it('parts three bands by the thresholds that it is given', () => {
  const found = features(0.5)
  const { probability } = confidenceOf(found)
  const band = (tauHigh: number, tauLow: number) => confidenceOf(found, { tauHigh, tauLow }).band
  expect([band(probability, 0), band(1, probability), band(1, 0.999)]).toEqual(['high', 'middle', 'low'])
})

it('is sure of nothing where nothing was found', () => {
  expect(confidenceOf(NOTHING_FOUND)).toEqual({ probability: 0, band: 'low', worded: 0 })
})

it('is surer, the more of a question was met', () => {
  const weak: RetrievalFeatures = { idfCoverage: 0.3, titleCoverage: 0, scoreShare: 0.1, margin: 0.02, logTerms: 2 }
  const strong: RetrievalFeatures = { idfCoverage: 1, titleCoverage: 0.9, scoreShare: 0.8, margin: 0.5, logTerms: 2 }
  expect(confidenceOf(weak).probability).toBeLessThan(0.3)
  expect(confidenceOf(strong).probability).toBeGreaterThan(0.7)
})

it('finds what judgements say', () => {
  const none = {
    ...SHIPPED_COEFFICIENTS,
    idfCoverage: 0,
    titleCoverage: 0,
    scoreShare: 0,
    margin: 0,
    logTerms: 0,
    bias: 0,
  }
  const fitted = fitCoefficients(judged(false), { towards: none, trust: 0.01 })
  expect(probabilityOf(fitted, features(0.9))).toBeGreaterThan(0.9)
  expect(probabilityOf(fitted, features(0.1))).toBeLessThan(0.1)
})

it('is re-fitted by an organization that has said enough, and by no single thumb', () => {
  expect(refitFromFeedback(judged(true).slice(0, 5))).toBe(SHIPPED_COEFFICIENTS)
  const refitted = refitFromFeedback(judged(true))
  expect(probabilityOf(refitted, features(0.1))).toBeGreaterThan(probabilityOf(refitted, features(0.9)))
})
