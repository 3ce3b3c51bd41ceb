import { createChatServer } from '@chatdesk/server'
import { createDatabase } from '../../test-environment/create-database.js'
import { freePort } from '../../test-environment/free-port.js'
import { providePostgres } from '../../test-environment/provide-postgres.js'
import { provideRedis } from '../../test-environment/provide-redis.js'
import { createServerNode, type ServerNode } from '../server-node.js'
import { type Balancer, startBalancer } from './balancer.js'
import { checkPairs } from './check-pairs.js'
import { type Faults, sumOf } from './judge.js'
import { gather, type Pair, talk } from './load.js'

/** Of one who writes, in milliseconds; on average half of it. */
const LONGEST_PAUSE_MS = 2_000

/** How much is said. */
export interface ThreeNodesOptions {
  visitors: number
  /** By each of them. */
  messages: number
}

/** What came of it. */
export interface ThreeNodesResult {
  faults: Faults
  confirmed: number
  /** Connections that each node was given. */
  given: readonly number[]
  /** Whether a node was killed, and another stopped and started again, while people talked. */
  suffered: boolean
}

/**
 * Three servers behind a balancer without sticky sessions, on one Postgres and one Redis. While everybody talks, one is
 * killed and another is stopped and started again.
 */
export async function runThreeNodes(options: ThreeNodesOptions): Promise<ThreeNodesResult> {
  const postgres = await providePostgres()
  const redis = await provideRedis()
  try {
    const databaseUrl = await createDatabase(postgres.url, 'chatdesk_three_nodes')
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
    const office = createChatServer({ database: { url: databaseUrl }, assets: false })
    const pairs = await gather(office.api, url, options.visitors)
    await office.close()
    try {
      return await converse(pairs, nodes, balancer, databaseUrl, options)
    } finally {
      for (const client of new Set(pairs.flatMap(({ visitor, agent }) => [visitor, agent]))) await client.dispose()
      for (const node of nodes) await node.end('SIGTERM')
      await balancer.close()
    }
  } finally {
    await redis.stop()
    await postgres.stop()
  }
}

async function converse(
  pairs: readonly Pair[],
  nodes: readonly ServerNode[],
  balancer: Balancer,
  databaseUrl: string,
  { visitors, messages }: ThreeNodesOptions,
): Promise<ThreeNodesResult> {
  const expected = visitors * messages + visitors * Math.floor(messages / 5)
  let confirmed = 0
  const suffered: Promise<unknown>[] = []
  /** Each comes when so much of all has been confirmed. */
  const schedule: { at: number; act: () => Promise<unknown> }[] = [
    { at: 0.3, act: async () => nodes[0]?.end('SIGKILL') },
    {
      at: 0.6,
      async act() {
        const code = await nodes[1]?.end('SIGTERM')
        if (code !== 0) throw new Error(`a node that was told to stop ended with code ${code}`)
        await nodes[1]?.start()
      },
    },
  ]
  const onConfirmed = () => {
    confirmed += 1
    if (confirmed >= (schedule[0]?.at ?? 1) * expected && schedule[0])
      suffered.push(schedule.shift()?.act() ?? Promise.resolve())
  }
  const pauseMs = () => Math.random() * LONGEST_PAUSE_MS
  await Promise.all(pairs.map((pair) => talk(pair, messages, pauseMs, onConfirmed)))
  await Promise.all(suffered)
  return {
    faults: sumOf(await checkPairs(databaseUrl, pairs)),
    confirmed,
    given: [...balancer.given().values()],
    suffered: schedule.length === 0,
  }
}
