import { expect, it } from 'vitest'
import { createKnowledgeEntry, deleteKnowledgeEntry, updateKnowledgeEntry } from '../../knowledge/knowledge.js'
import { fillTenant } from '../../testing/fill-tenant.js'
import { createTestDatabase } from '../../testing/test-database.js'
import { noteSources } from './note-sources.js'

// PGlite has one connection: there nobody can hold an entry meanwhile.
it('an answer is kept while somebody changes an entry that it rests on, and deletes another', async () => {
  const test = await createTestDatabase('Postgres')
  try {
    const { organizationId, widgetId, conversationId, entryId, now } = await fillTenant(test.database)
    const query = test.database.of(organizationId)
    const [changed, deleted, gone] = [entryId, crypto.randomUUID(), crypto.randomUUID()]
    await test.database.transaction(organizationId, (transaction) =>
      createKnowledgeEntry(
        transaction,
        { organizationId, widgetId, entryId: deleted, createdBy: null, at: now.value },
        { question: 'Where are you?', answer: 'Here.' },
      ),
    )
    await test.database.transaction(organizationId, async (transaction) => {
      const scope = { organizationId, changedBy: null, at: now.value }
      await updateKnowledgeEntry(transaction, { ...scope, entryId: changed }, { answer: 'From ten to four.' })
      await deleteKnowledgeEntry(transaction, { ...scope, entryId: deleted })
      await test.database.transaction(organizationId, (other) =>
        noteSources(other, {
          ...{ organizationId, conversationId, seq: 4, sources: [changed, deleted, gone], confidence: 0.5 },
        }),
      )
    })
    const rows = await query
      .selectFrom('answer_sources')
      .select(['place', 'knowledge_entry_id', 'confidence'])
      .where('seq', '=', 4)
      .orderBy('place')
      .execute()
    expect(rows.map((row) => [row.place, row.knowledge_entry_id, row.confidence])).toEqual([
      [1, changed, 0.5],
      [2, null, 0.5],
      [3, null, 0.5],
    ])
  } finally {
    await test.drop()
  }
})
