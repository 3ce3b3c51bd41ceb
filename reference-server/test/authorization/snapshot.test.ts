import { TEST_DATABASES } from '@chatdesk/server/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { changed } from './calls.js'
import { createStage, type Stage } from './stage.js'

describe.each(TEST_DATABASES)('the rows as they stood, on %s', (kind) => {
  let stage: Stage
  beforeAll(async () => {
    stage = await createStage(kind)
  })
  afterAll(() => stage.close())

  /** What a write changes of the other organization's rows, which are there again afterwards. */
  const changes = async (write: () => Promise<unknown>) => {
    const { snapshot, foreignId } = stage
    const before = await snapshot.digest(foreignId)
    await write()
    const found = changed(before, await snapshot.digest(foreignId))
    await snapshot.restore()
    expect(changed(before, await snapshot.digest(foreignId))).toEqual([])
    return found
  }

  it('are compared and put back in every table that was written to, by whatever statement', async () => {
    const { system } = stage.server.database
    const { foreignId } = stage
    const of = stage.server.database.of(foreignId)
    expect(await changes(async () => {})).toEqual([])
    expect(await changes(() => sql`update tags set name = name || '!'`.execute(of))).toEqual(['rows of tags changed'])
    expect(await changes(() => sql`truncate conversation_notes`.execute(system))).toEqual([
      'rows of conversation_notes changed',
    ])
    const cascading = await changes(() =>
      sql`delete from conversations where organization_id = ${foreignId}`.execute(of),
    )
    expect(cascading).toEqual(expect.arrayContaining(['rows of conversations changed', 'rows of events changed']))
    const noted = await sql<{ name: string }>`
      select c.relname as name from pg_trigger t join pg_class c on c.oid = t.tgrelid
      where t.tgname = 'kept_note' and t.tgenabled = 'O'`.execute(system)
    expect(noted.rows.map(({ name }) => name).sort()).toEqual([...stage.foreign.keys()].sort())
  })
})
