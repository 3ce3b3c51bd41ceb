// `npm run simulate-day`: a day of a support team, by the functions that the server assigns and promises by.
// --seed 1           the same day again; without it, any
// --conversations 2000 --agents 12
// --days 8            so many days, from the seed on, and their mean, which shall keep to the goal
// --floor            instead: how true a wait can be told at all, beside how true the server's are (takes a minute)
import { parseArgs } from 'node:util'
import { floorOfChance } from '../reference-server/src/queue/testing/floor-of-chance.js'
import { meanOfDays, simulateDay } from '../reference-server/src/queue/testing/simulated-day.js'
import { GOAL } from '../reference-server/src/queue/testing/told-waits.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    conversations: { type: 'string', default: '2000' },
    agents: { type: 'string', default: '12' },
    days: { type: 'string' },
    floor: { type: 'boolean', default: false },
  },
})
const [seed, conversations, agents] = [values.seed, values.conversations, values.agents].map(Number)
const options = { seed: seed ?? 1, conversations: conversations ?? 2_000, agents: agents ?? 12 }
const print = (report: object) =>
  console.log(
    JSON.stringify(report, (_, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value), 2),
  )
if (values.floor) print(floorOfChance(options))
else if (values.days) {
  const days = meanOfDays(options, Number(values.days))
  print(days)
  if (days.mean.p80BeyondAMinute > GOAL) process.exitCode = 1
} else {
  const day = simulateDay(options)
  print(day)
  if (day.fifoViolations + day.starved + day.forgotten + day.overCapacity > 0 || day.longestWithAbsent > 62)
    process.exitCode = 1
}
