// `npm run bench`: each row beside a baseline that was measured in the same run, because this machine is not that one.
// --json prints the rows for machines; --long measures longer; --only=messages, memory, launcher, page, history, inbox or
// retrieval measures less. --only=inbox and --only=retrieval print plans of statements as well.
import { parseArgs } from 'node:util'
import { build, PRODUCT } from '../build.js'
import { historyRows } from './history/history-rows.js'
import { idleMemoryRows } from './idle-memory/idle-memory-rows.js'
import { inboxRows } from './inbox/inbox-rows.js'
import { launcherRows } from './launcher/launcher-rows.js'
import { messageRateRows } from './message-rate/message-rate-rows.js'
import { pageImpactRows } from './page-impact/page-impact-rows.js'
import { retrievalRows } from './retrieval/retrieval-rows.js'
import { judge, table } from './row.js'

const { values: flags } = parseArgs({
  options: { json: { type: 'boolean' }, long: { type: 'boolean' }, only: { type: 'string' } },
})
const effort = flags.long
  ? { rounds: 7, warmUpMs: 3000, measureMs: 10_000, visits: 15, counts: 3 }
  : { rounds: 3, warmUpMs: 1500, measureMs: 3000, visits: 5, counts: 1 }

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
if (build(PRODUCT, { quiet: true }) !== 0) process.exit(1)

const parts = {
  messages: () => messageRateRows(effort),
  memory: () => idleMemoryRows({ rounds: effort.counts, visitors: 5_000 }),
  launcher: () => launcherRows({ rounds: effort.visits }),
  page: () => pageImpactRows({ rounds: effort.visits }),
  history: () => historyRows({ rounds: effort.visits }),
  inbox: () => inboxRows({ rounds: effort.rounds, requests: 100, plans: flags.only === 'inbox' && !flags.json }),
  retrieval: () =>
    retrievalRows({ rounds: effort.rounds, questions: 100, plans: flags.only === 'retrieval' && !flags.json }),
}
const rows = []
try {
  for (const [name, measure] of Object.entries(parts))
    if (!flags.only || flags.only === name) {
      if (!flags.json) console.log(`measuring ${name}…`)
      rows.push(...(await measure()).map(judge))
    }
} finally {
  // What was measured before a part failed is not lost with it.
  console.log(flags.json ? JSON.stringify(rows, null, 2) : `\n${table(rows)}`)
}
