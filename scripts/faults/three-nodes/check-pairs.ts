import { setTimeout as pause } from 'node:timers/promises'
import type { ConversationHandle } from '@chatdesk/core'
import pg from 'pg'
import { type Faults, judge } from './judge.js'
import type { Pair } from './load.js'

interface LoggedEvent {
  seq: number
  kind: 'visitor' | 'agent'
  /** Null: a change of status or agent. */
  text: string | null
}

/** How long everybody may take to have everything once all is said: sweeps and reconnections included. */
const SETTLE_MS = 30_000

/** What of the pairs' words is wrong in the logs, and what of the logs on either side. */
export async function checkPairs(databaseUrl: string, pairs: readonly Pair[]): Promise<Faults[]> {
  const logs = await readLogs(databaseUrl)
  const logOf = ({ visitor }: Pair) => logs.get(visitor.$conversation.get().id ?? '') ?? []
  const sides = pairs.flatMap((pair) => {
    const wanted = logOf(pair).map(lineOf)
    return [pair.visitor, pair.answering].map((handle) => ({ wanted, handle }))
  })
  const deadline = Date.now() + SETTLE_MS
  while (sides.some(({ wanted, handle }) => !isSame(wanted, seenBy(handle))) && Date.now() < deadline) await pause(100)
  return [
    ...pairs.flatMap((pair) => {
      const log = logOf(pair)
      const said = (by: LoggedEvent['kind']) =>
        log.flatMap(({ kind, text }) => (kind === by && text !== null ? [text] : []))
      return [
        judge(pair.written.visitor, said('visitor')),
        judge(pair.written.agent, said('agent')),
        judge(
          log.map((_, index) => String(index + 1)),
          log.map(({ seq }) => String(seq)),
        ),
      ]
    }),
    ...sides.map(({ wanted, handle }) => judge(wanted, seenBy(handle))),
  ]
}

const lineOf = ({ seq, text }: Pick<LoggedEvent, 'seq' | 'text'>) => `${seq} ${text ?? 'changed'}`
const isSame = (a: readonly string[], b: readonly string[]) =>
  a.length === b.length && a.every((line, n) => line === b[n])

/** What stands on somebody's screen. */
function seenBy(handle: ConversationHandle | undefined): string[] {
  return (handle?.$timeline.get() ?? []).map((entry) => {
    const [part] = entry.type === 'message' ? entry.parts : []
    return lineOf({ seq: entry.seq ?? 0, text: part?.type === 'text' ? part.text : null })
  })
}

async function readLogs(databaseUrl: string): Promise<Map<string, LoggedEvent[]>> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  const { rows } = await client.query<LoggedEvent & { id: string }>(
    `select conversation_id as id, seq, body -> 'author' ->> 'kind' as kind, body -> 'parts' -> 0 ->> 'text' as text
      from events order by conversation_id, seq`,
  )
  await client.end()
  const logs = new Map<string, LoggedEvent[]>()
  for (const { id, ...event } of rows) logs.set(id, [...(logs.get(id) ?? []), event])
  return logs
}
