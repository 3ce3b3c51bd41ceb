import { TEST_DATABASES } from '@chatdesk/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { runMatrix } from './calls.js'
import { createStage, type Stage } from './stage.js'

describe.each(TEST_DATABASES)('every route, every caller, on %s', (kind) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage(kind)
  })
  afterAll(() => stage.close())

  it('threat 31: each may do what the policy says, and nothing else', async () => {
    const { cases, deviations } = await runMatrix(stage, 'own')
    expect(deviations).toEqual([])
    expect(cases).toBe(stage.routes.length * stage.callers.length)
  }, 300_000)

  it('threat 24: ids of another organization name nothing, whoever brings them; none of its rows is told or changed', async () => {
    const { cases, deviations } = await runMatrix(stage, 'foreign')
    expect(deviations).toEqual([])
    expect(cases).toBeGreaterThanOrEqual(stage.callers.length)
  }, 300_000)
})
