import { DummyDriver, Kysely, PostgresAdapter, PostgresIntrospector, PostgresQueryCompiler } from 'kysely'
import { expect, it } from 'vitest'
import type { Tables } from '../database/index.js'
import { normalizeQuestion, noteGap } from './note-gap.js'

it.each([
  ['Do you ship to Goa?', 'do you ship to goa'],
  ['I am asha@acme.test, reply to <asha@acme.test>!', 'i am reply to'],
  ['call +91 98765 43210 or (12) 34-56-78 now', 'call or now'],
  ['मेरा नंबर ९८७६५४३२१० है', 'मेरा नंबर है'],
  ['call ९८ ७६-५४ ३२–१० now', 'call now'],
  ['رقمي ٠١٢٣٤٥٦٧٨٩ من فضلك', 'رقمي من فضلك'],
  ['call 0171/1234567 or 06,12,34,56,78', 'call or'],
  ['order A-1023x is late', 'order is late'],
  ['2 rooms, 3 nights, in May 24', '2 rooms 3 nights in may 24'],
  ['why @ all… and so @on?', 'why all and so on'],
])('keeps of %j what says nothing of who has asked', (question, kept) => {
  expect(normalizeQuestion(question)).toBe(kept)
})

it.each([
  '1 '.repeat(100_000),
  ' '.repeat(200_000),
  `1${' '.repeat(200_000)}`,
  'a'.repeat(200_000),
  'a@'.repeat(100_000),
])('threat 49: comes to an end with what is made to be slow (%#)', (question) =>
  expect(normalizeQuestion(question).length).toBeLessThanOrEqual(300),
)

it('threat 25: looks among its own organization’s gaps only, whatever the database keeps apart', async () => {
  const sent: { sql: string; parameters: readonly unknown[] }[] = []
  const query = new Kysely<Tables>({
    dialect: {
      createAdapter: () => new PostgresAdapter(),
      createDriver: () => new DummyDriver(),
      createIntrospector: (database) => new PostgresIntrospector(database),
      createQueryCompiler: () => new PostgresQueryCompiler(),
    },
    log: (event) => void sent.push(event.query),
  })
  await noteGap(query, {
    ...{ organizationId: 'own', widgetId: 'w', id: 'i', question: 'Why?', language: 'en', at: new Date(0) },
  })
  const { sql, parameters } = sent[0] as (typeof sent)[number]
  const filled = sql.replace(/\$(\d+)/g, (_, place) => String(parameters[Number(place) - 1]))
  const [, ...looks] = filled.split(/from knowledge_gaps/)
  expect(looks).toHaveLength(2)
  for (const look of looks) expect(look).toMatch(/^\s+where organization_id = own::uuid and widget_id = w::uuid/)
})
