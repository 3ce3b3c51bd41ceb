import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createDatabasePresenceBoard } from './database-presence-board.js'
import type { PresenceBoard, Sighting } from './presence-board.js'

describe.each(TEST_DATABASES)('[P1] the presence board on %s', (kind) => {
  let test: TestDatabase
  let now: number
  let one: PresenceBoard
  let two: PresenceBoard
  const place = () => ({ organizationId: randomUUID(), id: randomUUID() })
  const board = () => createDatabasePresenceBoard({ database: test.database, now: () => now })
  const nothing = () => []

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(() => {
    now = Date.UTC(2030, 0, 1)
    one = board()
    two = board()
  })

  /** As if so many seconds had passed on the clock of the database. */
  const pass = (seconds: number) =>
    sql`update presence_nodes set until = until - ${seconds} * interval '1 second'`.execute(test.database.system)

  it('tells other nodes who has come, turned away and gone, and not oneself', async () => {
    const sighting = { ...place(), personId: randomUUID(), away: false }
    await one.tell([], () => [sighting])
    expect(await two.find([sighting])).toEqual([sighting])
    expect(await one.find([sighting])).toEqual([])
    const other = { ...sighting, personId: randomUUID() }
    await one.tell([{ ...sighting, away: true }, other], nothing)
    expect(await two.find([sighting])).toEqual(expect.arrayContaining([{ ...sighting, away: true }, other]))
    await one.tell([{ ...sighting, away: null }], nothing)
    expect(await two.find([sighting])).toEqual([other])
  })

  it('answers of the places that were asked for, in their organization only', async () => {
    const sighting = { ...place(), personId: randomUUID(), away: false }
    await one.tell([], () => [sighting])
    expect(await two.find([place(), { ...sighting, organizationId: randomUUID() }])).toEqual([])
    expect(await two.find([place(), sighting])).toEqual([sighting])
  })

  it('who is at several nodes is there once, and away only if at all of them', async () => {
    const sighting = { ...place(), personId: randomUUID(), away: true }
    await one.tell([], () => [sighting])
    await two.tell([], () => [sighting])
    const third = board()
    expect(await third.find([sighting])).toEqual([sighting])
    await two.tell([{ ...sighting, away: false }], nothing)
    expect(await third.find([sighting])).toEqual([{ ...sighting, away: false }])
  })

  it('the people of a node that was killed are gone after 45 seconds, and no sooner', async () => {
    const sighting = { ...place(), personId: randomUUID(), away: false }
    await one.tell([], () => [sighting])
    await pass(44)
    expect(await two.find([sighting])).toEqual([sighting])
    await pass(1)
    expect(await two.find([sighting])).toEqual([])
    await pass(45)
    await two.tell([], nothing)
    const { rows } = await sql`select from presence where person_id = ${sighting.personId}::uuid`.execute(
      test.database.system,
    )
    expect(rows).toEqual([])
  })

  it('a node renews its lease every 15 seconds, also when its clock was set back', async () => {
    const sighting = { ...place(), personId: randomUUID(), away: false }
    await one.tell([], () => [sighting])
    for (const step of [15_000, 15_000, 15_000, -3_600_000, 15_000]) {
      await pass(15)
      now += step
      await one.tell([], nothing)
    }
    expect(await two.find([sighting])).toEqual([sighting])
  })

  it('a node that ends leaves its people 10 seconds to come to another one', async () => {
    const sighting = { ...place(), personId: randomUUID(), away: false }
    await one.tell([], () => [sighting])
    await one.close()
    await pass(9)
    expect(await two.find([sighting])).toEqual([sighting])
    await pass(1)
    expect(await two.find([sighting])).toEqual([])
  })

  it('is written anew when it was lost, as in a crash of the database', async () => {
    const sighting = { ...place(), personId: randomUUID(), away: false }
    await one.tell([], () => [sighting])
    await sql`truncate presence_nodes, presence`.execute(test.database.system)
    now += 15_000
    await one.tell([], () => [sighting])
    expect(await two.find([sighting])).toEqual([sighting])
  })

  it('is written anew when telling has failed: what changed then is not missing', async () => {
    const [gone, come] = [0, 1].map((): Sighting => ({ ...place(), personId: randomUUID(), away: false }))
    if (!gone || !come) throw new Error('two were made')
    await one.tell([], () => [gone])
    await expect(one.tell([{ ...gone, organizationId: 'no uuid', away: null }, come], nothing)).rejects.toThrow()
    await one.tell([], () => [come])
    expect(await two.find([gone, come])).toEqual([come])
  })
})
