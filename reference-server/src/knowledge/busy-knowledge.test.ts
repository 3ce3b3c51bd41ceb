import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Database } from '../database/index.js'
import { createIdGenerator } from '../platform/ids.js'
import { createTenant } from '../testing/create-tenant.js'
import { createTestDatabase, type TestDatabase } from '../testing/test-database.js'
import { deleteWidget } from '../widgets/widgets.js'
import { addGoldenQuestion, checkDraft } from './golden-questions.js'
import { importKnowledge } from './import-knowledge.js'
import { createKnowledgeEntry, deleteKnowledgeEntry, updateKnowledgeEntry } from './knowledge.js'

type Work = Parameters<Parameters<Database['transaction']>[1]>[0]

const AT = new Date('2026-01-01T00:00:00.000Z')

// PGlite has one connection: there nobody works at the same time.
let test: TestDatabase
let scope: { organizationId: string; widgetId: string }
let entryIds: string[]
beforeAll(async () => {
  test = await createTestDatabase('Postgres')
})
afterAll(() => test.drop())
beforeEach(async () => {
  const { organizationId, widgetId } = await (await createTenant(test.database)).addVisitor()
  scope = { organizationId, widgetId }
  const rows = await entriesOf(test.database.of(organizationId)).execute()
  entryIds = rows.map(({ id }) => id)
})

const entriesOf = (query: ReturnType<Database['of']>) =>
  query.selectFrom('knowledge_entries').select(['id', 'question']).where('widget_id', '=', scope.widgetId).orderBy('id')
const edit = (transaction: Work, entryId: string | undefined, answer: string) =>
  updateKnowledgeEntry(
    transaction,
    { organizationId: scope.organizationId, entryId: entryId ?? '', changedBy: null, at: AT },
    { answer },
  )
/** Until somebody of this database waits for a lock. */
const someoneWaits = async () => {
  for (;;) {
    const { rows } = await sql`select from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(test.database.system)
    if (rows.length > 0) return
  }
}

it.each<[string, (transaction: Work) => Promise<unknown>]>([
  ['an edit of an entry that the import changes later', (transaction) => edit(transaction, entryIds[1], 'by hand')],
  ['a deletion of it', (transaction) => deleteKnowledgeEntry(transaction, { ...scope, entryId: entryIds[1] ?? '' })],
  ['an import', (transaction) => importOf(transaction, ['1', '0'])],
  ['the end of the widget', (transaction) => deleteWidget(transaction, scope)],
  [
    'a new entry',
    (transaction) =>
      createKnowledgeEntry(
        transaction,
        { ...scope, entryId: crypto.randomUUID(), createdBy: null, at: AT },
        { question: 'New?', answer: 'New.' },
      ),
  ],
])('an import waits for nobody who waits for it: %s', async (_, other) => {
  const { organizationId } = scope
  let waiting: Promise<unknown> = Promise.resolve()
  await test.database.transaction(organizationId, async (transaction) => {
    await edit(transaction, entryIds[0], 'imported')
    waiting = test.database.transaction(organizationId, other)
    waiting.catch(() => {})
    await someoneWaits()
    await edit(transaction, entryIds[1], 'imported')
    await createKnowledgeEntry(
      transaction,
      { ...scope, entryId: crypto.randomUUID(), createdBy: null, at: AT },
      { question: 'Imported?', answer: 'Yes.' },
    )
  })
  await waiting
})

async function importOf(transaction: Work, places: string[]) {
  const rows = await entriesOf(transaction).execute()
  const entries = places.map((place) => ({
    question: rows[Number(place)]?.question ?? '',
    answer: `by import ${place}`,
  }))
  await importKnowledge(transaction, { ...scope, createdBy: null, at: AT, generateId: createIdGenerator() }, entries)
}

it('a draft is tried with a few questions at a time: between them others change the widget’s entries', async () => {
  const { organizationId } = scope
  const draft = { organizationId, entryId: entryIds[0] ?? '', at: AT }
  await test.database.transaction(organizationId, async (transaction) => {
    for (let number = 0; number < 11; number++) {
      const golden = { ...draft, id: crypto.randomUUID(), createdBy: null }
      await addGoldenQuestion(transaction, golden, `How can I talk to person ${number}?`)
    }
  })
  let edits = 0
  const shared: Database = {
    ...test.database,
    of: (...whose) => test.database.of(...whose),
    async transaction(...work) {
      await test.database.transaction(organizationId, (other) => edit(other, entryIds[1], `edit ${++edits}`))
      return test.database.transaction(...work)
    },
  }
  expect(await checkDraft(shared, draft)).toMatchObject({ changed: [], total: 11, before: 11, after: 11 })
  expect(edits).toBeGreaterThanOrEqual(3)
})

it('an import of many entries asks the database as often as one of few', async () => {
  const statementsOf = async (count: number) => {
    const entries = Array.from({ length: count }, (_, index) => ({
      question: `Question ${count} ${index}?`,
      answer: Array.from({ length: 400 }, (_, word) => `word${word}`).join(' '),
    }))
    let statements = 0
    await test.database.transaction(scope.organizationId, async (transaction) => {
      const counted = transaction.withPlugin({
        transformQuery({ node }) {
          statements++
          return node
        },
        transformResult: async ({ result }) => result,
      }) as Work
      await importKnowledge(counted, { ...scope, createdBy: null, at: AT, generateId: createIdGenerator() }, entries)
    })
    return statements
  }
  expect(await statementsOf(60)).toBe(await statementsOf(2))
})
