// `npm run simulate-day`: a day of a support team, by the functions that the server assigns and promises by.
// --seed 1           the same day again; without it, any
// --conversations 2000 --agents 12
// --floor            instead: how true a wait can be told at all, beside how true the server's are (takes a minute)
import { parseArgs } from 'node:util'
import { floorOfChance } from '../reference-server/src/queue/testing/floor-of-chance.js'
import { simulateDay } from '../reference-server/src/queue/testing/simulated-day.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    conversations: { type: 'string', default: '2000' },
    agents: { type: 'string', default: '12' },
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
else {
  const day = simulateDay(options)
  print(day)
  if (day.fifoViolations + day.starved + day.forgotten + day.overCapacity > 0 || day.longestWithAbsent > 62)
    process.exitCode = 1
}
