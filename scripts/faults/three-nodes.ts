// `npm run faults -- --three-nodes`: see three-nodes/run-three-nodes.ts. Ends with what was lost, doubled or out of order.
// --visitors N (50) and --messages N of each (10).
import { parseArgs } from 'node:util'
import { build, PRODUCT } from '../build.js'
import { runThreeNodes } from './three-nodes/run-three-nodes.js'

const { values } = parseArgs({
  options: { 'three-nodes': { type: 'boolean' }, visitors: { type: 'string' }, messages: { type: 'string' } },
})
const [visitors, messages] = [Number(values.visitors ?? 50), Number(values.messages ?? 10)]
if (![visitors, messages].every((count) => Number.isInteger(count) && count > 0)) {
  console.error('--visitors and --messages are whole numbers above 0')
  process.exit(1)
}

// A process that ends by a signal runs no exit handlers, and all the others would outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
if (build(PRODUCT, { quiet: true }) !== 0) process.exit(1)

const startedAt = performance.now()
const { faults, confirmed, given, suffered } = await runThreeNodes({ visitors, messages })
const { lost, duplicated, outOfOrder } = faults
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
console.log(
  `3 nodes, 1 killed, 1 restarted, ${visitors} visitors, ${confirmed} messages, ${given.join(' + ')} connections, ${seconds} s: ` +
    `${lost} lost, ${duplicated} duplicated, ${outOfOrder} out of order`,
)
process.exitCode = lost + duplicated + outOfOrder === 0 && suffered ? 0 : 1
