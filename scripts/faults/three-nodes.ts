// Three servers behind a balancer without sticky sessions, on one Postgres and one Redis. While everybody talks, one is
// killed and another is stopped and started again. Ends with what was lost, doubled or out of order; 0 only without any.
// --visitors N (50) and --messages N of each (10).
import { parseArgs } from 'node:util'
import { createChatServer } from '@chatdesk/server'
import { createTestDatabase } from '@chatdesk/server/testing'
import { build, PRODUCT } from '../build.js'
import { freePort } from '../test-environment/free-port.js'
import { providePostgres } from '../test-environment/provide-postgres.js'
import { provideRedis } from '../test-environment/provide-redis.js'
import { createServerNode } from './server-node.js'
import { startBalancer } from './three-nodes/balancer.js'
import { checkPairs } from './three-nodes/check-pairs.js'
import { sumOf } from './three-nodes/judge.js'
import { gather, talk } from './three-nodes/load.js'

/** Of one who writes, in milliseconds; on average half of it. */
const LONGEST_PAUSE_MS = 2_000

const { values } = parseArgs({ options: { visitors: { type: 'string' }, messages: { type: 'string' } } })
const [visitors, messages] = [Number(values.visitors ?? 50), Number(values.messages ?? 10)]

// A process that ends by a signal runs no exit handlers, and all the others would outlive it.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.once(signal, () => process.exit(1))
if (build(PRODUCT, { quiet: true }) !== 0) process.exit(1)

const postgres = await providePostgres()
process.env.CHATDESK_TEST_DATABASE_URL = postgres.url
const redis = await provideRedis()
const { database, url: databaseUrl = '', drop } = await createTestDatabase('Postgres')
const ports = [await freePort(), await freePort(), await freePort()]
const balancer = await startBalancer(ports)
const url = `http://127.0.0.1:${balancer.port}`
const nodes = ports.map((port) =>
  createServerNode(port, {
    DATABASE_URL: databaseUrl,
    REDIS_URL: redis.url,
    REDIS_HINT_SECRET: 'the same at all three',
    CHATDESK_PUBLIC_URL: url,
    CHATDESK_TRUST_PROXY: 'loopback',
  }),
)
await Promise.all(nodes.map((node) => node.start()))
const office = createChatServer({ database, assets: false })
const pairs = await gather(office.api, url, visitors)
await office.close()

const startedAt = performance.now()
const expected = visitors * messages + visitors * Math.floor(messages / 5)
let confirmed = 0
const faults: Promise<unknown>[] = []
/** Each fault comes when so much of all has been confirmed. */
const schedule: { at: number; fault: () => Promise<unknown> }[] = [
  { at: 0.3, fault: async () => nodes[0]?.end('SIGKILL') },
  {
    at: 0.6,
    async fault() {
      const code = await nodes[1]?.end('SIGTERM')
      if (code !== 0) throw new Error(`a node that was told to stop ended with code ${code}`)
      await nodes[1]?.start()
    },
  },
]
const onConfirmed = () => {
  confirmed += 1
  if (confirmed >= (schedule[0]?.at ?? 1) * expected && schedule[0])
    faults.push(schedule.shift()?.fault() ?? Promise.resolve())
}
const pauseMs = () => Math.random() * LONGEST_PAUSE_MS
await Promise.all(pairs.map((pair) => talk(pair, messages, pauseMs, onConfirmed)))
await Promise.all(faults)
const { lost, duplicated, outOfOrder } = sumOf(await checkPairs(databaseUrl, pairs))
const seconds = ((performance.now() - startedAt) / 1000).toFixed(1)
const shares = [...balancer.given().values()].join(' + ')

for (const client of new Set(pairs.flatMap(({ visitor, agent }) => [visitor, agent]))) await client.dispose()
for (const node of nodes) await node.end('SIGTERM')
await balancer.close()
await drop()
await redis.stop()
await postgres.stop()
console.log(
  `3 nodes, 1 killed, 1 restarted, ${visitors} visitors, ${confirmed} messages, ${shares} connections, ${seconds} s: ` +
    `${lost} lost, ${duplicated} duplicated, ${outOfOrder} out of order`,
)
process.exitCode = lost + duplicated + outOfOrder === 0 && faults.length === 2 ? 0 : 1
