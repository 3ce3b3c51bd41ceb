import { randomUUID } from 'node:crypto'
import type { Database } from '@chatdesk/server'
import { TEST_DATABASES } from '@chatdesk/server/testing'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { loadInbox } from '../../src/conversations/index.js'
import { loadHistory } from '../../src/messages/index.js'
import { runMatrix } from './calls.js'
import { runCommands } from './socket-commands.js'
import { createStage, type Stage } from './stage.js'
import { type RemovedScope, removeQueryScope, withoutScope } from './without-query-scope.js'

let removed: RemovedScope | undefined
afterEach(() => {
  removed?.restore()
  removed = undefined
})

it('takes out of a statement what says whose its rows are, and nothing else', () => {
  const cases = {
    'where organization_id = $1::uuid and id = $2::uuid': 'where ($1::uuid is not null) and id = $2::uuid',
    'where k.organization_id = any ($3::uuid[])': 'where ($3::uuid[] is not null)',
    'where "s"."organization_id" = $12 and true': 'where ($12::uuid is not null) and true',
    'where "organization_id" in ($1, $2)': 'where (array[$1, $2]::uuid[] is not null)',
    'join w on w.organization_id = k.organization_id': 'join w on w.organization_id = k.organization_id',
  }
  for (const [statement, expected] of Object.entries(cases)) expect(withoutScope(statement)).toBe(expected)
})

describe.each(TEST_DATABASES)('either wall alone, on %s', (kind) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage(kind)
  })
  afterAll(() => stage.close())

  /** Two use cases as they are, on this database, for the callers' organization and the other's conversation. */
  const lookAround = async (database: Database) => {
    const conversationId = String(stage.foreign.get('conversations')?.id)
    const facts = { organizationId: stage.ownId, conversationId, ownerSessionId: null, limit: 50 }
    return JSON.stringify([
      await loadInbox(database, { organizationId: stage.ownId, limit: 50, cursor: undefined }),
      await loadHistory(database, { ...facts, beforeSeq: undefined, afterSeq: undefined }).catch(String),
    ])
  }

  it('threat 25: without the scope of queries the whole database lies open to the system, and none of it to an organization', async () => {
    const { database } = stage.server
    const unbound: Database = { ...database, of: () => database.system }
    expect(await lookAround(unbound)).not.toContain(stage.canary)
    removed = removeQueryScope({ everywhere: true })
    expect(await lookAround(unbound)).toContain(stage.canary)
    expect(await lookAround(database)).not.toContain(stage.canary)
    expect(removed.statements.size).toBeGreaterThan(1)
  })

  it('threats 24 and 25: no id of another organization names anything, with row-level security alone', async () => {
    removed = removeQueryScope()
    expect((await runMatrix(stage, 'foreign')).deviations).toEqual([])
    expect((await runCommands(stage, 'foreign')).deviations).toEqual([])
    const seen = await runMatrix(stage, 'own')
    expect(seen.deviations).toEqual([])
    expect(removed.statements.size).toBeGreaterThan(5)
  }, 300_000)

  it('threats 24 and 25: nor with the scope of queries alone', async () => {
    const { database } = stage.server
    const tables = [...stage.foreign.keys()]
    const say = async (what: string) => {
      for (const table of tables)
        await sql.raw(`alter table ${table} ${what} row level security`).execute(database.system)
    }
    await say('disable')
    try {
      // It is off: a query without a scope sees both.
      const all = await database
        .of(stage.ownId)
        .selectFrom('conversations')
        .select('organization_id')
        .distinct()
        .execute()
      expect(all.map((row) => row.organization_id)).toContain(stage.foreignId)
      expect((await runMatrix(stage, 'foreign')).deviations).toEqual([])
      expect((await runMatrix(stage, 'own')).deviations).toEqual([])
      expect((await runCommands(stage, 'foreign')).deviations).toEqual([])
    } finally {
      await say('enable')
    }
  }, 300_000)

  it('threat 25: the append takes no batch that says wrong whose something is, bound to an organization or not', async () => {
    const { database } = stage.server
    const [ours, theirs] = [stage.own, stage.foreign].map((rows) => ({
      o: String(rows.get('organizations')?.id),
      c: String(rows.get('conversations')?.id),
      a: String(rows.get('visitors')?.id),
      said: rows.get('events') as { author_id: string; client_message_id: string },
    })) as [Side, Side]
    const before = [await stage.snapshot.digest(stage.foreignId), await stage.snapshot.digest(stage.ownId)]
    const append = async (scope: 'bound' | 'unbound', item: object, pairs: readonly [string, string][]) => {
      const query = scope === 'bound' ? database.of(stage.ownId) : database.system
      const author = { kind: 'visitor', id: ours.a }
      const draft = { i: 0, a: ours.a, v: true, m: randomUUID(), e: randomUUID(), b: { author, parts: [] }, ...item }
      const { rows } = await sql<{ answer: { places: unknown; others: [number, string][] | null } }>`
        select append_messages(${JSON.stringify([draft])}::jsonb, ${pairs.map(([o]) => o)}::uuid[],
          ${pairs.map(([, c]) => c)}::uuid[], now()) as answer`.execute(query)
      const [row] = rows
      return [row?.answer.places, row?.answer.others?.[0]?.[1]]
    }
    const said = { a: theirs.said.author_id, m: theirs.said.client_message_id }
    for (const scope of ['bound', 'unbound'] as const) {
      const refused = [null, 'NOT_FOUND']
      expect(await append(scope, { o: ours.o, c: theirs.c }, [[ours.o, theirs.c]])).toEqual(refused)
      expect(await append(scope, { o: ours.o, c: theirs.c }, [[theirs.o, theirs.c]])).toEqual(refused)
      expect(await append(scope, { o: theirs.o, c: ours.c }, [[ours.o, ours.c]])).toEqual(refused)
      expect(await append(scope, { o: theirs.o, c: ours.c, ...said }, [[theirs.o, ours.c]])).toEqual(refused)
    }
    // Bound, it reaches nothing of others, even where all of the batch says the same.
    expect(await append('bound', { o: theirs.o, c: theirs.c }, [[theirs.o, theirs.c]])).toEqual([null, 'NOT_FOUND'])
    expect(await append('bound', { o: theirs.o, c: theirs.c, ...said }, [[theirs.o, theirs.c]])).toEqual([
      null,
      'NOT_FOUND',
    ])
    expect([await stage.snapshot.digest(stage.foreignId), await stage.snapshot.digest(stage.ownId)]).toEqual(before)
    // And the same batch is taken when it is true; a repeat of what the other organization's author said is no repeat here.
    expect(await append('bound', { o: ours.o, c: ours.c, ...said }, [[ours.o, ours.c]])).toEqual([[0], undefined])
    await stage.snapshot.restore()
  })
})

/** What a batch may say of one side. */
interface Side {
  o: string
  c: string
  a: string
  said: { author_id: string; client_message_id: string }
}
