/** A share that was foretold, and what came. */
export interface Foretold {
  p: number
  right: boolean
}

/** Equally filled parts in which foretold and true shares are compared. */
const BINS = 10

/** Expected calibration error: how far foretold probabilities are from what came, on average over ten equally filled parts. */
export function calibrationError(foretold: readonly Foretold[]): number {
  const sorted = [...foretold].sort((a, b) => a.p - b.p)
  let error = 0
  for (let bin = 0; bin < BINS; bin++) {
    const part = sorted.slice(Math.round((bin * sorted.length) / BINS), Math.round(((bin + 1) * sorted.length) / BINS))
    if (part.length === 0) continue
    const said = part.reduce((sum, { p }) => sum + p, 0)
    const came = part.filter(({ right }) => right).length
    error += Math.abs(said - came) / sorted.length
  }
  return error
}

/** Area under the ROC curve: how often what came was given more than what did not; ties count half. */
export function rankingArea(foretold: readonly Foretold[]): number {
  const sorted = [...foretold].sort((a, b) => a.p - b.p)
  let ranks = 0
  for (let from = 0; from < sorted.length; ) {
    let to = from
    while (to < sorted.length && sorted[to]?.p === sorted[from]?.p) to++
    const mean = (from + 1 + to) / 2
    ranks += mean * sorted.slice(from, to).filter(({ right }) => right).length
    from = to
  }
  const came = sorted.filter(({ right }) => right).length
  return (ranks - (came * (came + 1)) / 2) / (came * (sorted.length - came))
}

/** Precision, recall and their harmonic mean of what was said, against what is. */
export function agreement(rows: readonly { said: boolean; is: boolean }[]): {
  precision: number
  recall: number
  f1: number
} {
  const count = (said: boolean, is: boolean) => rows.filter((row) => row.said === said && row.is === is).length
  const [hits, wrong, missed] = [count(true, true), count(true, false), count(false, true)]
  return {
    precision: share(hits, hits + wrong),
    recall: share(hits, hits + missed),
    f1: share(2 * hits, 2 * hits + wrong + missed),
  }
}

/** A share, 0 of nothing. */
export function share(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole
}

/** The value below which a share of the list lies. */
export function quantile(values: readonly number[], at: number): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.min(sorted.length - 1, Math.floor(at * sorted.length))] ?? 0
}
