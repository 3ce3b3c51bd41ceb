// `npm run faults`: is anything lost, doubled or turned around?
// --real 200        through real sockets, processes and a Postgres
// --three-nodes     on three servers behind a balancer, with one Postgres and one Redis
// else              in the simulation
import { parseArgs } from 'node:util'

const { values: flags } = parseArgs({ strict: false })

try {
  if ('real' in flags) await import('./faults/real-processes.js')
  else if ('three-nodes' in flags) await import('./faults/three-nodes.js')
  else await import('../packages/sim/src/faults.js')
} catch (error) {
  if (!(error instanceof TypeError && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS'))) throw error
  console.error(error.message)
  process.exitCode = 1
}
