import { setTimeout as pause } from 'node:timers/promises'
import { createChatServer } from '@chatdesk/server'
import pg from 'pg'
import type { TransportSet } from '../../../packages/sim/src/actors/page-platform.js'
import type { Violation } from '../../../packages/sim/src/model/ledger.js'
import { nodeFetch } from '../../../packages/transports/src/testing/node-fetch.js'
import { createDatabase } from '../../test-environment/create-database.js'
import { freePort } from '../../test-environment/free-port.js'
import type { ThrowAwayPostgres } from '../../test-environment/provide-postgres.js'
import { createServerNode } from '../server-node.js'
import { signIn } from '../sign-in.js'
import { type Plan, planServer, type ServerAct, TROUBLE_MS } from './plan.js'
import { readLogs } from './read-logs.js'
import { RealServer } from './real-server.js'
import { Schedule } from './schedule.js'

/** How often is looked whether everybody is up to date, and how many looks in a row must find it so: nothing that still is on its way may change it. */
const LOOK = { everyMs: 250, times: 20 }
const PASSWORD = 'real-processes'

/** The schedules that share a server. */
export interface BatchOptions {
  postgres: ThrowAwayPostgres
  /** Names what happens to the server. */
  batch: number
  seeds: readonly number[]
  transportOf: (seed: number) => TransportSet
  lookChance: number
  /** Statements that take a guard of the database away. */
  mutant?: string | undefined
  /** How long everybody may take to be up to date once all is well again. */
  quietWithinMs: number
}

/** What came of one schedule. */
export interface RealResult {
  seed: number
  transport: TransportSet
  plan: Plan
  violations: readonly Violation[]
  messages: number
  /** Milliseconds from the healing until everybody was up to date. */
  quietAfterMs: number
}

/** What came of a batch. */
export interface BatchResult {
  serverActs: readonly ServerAct[]
  /** What the server should not have done. */
  failures: readonly string[]
  results: readonly RealResult[]
}

/** Runs schedules side by side: each with people and connections of its own, all on one server and its database. */
export async function runBatch({ postgres, batch, mutant, ...options }: BatchOptions): Promise<BatchResult> {
  const databaseUrl = await createDatabase(postgres.url, `faults_${batch}${mutant === undefined ? '' : '_mutant'}`)
  const port = await freePort()
  const origin = `http://127.0.0.1:${port}`
  const node = createServerNode(port, {
    DATABASE_URL: databaseUrl,
    CHATDESK_PUBLIC_URL: origin,
    CHATDESK_TRUST_PROXY: 'loopback',
    // Its database goes away beneath it; only what ends it is worth a line.
    LOG_LEVEL: 'silent',
  })
  await node.start()
  const server = new RealServer(node, postgres, databaseUrl)
  const schedules = await gather(databaseUrl, origin, port, options)
  if (mutant !== undefined) await ask(databaseUrl, (client) => client.query(mutant))

  const serverActs = planServer(batch)
  for (const schedule of schedules) schedule.begin()
  await Promise.all([pause(TROUBLE_MS), server.suffer(serverActs)])
  await Promise.all(schedules.map((schedule) => schedule.heal()))
  const quietAfterMs = await ask(databaseUrl, (client) => waitAndCheck(client, schedules, options.quietWithinMs))
  await Promise.all(schedules.map((schedule) => schedule.end()))
  await server.stop()
  const results = schedules.map(({ seed, transport, plan, ledger: { violations, byText } }, index) => {
    return { seed, transport, plan, violations, messages: byText.size, quietAfterMs: quietAfterMs[index] ?? 0 }
  })
  return { serverActs, failures: server.failures, results }
}

/** Makes an organization for each schedule, and brings its people together. */
async function gather(
  databaseUrl: string,
  origin: string,
  serverPort: number,
  { seeds, transportOf, lookChance }: Pick<BatchOptions, 'seeds' | 'transportOf' | 'lookChance'>,
): Promise<Schedule[]> {
  const office = createChatServer({ database: { url: databaseUrl }, assets: false })
  const schedules = seeds.map(async (seed) => {
    const email = `agent-${seed}@real-processes.test`
    const { organizationId } = await office.api.createOrganization({ name: `Schedule ${seed}` })
    await office.api.createMember({ organizationId, email, name: 'Asha Rao', role: 'agent', password: PASSWORD })
    const { key } = await office.api.createWidget({ organizationId, name: 'Faults', allowedOrigins: [origin] })
    const fetch = nodeFetch({ origin, 'x-forwarded-for': `10.255.${(seed >> 8) & 255}.${seed & 255}` })
    const proof = await signIn(origin, fetch, email, PASSWORD)
    return new Schedule(seed, transportOf(seed), lookChance, {
      serverPort,
      origin,
      organizationId,
      widgetKey: key,
      proof,
    })
  })
  const all = await Promise.all(schedules)
  await office.close()
  return all
}

/** Waits until everybody is up to date, or has had the time for it, and judges; how long it took, for each. */
async function waitAndCheck(
  database: pg.Client,
  schedules: readonly Schedule[],
  quietWithinMs: number,
): Promise<number[]> {
  const healedAt = Date.now()
  const quiet = schedules.map(() => ({ sinceMs: quietWithinMs, times: 0 }))
  const elapsed = () => Date.now() - healedAt
  while (quiet.some(({ times }) => times < LOOK.times) && elapsed() < quietWithinMs) {
    await pause(LOOK.everyMs)
    const logs = await readLogs(database)
    for (const [index, schedule] of schedules.entries()) {
      const isCurrent = schedule.isCurrent(logs.get(schedule.organizationId) ?? new Map())
      const before = quiet[index]?.times ?? 0
      if (!isCurrent) quiet[index] = { sinceMs: quietWithinMs, times: 0 }
      else quiet[index] = { sinceMs: before === 0 ? elapsed() : (quiet[index]?.sinceMs ?? 0), times: before + 1 }
    }
  }
  const logs = await readLogs(database)
  for (const schedule of schedules) schedule.check(logs.get(schedule.organizationId) ?? new Map())
  return quiet.map(({ sinceMs }) => sinceMs)
}

async function ask<T>(databaseUrl: string, run: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return await run(client)
  } finally {
    await client.end()
  }
}
