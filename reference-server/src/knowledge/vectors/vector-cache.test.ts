import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../../database/index.js'
import { createTenant, type Tenant } from '../../testing/create-tenant.js'
import { createTestDatabase, type TestDatabase } from '../../testing/test-database.js'
import { fillKnowledge } from '../testing/fill-knowledge.js'
import { keepVectors } from './keep-vectors.js'
import { nearest } from './nearest.js'
import { takeChunks } from './take-chunks.js'
import { createVectorCache } from './vector-cache.js'

const VECTOR = Float32Array.from([0.6, 0.8])
const BYTES = VECTOR.byteLength

let test: TestDatabase
let tenant: Tenant
beforeAll(async () => {
  test = await createTestDatabase('PGlite')
})
afterAll(() => test.drop())
beforeEach(async () => {
  await test.database.system.deleteFrom('organizations').execute()
  tenant = await createTenant(test.database)
})

/** A widget with so many entries that have vectors. */
const addWidget = async (entries: number, owner = tenant) => {
  const { widgetId } = await owner.addVisitor()
  await test.database.of(owner.organizationId).deleteFrom('knowledge_entries').execute()
  const documents = Array.from({ length: entries }, (_, index) => ({ id: `${index}`, question: `Question ${index}` }))
  const scope = { organizationId: owner.organizationId, widgetId }
  await fillKnowledge(test.database, scope, documents)
  await test.database.system.updateTable('widgets').set({ assistant: true }).execute()
  for (;;) {
    const taken = await takeChunks(test.database, { model: 'm', now: tenant.now.value })
    if (taken.length === 0) return scope
    for (const { id, organizationId } of taken)
      await keepVectors(test.database, organizationId, [{ id, vector: VECTOR }])
  }
}
/** The same database, and how many statements it was asked. */
const counted = () => {
  const statements = { count: 0 }
  const database: Database = {
    ...test.database,
    of(...ids) {
      statements.count++
      return test.database.of(...ids)
    },
  }
  return { database, statements }
}

it('reads what is new only, and nothing where nothing is', async () => {
  const scope = await addWidget(3)
  const { database, statements } = counted()
  const cache = createVectorCache({ database, model: 'm' })
  const first = await cache.vectorsOf(scope)
  expect([...(first?.values() ?? [])].map(({ vector }) => [...vector])).toEqual([...Array(3)].map(() => [...VECTOR]))
  statements.count = 0
  expect(await cache.vectorsOf(scope)).toBe(first)
  expect(statements.count).toBe(1)
  await sql`delete from knowledge_vectors where id = (select min(id) from knowledge_vectors)`.execute(
    test.database.system,
  )
  const second = await cache.vectorsOf(scope)
  expect(second?.size).toBe(2)
  // Their number and their ids: no vector is read again.
  expect(statements.count).toBe(3)
  for (const [id, vector] of second ?? []) expect(first?.get(id)).toBe(vector)
  expect((await createVectorCache({ database, model: 'other' }).vectorsOf(scope))?.size).toBe(0)
})

it('reads a widget once, however many ask at a time', async () => {
  const scope = await addWidget(3)
  const { database, statements } = counted()
  const cache = createVectorCache({ database, model: 'm' })
  const read = await Promise.all([cache.vectorsOf(scope), cache.vectorsOf(scope), cache.vectorsOf(scope)])
  expect(new Set(read).size).toBe(1)
  expect(statements.count).toBe(3)
})

it('keeps no more in memory than it may: what was not asked for longest gives way, what is too much is not read', async () => {
  const [one, two] = [await addWidget(2), await addWidget(2, await createTenant(test.database))]
  const { database, statements } = counted()
  const cache = createVectorCache({ database, model: 'm', mostBytes: 3 * BYTES })
  await cache.vectorsOf(one)
  await cache.vectorsOf(two)
  statements.count = 0
  await cache.vectorsOf(two)
  expect(statements.count).toBe(1)
  await cache.vectorsOf(one)
  expect(statements.count).toBe(4)
  expect(await createVectorCache({ database, model: 'm', mostBytes: 2 * BYTES - 1 }).vectorsOf(one)).toBeNull()
})

it('finds the nearest exactly, the best chunk of each entry, and none of other dimensions', async () => {
  const entries = [randomUUID(), randomUUID(), randomUUID()].sort()
  const chunk = (id: string, entry: number, ...vector: number[]) => ({
    ...{ id, entryId: entries[entry] ?? '', vector: Float32Array.from(vector) },
  })
  const vectors = [
    chunk('1', 0, 1, 0),
    chunk('2', 0, 0.6, 0.8),
    chunk('3', 1, 0, 1),
    chunk('4', 2, 1, 0, 0),
    chunk('5', 2, 0, -1),
  ]
  const found = await nearest(vectors, Float32Array.from([0, 1]), 2)
  expect(found).toEqual([
    { id: '3', entryId: entries[1], cosine: 1 },
    { id: '2', entryId: entries[0], cosine: expect.closeTo(0.8) },
  ])
  expect(await nearest(vectors, Float32Array.from([1]), 2)).toEqual([])
})
