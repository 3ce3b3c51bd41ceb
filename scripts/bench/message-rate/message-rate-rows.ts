import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createDatabase } from '../../test-environment/create-database.js'
import { providePostgres } from '../../test-environment/provide-postgres.js'
import type { TransportName } from '../frame-socket.js'
import type { Row } from '../row.js'
import { startChatDesk } from './chatdesk.js'
import { startFloor } from './floor.js'
import type { Link, Subject } from './link.js'
import { type LoadResult, runLoad } from './run-load.js'

const PAIRS = 200
const IN_FLIGHT = 4

/** How much is measured. */
export interface Effort {
  rounds: number
  warmUpMs: number
  measureMs: number
}

/** Messages a second through the whole server, acked to the author and delivered to the other party, beside the floor. */
export async function messageRateRows(effort: Effort): Promise<Row[]> {
  // Durable: a server that does not wait for its disk flatters both sides, and ours less.
  const postgres = await providePostgres({ durable: true })
  const folder = mkdtempSync(join(tmpdir(), 'chatdesk-bench-'))
  try {
    const rows: Row[] = []
    for (const transport of ['ws', 'socket.io'] as const)
      for (const database of ['Postgres', 'PGlite'] as const) {
        const place = (side: string) =>
          database === 'Postgres'
            ? createDatabase(postgres.url, `${side}_${transport.replace('.', '_')}`)
            : Promise.resolve(join(folder, `${side}-${transport}`))
        const sides = [
          await startChatDesk(await place('ours')),
          await startFloor(transport, await place('floor')),
        ] as const
        rows.push(await compare(`durable messages, ${transport}, ${database}`, transport, sides, effort))
      }
    return rows
  } finally {
    await postgres.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

/** Runs both sides in turn, so that what slows the machine slows both. */
async function compare(
  name: string,
  transport: TransportName,
  [ours, floor]: readonly [Subject, Subject],
  { rounds, ...load }: Effort,
): Promise<Row> {
  const sides: { links: Link[]; results: LoadResult[] }[] = []
  try {
    for (const subject of [ours, floor]) sides.push({ links: await subject.connect(transport, PAIRS), results: [] })
    for (let round = 0; round < rounds; round++)
      for (const { links, results } of sides) results.push(await runLoad(links, { inFlight: IN_FLIGHT, ...load }))
  } finally {
    for (const { links } of sides) for (const link of links) link.close()
    await Promise.all([ours.stop(), floor.stop()])
  }
  const rates = sides.map(({ results }) => results.map(({ perSecond }) => perSecond))
  return {
    name,
    unit: 'msg/s',
    figures: rates[0] ?? [],
    baselines: rates[1] ?? [],
    baselineName: 'floor',
    goal: { ratioAtLeast: 0.85, first: 0.5 },
  }
}
