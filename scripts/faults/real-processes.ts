// `npm run faults -- --real 200`: real clients over real sockets, a proxy for each page that does what networks do, the built
// server as a process, and a Postgres. --seed 1 and --transport websocket choose, as in the simulation.
import { parseArgs } from 'node:util'
import { TRANSPORT_SET_NAMES } from '../../packages/sim/src/actors/page-platform.js'
import { isClean, summaryOf } from '../../packages/sim/src/run-schedules.js'
import { build, PRODUCT } from '../build.js'
import type { BatchResult } from './real-processes/run-batch.js'
import { runRealSchedules } from './real-processes/run-real-schedules.js'

const { values: flags } = parseArgs({
  options: {
    real: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    transport: { type: 'string' },
  },
})
const [schedules, seed] = [wholeNumber('real', flags.real), wholeNumber('seed', flags.seed)]
const transport = TRANSPORT_SET_NAMES.find((name) => name === flags.transport)
if (flags.transport !== undefined && !transport) usage(`--transport is one of: ${TRANSPORT_SET_NAMES.join(', ')}`)

// A process that ends by a signal runs no exit handlers, and all the others would outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
if (build(PRODUCT, { quiet: true }) !== 0) process.exit(1)
const startedAt = performance.now()
const tally = await runRealSchedules({ seed, schedules, transport, onBatch: tell })
const { messages, quietMs } = tally
const quiet = `up to date ${quietMs.median / 1000} s after the faults (median), ${quietMs.longest / 1000} s at most`
console.log(`${messages} messages, ${quiet}; ${Math.round((performance.now() - startedAt) / 1000)} s in all`)
console.log(summaryOf([tally]))
process.exitCode = isClean(tally) ? 0 : 1

/** What happened to the server, and every schedule that was harmed, with what was done in it. */
function tell({ serverActs, failures, results }: BatchResult): void {
  const seeds = `seeds ${results[0]?.seed} to ${results.at(-1)?.seed}`
  console.log(`${seeds}: ${serverActs.map(({ type, at }) => `${type} at ${at / 1000} s`).join(', ')}`)
  for (const failure of failures) console.log(`  ${failure}`)
  for (const { seed: harmed, transport: over, plan, violations } of results) {
    if (violations.length === 0) continue
    console.log(`seed ${harmed} over ${over}:`)
    for (const { at, page, act } of plan.acts)
      if (act.type !== 'write') console.log(`  ${at / 1000} s  page ${page} of ${plan.tabs}: ${JSON.stringify(act)}`)
    for (const { at, harm, text } of violations) console.log(`  ${at / 1000} s  ${harm}: ${text}`)
    // Not in every detail: processes and sockets keep a time of their own.
    console.log(`  the same faults again: npm run faults -- --real 1 --seed ${harmed} --transport ${over}`)
  }
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  return usage(`--${name} is a whole number`)
}

function usage(sentence: string): never {
  console.error(sentence)
  process.exit(2)
}
