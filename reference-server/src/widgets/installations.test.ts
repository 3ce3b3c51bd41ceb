import { expect, it } from 'vitest'
import type { Database } from '../database/index.js'
import { silentLogger } from '../platform/logger.js'
import { createInstallationLog } from './installations.js'

it('origins that somebody makes up take one connection to the database, and bounded memory', async () => {
  let running = 0
  let most = 0
  let written = 0
  const transaction = async () => {
    most = Math.max(most, ++running)
    await new Promise((resolve) => setImmediate(resolve))
    running -= 1
    written += 1
  }
  const database = { transaction } as unknown as Database
  const log = createInstallationLog({ database, clock: () => new Date(0), logger: silentLogger })
  const saw = (name: string) =>
    log.saw({ organizationId: 'o', widgetId: 'w', origin: `https://${name}.test`, refused: true })
  for (let n = 0; n < 5_000; n++) saw(`made-up-${n}`)
  await log.idle()
  expect({ most, written }).toEqual({ most: 1, written: 100 })
  // What was not written is not forgotten for good.
  saw('made-up-4999')
  await log.idle()
  expect(written).toBe(101)
})
