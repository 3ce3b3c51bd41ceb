import type { RetrievalFeatures } from './retrieval-features.js'

/** Weights of a logistic model over `RetrievalFeatures`: plain data. */
export type Coefficients = Record<keyof RetrievalFeatures | 'bias', number>

/** A question of which it is known whether its best hit was right. */
export interface JudgedRetrieval {
  features: RetrievalFeatures
  right: boolean
}

const NAMES = ['idfCoverage', 'titleCoverage', 'scoreShare', 'margin', 'logTerms'] as const
const STEPS = 60

/** How probable it is that the best hit answers the question, 0 to 1. */
export function probabilityOf(coefficients: Coefficients, features: RetrievalFeatures): number {
  const sum = NAMES.reduce((all, name) => all + coefficients[name] * features[name], coefficients.bias)
  return 1 / (1 + Math.exp(-sum))
}

/**
 * Fits the coefficients to what was judged, by Newton's method; `towards`: what is believed before, and `trust`: how much it takes
 * to move away from it. Few judgements move it little, so that one thumb does not turn an organization's assistant around.
 */
export function fitCoefficients(
  judged: readonly JudgedRetrieval[],
  { towards, trust }: { towards: Coefficients; trust: number },
): Coefficients {
  const names = [...NAMES, 'bias'] as const
  const problem: Problem = {
    rows: judged.map(({ features, right }) => ({ x: [...NAMES.map((name) => features[name]), 1], y: Number(right) })),
    prior: names.map((name) => towards[name]),
    trust,
  }
  let weights = problem.prior
  for (let step = 0; step < STEPS; step++) {
    const next = newtonStep(problem, weights)
    const moved = Math.max(...next.map((weight, index) => Math.abs(weight - at(weights, index))))
    weights = next
    if (moved < 1e-9) break
  }
  return Object.fromEntries(names.map((name, index) => [name, at(weights, index)])) as Coefficients
}

interface Problem {
  rows: { x: number[]; y: number }[]
  prior: number[]
  trust: number
}

/** One step downhill; a step that would lead uphill is halved until it does not. */
function newtonStep(problem: Problem, weights: readonly number[]): number[] {
  const { rows, prior, trust } = problem
  const gradient = weights.map((weight, index) => trust * (weight - at(prior, index)))
  const curvature = weights.map((_, row) => weights.map((__, column) => (row === column ? trust : 0)))
  for (const { x, y } of rows) {
    const p = 1 / (1 + Math.exp(-product(x, weights)))
    x.forEach((value, row) => {
      gradient[row] = at(gradient, row) + (p - y) * value
      const line = curvature[row] as number[]
      x.forEach((other, column) => {
        line[column] = at(line, column) + p * (1 - p) * value * other
      })
    })
  }
  const change = solve(curvature, gradient)
  const loss = lossOf(problem, weights)
  for (let share = 1; share > 1e-6; share /= 2) {
    const next = weights.map((weight, index) => weight - share * at(change, index))
    if (lossOf(problem, next) <= loss) return next
  }
  return [...weights]
}

/** What is made small: surprise at the judgements, and the way from what was believed before. */
function lossOf({ rows, prior, trust }: Problem, weights: readonly number[]): number {
  const away = weights.reduce((sum, weight, index) => sum + (weight - at(prior, index)) ** 2, 0)
  return rows.reduce(
    (sum, { x, y }) => {
      const signed = (y === 1 ? -1 : 1) * product(x, weights)
      return sum + Math.max(0, signed) + Math.log1p(Math.exp(-Math.abs(signed)))
    },
    (trust * away) / 2,
  )
}

function product(x: readonly number[], weights: readonly number[]): number {
  return x.reduce((sum, value, index) => sum + value * at(weights, index), 0)
}

/** Solves `matrix · x = right` for a symmetric, positive definite matrix, by elimination. */
function solve(matrix: number[][], right: number[]): number[] {
  const rows = matrix.map((row, index) => [...row, at(right, index)])
  const size = rows.length
  for (let pivot = 0; pivot < size; pivot++) {
    const line = rows[pivot] as number[]
    for (let other = pivot + 1; other < size; other++) {
      const row = rows[other] as number[]
      const factor = at(row, pivot) / at(line, pivot)
      for (let column = pivot; column <= size; column++) row[column] = at(row, column) - factor * at(line, column)
    }
  }
  const found = new Array<number>(size).fill(0)
  for (let row = size - 1; row >= 0; row--) {
    const line = rows[row] as number[]
    const known = found.reduce((sum, value, column) => (column > row ? sum + value * at(line, column) : sum), 0)
    found[row] = (at(line, size) - known) / at(line, row)
  }
  return found
}

function at(list: readonly number[], index: number): number {
  return list[index] as number
}
