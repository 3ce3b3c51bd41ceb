import { expect, it } from 'vitest'
import { judge, type Row, table } from './row.js'

const row: Row = {
  name: 'a row',
  unit: 'msg/s',
  figures: [55, 60, 65],
  baselines: [100, 90, 110],
  baselineName: 'a floor',
  goal: { ratioAtLeast: 0.85, first: 0.5 },
}

it('judges by the ratio of the medians', () => {
  expect(judge(row)).toMatchObject({ figure: 60, baseline: 100, ratio: 0.6, verdict: 'first goal met' })
  expect(judge({ ...row, figures: [40] })).toMatchObject({ verdict: 'missed' })
  expect(judge({ ...row, figures: [90] })).toMatchObject({ verdict: 'met' })
  expect(judge({ ...row, goal: { ratioAtMost: 0.5 } })).toMatchObject({ verdict: 'missed' })
  expect(judge({ ...row, goal: { figureAtMost: 60 } })).toMatchObject({ verdict: 'met' })
})

it('shows every row under its heads', () => {
  const [head, line] = table([judge(row)]).split('\n')
  expect(head?.indexOf('goal')).toBe(line?.indexOf('≥'))
})
