import { median, spread } from './statistics.js'

/** One line of the table: ours beside a baseline measured in the same run. */
export interface Row {
  name: string
  unit: 'msg/s' | 'ms' | 'kB' | 'elements' | 'CLS'
  /** One value a round, ours and the baseline's in turn. */
  figures: readonly number[]
  baselines: readonly number[]
  baselineName: string
  /** Judges by the ratio of the medians, or by our own median. */
  goal: Goal
}

/** What a row is held to. `first` is where the project starts, `least` or `most` where it goes. */
export type Goal = { ratioAtLeast: number; first: number } | { ratioAtMost: number } | { figureAtMost: number }

/** A row with everything worked out, as `--json` prints it. */
export interface JudgedRow {
  row: string
  unit: string
  figure: number
  figureSpread: number
  baseline: number
  baselineSpread: number
  baselineName: string
  ratio: number
  goal: string
  verdict: 'met' | 'first goal met' | 'missed'
}

/** Works out medians, the ratio and the verdict. */
export function judge({ name, unit, figures, baselines, baselineName, goal }: Row): JudgedRow {
  const figure = median(figures)
  const baseline = median(baselines)
  const ratio = figure / baseline
  const worked = { figure, figureSpread: spread(figures), baseline, baselineSpread: spread(baselines), baselineName }
  return { row: name, unit, ...worked, ratio, ...verdict(goal, figure, ratio, unit) }
}

function verdict(goal: Goal, figure: number, ratio: number, unit: string): Pick<JudgedRow, 'goal' | 'verdict'> {
  if ('figureAtMost' in goal)
    return { goal: `≤ ${goal.figureAtMost} ${unit}`, verdict: figure <= goal.figureAtMost ? 'met' : 'missed' }
  if ('ratioAtMost' in goal)
    return { goal: `≤ ${goal.ratioAtMost}×`, verdict: ratio <= goal.ratioAtMost ? 'met' : 'missed' }
  const text = `≥ ${goal.ratioAtLeast}× (first ${goal.first}×)`
  if (ratio >= goal.ratioAtLeast) return { goal: text, verdict: 'met' }
  return { goal: text, verdict: ratio >= goal.first ? 'first goal met' : 'missed' }
}

/** The rows as a table for people: the median, and in brackets how far the rounds lay apart. */
export function table(rows: readonly JudgedRow[]): string {
  const head = ['row', 'figure', 'baseline', 'ratio', 'goal', 'verdict']
  const lines = rows.map((row) => [
    row.row,
    `${round(row.figure)} ${row.unit} (±${percent(row.figureSpread / 2)})`,
    `${round(row.baseline)} ${row.unit} (±${percent(row.baselineSpread / 2)}) ${row.baselineName}`,
    Number.isFinite(row.ratio) ? `${row.ratio.toFixed(2)}×` : '–',
    row.goal,
    row.verdict,
  ])
  const widths = head.map((_, column) => Math.max(...[head, ...lines].map((line) => line[column]?.length ?? 0)))
  return [head, ...lines].map((line) => line.map((cell, n) => cell.padEnd(widths[n] ?? 0)).join('  ')).join('\n')
}

const round = (value: number) => value.toLocaleString('en', { maximumFractionDigits: value < 100 ? 1 : 0 })
const percent = (share: number) => `${Number.isFinite(share) ? Math.round(share * 100) : 0} %`
