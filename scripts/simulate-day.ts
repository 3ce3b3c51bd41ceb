// `npm run simulate-day`: a day of a support team, by the functions that the server assigns and promises by.
// --seed 1           the same day again; without it, any
// --conversations 2000 --agents 12
import { parseArgs } from 'node:util'
import { simulateDay } from '../reference-server/src/queue/testing/simulated-day.js'

const { values } = parseArgs({
  options: {
    seed: { type: 'string', default: String(Math.floor(Math.random() * 2 ** 31)) },
    conversations: { type: 'string', default: '2000' },
    agents: { type: 'string', default: '12' },
  },
})
const [seed, conversations, agents] = [values.seed, values.conversations, values.agents].map(Number)
const day = simulateDay({ seed: seed ?? 1, conversations: conversations ?? 2_000, agents: agents ?? 12 })
console.log(JSON.stringify(day, (_, value) => (typeof value === 'number' ? Math.round(value * 100) / 100 : value), 2))
if (day.fifoViolations + day.starved + day.forgotten + day.overCapacity > 0 || day.longestWithAbsent > 62)
  process.exitCode = 1
