import { setTimeout as pause } from 'node:timers/promises'
import { createDatabase } from '../../test-environment/create-database.js'
import { providePostgres } from '../../test-environment/provide-postgres.js'
import type { Goal, Row } from '../row.js'
import { forkServer, type Memory } from '../server-process.js'

/** They come and go first: what is made once, for the first of all connections, and the code that is compiled by then, belongs to none of them. */
const WARM_UP = 200
/** Until what came last has come to rest, in milliseconds. */
const REST_MS = 3_000

const TRANSPORTS: readonly { name: string; bare: string; goal: Goal }[] = [
  { name: 'websocket', bare: 'ws', goal: { ratioAtMost: 1.5 } },
  { name: 'socket-io', bare: 'socket.io', goal: { ratioAtMost: 1.25 } },
  { name: 'sse', bare: 'node:http', goal: { ratioAtMost: 1.5 } },
  { name: 'polling', bare: 'node:http', goal: { ratioAtMost: 1.5 } },
]

/** How much is measured. */
export interface IdleEffort {
  rounds: number
  /** Visitors on one node. */
  visitors: number
}

/** What a visitor costs who is connected, has a conversation and does nothing, beside a connection of the bare library. */
export async function idleMemoryRows({ rounds, visitors }: IdleEffort): Promise<Row[]> {
  const postgres = await providePostgres()
  const rows: Row[] = []
  try {
    for (const { name, bare, goal } of TRANSPORTS) {
      const ours: Memory[] = []
      const theirs: Memory[] = []
      for (let round = 0; round < rounds; round += 1) {
        const database = await createDatabase(postgres.url, 'idle_memory')
        const server = new URL('../message-rate/chatdesk-server.ts', import.meta.url)
        ours.push(await costOf('ours', name, visitors, server, database))
        theirs.push(await costOf('bare', name, visitors, new URL('bare-server.ts', import.meta.url), name))
      }
      for (const kind of ['rss', 'heap'] as const)
        rows.push({
          name: `idle visitor of ${visitors}, ${name}, ${kind}`,
          unit: 'kB',
          figures: ours.map((memory) => memory[kind]),
          baselines: theirs.map((memory) => memory[kind]),
          baselineName: bare,
          goal,
        })
    }
  } finally {
    await postgres.stop()
  }
  return rows
}

/** What the server holds for each, in kB. */
async function costOf(
  side: 'ours' | 'bare',
  transport: string,
  count: number,
  script: URL,
  argument: string,
): Promise<Memory> {
  const server = await forkServer(script, [argument], { frugal: true })
  const come = (visitors: number) =>
    forkServer(new URL('visitors.ts', import.meta.url), [side, transport, server.base, String(visitors)])
  try {
    const first = await come(WARM_UP)
    await first.stop()
    await pause(REST_MS)
    const before = await server.memory()
    const all = await come(count)
    await pause(REST_MS)
    const after = await server.memory()
    // They would have ended, had one of them been sent away.
    await all.memory()
    await all.stop()
    return { rss: (after.rss - before.rss) / count / 1000, heap: (after.heap - before.heap) / count / 1000 }
  } finally {
    await server.stop()
  }
}
