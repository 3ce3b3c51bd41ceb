import { TEST_DATABASES } from '@chatdesk/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { COMMAND_HANDLERS } from '../../src/realtime/handlers/index.js'
import { runMatrix } from './calls.js'
import { runCommands, runGreatNumbers } from './socket-commands.js'
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

  it('threats 24 and 31: so do commands over a connection', async () => {
    for (const ids of ['own', 'foreign'] as const) {
      const { cases, deviations } = await runCommands(stage, ids)
      expect(deviations).toEqual([])
      expect(cases).toBeGreaterThanOrEqual(5 * Object.keys(COMMAND_HANDLERS).length)
    }
  }, 300_000)

  it('answers commands with numbers that no log reaches', async () => {
    expect((await runGreatNumbers(stage)).filter((code) => code === 'INTERNAL' || code === 'UNAVAILABLE')).toEqual([])
  })
})
