// `npm run faults`: the real clients and the real realtime layer, seeded faults, virtual time.
// -- --schedules 10000 --seed 1 --transport websocket runs these; without a transport, as many with each.
// -- --schedules 1 --seed 43 --transport websocket --trace prints what happened in one.
import { parseArgs } from 'node:util'
import { TRANSPORT_SET_NAMES, type TransportSet } from './actors/page-platform.js'
import { isClean, runSchedules, summaryOf, type Tally } from './run-schedules.js'

/** Failures that are told in full; the others are counted. */
const TOLD = 10

const { values: flags } = parseArgs({
  options: {
    schedules: { type: 'string', default: '200' },
    seed: { type: 'string', default: '1' },
    transport: { type: 'string' },
    trace: { type: 'boolean', default: false },
  },
})

const schedules = wholeNumber('schedules', flags.schedules)
const seed = wholeNumber('seed', flags.seed)
const transports =
  flags.transport === undefined ? TRANSPORT_SET_NAMES : TRANSPORT_SET_NAMES.filter((name) => name === flags.transport)
if (transports.length === 0) {
  console.error(`--transport is one of: ${TRANSPORT_SET_NAMES.join(', ')}`)
  process.exit(2)
}

// An attempt that is given up makes an error, and nobody reads where.
Error.stackTraceLimit = 0
const tallies: Tally[] = []
for (const transport of transports) tallies.push(await run(transport))
console.log(summaryOf(tallies))
process.exitCode = tallies.every(isClean) ? 0 : 1

/** Runs the schedules over one transport and says what came of them. */
async function run(transport: TransportSet): Promise<Tally> {
  const before = process.cpuUsage()
  let told = 0
  const tally = await runSchedules({
    seed,
    schedules,
    transport,
    trace: flags.trace,
    onResult(ran, { violations, trace }) {
      for (const line of trace) console.log(line)
      if (violations.length === 0) return
      told += 1
      if (told > TOLD) return
      console.log(`seed ${ran} over ${transport}:`)
      for (const { at, harm, text } of violations) console.log(`  ${(at / 1000).toFixed(3)} s  ${harm}: ${text}`)
      console.log(`  replay: npm run faults -- --schedules 1 --seed ${ran} --transport ${transport} --trace`)
    },
  })
  const { user, system } = process.cpuUsage(before)
  const perSecond = Math.round((schedules * 1e6) / (user + system))
  const { messages, quietMs } = tally
  const quiet = `up to date ${quietMs.median / 1000} s after the faults (median), ${quietMs.longest / 1000} s at most`
  console.log(`${transport}: ${messages} messages, ${quiet}; ${perSecond} schedules a second of one core`)
  return tally
}

function wholeNumber(name: string, text: string): number {
  if (/^[1-9]\d{0,8}$/.test(text)) return Number(text)
  console.error(`--${name} is a whole number`)
  process.exit(2)
}
