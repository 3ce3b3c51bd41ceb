import { createTestDatabase, type TestDatabase } from '@chatdesk/server/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { recordAct } from '../src/audit/index.js'
import { createTenant } from '../src/testing/create-tenant.js'
import { runProgram } from './run-program.js'

let test: TestDatabase
beforeAll(async () => {
  test = await createTestDatabase('Postgres')
})
afterAll(() => test.drop())

const run = (...words: string[]) => runProgram({ DATABASE_URL: test.url ?? '' }, ...words)

/** An organization, in whose trail three things were done. */
async function addTrail(): Promise<string> {
  const { organizationId } = await createTenant(test.database)
  for (const name of ['one', 'two', 'three'])
    await test.database.transaction(organizationId, (transaction) =>
      recordAct(
        transaction,
        organizationId,
        { actor: null, address: null, action: 'widget.update', target: { kind: 'widget', id: 'w', name } },
        new Date('2026-01-01T00:00:00.000Z'),
      ),
    )
  return organizationId
}

/** As somebody with the database's own rights, whom no trigger stops: one bit of an entry, there and back. */
const flipBit = (organizationId: string, column: 'content' | 'hash', seq: number) =>
  test.database.transaction('system', async (transaction) => {
    await sql`set local session_replication_role = replica`.execute(transaction)
    const { rows } = await sql<{ bytes: Buffer }>`
      select case when ${column} = 'hash' then hash else convert_to(content::text, 'UTF8') end as bytes
      from audit_entries where organization_id = ${organizationId}::uuid and seq = ${seq}`.execute(transaction)
    const bytes = Buffer.from(rows[0]?.bytes ?? [])
    // The last letter of the name, so that it still is JSON.
    const place = column === 'hash' ? 0 : bytes.lastIndexOf('"') - 1
    bytes[place] = (bytes[place] ?? 0) ^ 1
    const value = column === 'hash' ? sql`${bytes}::bytea` : sql`${bytes.toString()}::json`
    await sql`update audit_entries set ${sql.ref(column)} = ${value}
      where organization_id = ${organizationId}::uuid and seq = ${seq}`.execute(transaction)
  })

it('threat 39: `audit verify` names the first entry of which one bit is another, and ends with 1', async () => {
  const trails = [await addTrail(), await addTrail()].sort()
  const [, forged = ''] = trails
  const ends = new RegExp(`^${trails.map((id) => `${id} 3 [0-9a-f]{64}\n`).join('')}$`)
  expect(await run('audit', 'verify')).toMatchObject({ code: 0, stdout: expect.stringMatching(ends), stderr: '' })
  for (const column of ['content', 'hash'] as const) {
    await flipBit(forged, column, 2)
    const stderr = `chatdesk: The audit trail of organization ${forged} was forged: entry 2 is not as written.\n`
    expect(await run('audit', 'verify')).toEqual({ code: 1, stdout: '', stderr })
    await flipBit(forged, column, 2)
  }
  expect(await run('audit', 'verify')).toMatchObject({ code: 0 })
}, 60_000)

it.each(['audit', 'password-link', 'constructor'])('%s is no command', async (word) => {
  const { code, stdout, stderr } = await run(word)
  expect([code, stdout, stderr]).toEqual([1, '', expect.stringMatching(/^chatdesk: There is no such command.*\n$/)])
})
