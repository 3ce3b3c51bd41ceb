import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTenant, type Tenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { candidatesFor } from './correct-query.js'
import { nearestWord } from './correct-words.js'
import { createKnowledgeRetriever } from './create-knowledge-retriever.js'
import { deleteKnowledgeEntry, updateKnowledgeEntry } from './knowledge.js'
import { reindexKnowledge } from './reindex.js'
import { fillKnowledge, type TestDocument } from './testing/fill-knowledge.js'

const AT = new Date('2026-01-02T00:00:00.000Z')

const DOCUMENTS: TestDocument[] = [
  {
    ...{
      id: 'delivery',
      question: 'Do you deliver?',
      phrasings: ['How long does shipping take?', 'Where is my parcel?'],
    },
    answer: 'We deliver within three days. Parcels are tracked.',
  },
  { id: 'refund', question: 'How do I get a refund?', answer: 'Refunds are made within 30 days, by form GST-REG-06.' },
  { id: 'hours', question: 'When are you open?', answer: 'From nine to five. Write to help@acme.test.' },
  { id: 'hinglish', question: 'Paise wapas kaise milenge?', answer: 'Tees din mein.', language: 'hi-Latn' },
  { id: 'hindi', question: 'कंपनी पंजीकरण कैसे करें?', answer: 'पंजीकरण के लिए हमें लिखें।', language: 'hi' },
  { id: 'chinese', question: '如何取消订阅', answer: '在设置中取消。', language: 'zh' },
  { id: 'french', question: 'Où êtes-vous situés ?', answer: 'À Paris, près de la gare.', language: 'fr' },
]

describe.each(TEST_DATABASES)('the search in knowledge on %s', (kind) => {
  let test: TestDatabase
  let tenant: Tenant
  let widgetId: string
  let names: Map<string, string>
  const scope = () => ({ organizationId: tenant.organizationId, widgetId })
  const idOf = (name: string) => [...names].find(([, known]) => known === name)?.[0] ?? ''
  const search = (query: string, lang?: string) =>
    createKnowledgeRetriever({ database: test.database, ...scope() }).search({ query, ...(lang ? { lang } : {}) })
  const found = async (query: string, lang?: string) =>
    (await search(query, lang)).hits.map(({ documentId }) => names.get(documentId))
  const change = (name: string, changes: object) =>
    test.database.transaction(tenant.organizationId, (transaction) =>
      updateKnowledgeEntry(
        transaction,
        { organizationId: tenant.organizationId, entryId: idOf(name), changedBy: null, at: AT },
        changes,
      ),
    )
  const rowsOf = async (table: string) => {
    const { rows } = await sql<Record<string, unknown>>`
      select t.* from ${sql.table(table)} t where widget_id = ${widgetId}::uuid order by t::text`.execute(
      test.database.system,
    )
    return rows
  }

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    tenant = await createTenant(test.database)
    widgetId = (await tenant.addVisitor()).widgetId
    await test.database.of(tenant.organizationId).deleteFrom('knowledge_entries').execute()
    names = await fillKnowledge(test.database, scope(), DOCUMENTS)
  })

  it.each([
    ['Can I have my money refunded?', 'refund'],
    ['how long does shipping take', 'delivery'],
    ['parcle', 'delivery'],
    ['verry late delliver', 'delivery'],
    ['form gst-reg-06', 'refund'],
    ['who reads help@acme.test?', 'hours'],
    ['paise wapas', 'hinglish'],
    ['पंजीकरण', 'hindi'],
    ['取消订阅', 'chinese'],
    ['pres de la GARE', 'french'],
  ])('finds what %j asks for', async (query, name) => {
    expect((await found(query))[0]).toBe(name)
  })

  it.each([[''], ['?!'], ['how are you'], ['blockchain'], ["'; drop table knowledge_entries; --"]])(
    'finds nothing by %j',
    async (query) => {
      expect(await found(query, 'en')).toEqual([])
    },
  )

  it('says of a hit where it is from and how sure it may be', async () => {
    const { hits, ms } = await search('refund within 30 days', 'en')
    const [first] = hits
    expect(first).toMatchObject({ documentId: idOf('refund'), chunkId: `${idOf('refund')}.0`, url: null })
    expect(first).toMatchObject({ title: 'How do I get a refund?', text: expect.stringContaining('30 days') })
    expect(first?.features).toMatchObject({ idfCoverage: 1, terms: 4 })
    expect(ms).toBeGreaterThan(0)
    for (const { features, score } of hits) {
      for (const share of [features.idfCoverage, features.titleCoverage, features.scoreShare, features.margin])
        expect(share).toSatisfy((value: number) => value >= 0 && value <= 1)
      expect(score).toBeLessThanOrEqual(first?.score ?? 0)
    }
    const [half] = (await search('refund blockchain', 'en')).hits
    expect(half?.features.idfCoverage).toBeLessThan(1)
    expect(half?.features.titleCoverage).toBeGreaterThan(0)
  })

  it('follows each change: what is changed, off, a draft or gone', async () => {
    await change('hours', { answer: 'We close for Diwali.' })
    expect(await found('diwali')).toEqual(['hours'])
    expect(await found('nine to five', 'en')).toEqual([])
    await change('hours', { enabled: false })
    expect(await found('diwali')).toEqual([])
    await change('hours', { enabled: true, published: false })
    expect(await found('diwali')).toEqual([])
    await change('hours', { published: true })
    expect(await found('diwali')).toEqual(['hours'])
    await test.database.transaction(tenant.organizationId, (transaction) =>
      deleteKnowledgeEntry(transaction, { organizationId: tenant.organizationId, entryId: idOf('hours') }),
    )
    expect(await found('diwali')).toEqual([])
  })

  it('counts what stands there, whatever came and went', async () => {
    const tables = ['knowledge_words', 'knowledge_totals', 'knowledge_lexemes']
    const read = () => Promise.all(tables.map(rowsOf))
    const before = await read()
    await change('delivery', { answer: 'Something else entirely.' })
    expect(await read()).not.toEqual(before)
    await change('delivery', { answer: DOCUMENTS[0]?.answer })
    expect(await read()).toEqual(before)
    await test.database.of(tenant.organizationId).deleteFrom('knowledge_entries').execute()
    const [words, totals, lexemes] = await read()
    expect({ words, lexemes }).toEqual({ words: [], lexemes: [] })
    expect(totals?.every((row) => row.chunks === 0 && row.words === 0)).toBe(true)
  })

  it('is lost by none of those who change many entries at the same time', async () => {
    const texts = ['zebra one', 'zebra two', 'zebra three', 'zebra four']
    const changed = ['delivery', 'refund', 'hours', 'french']
    await Promise.all(changed.map((name, index) => change(name, { answer: texts[index] })))
    expect((await found('zebra')).sort()).toEqual([...changed].sort())
    const words = await rowsOf('knowledge_words')
    expect(words.find(({ word }) => word === 'zebra')).toMatchObject({ chunks: 4 })
  })

  it('indexes when a server starts what has an index of an older form, and nothing else', async () => {
    const { database } = test
    await database.system.deleteFrom('knowledge_chunks').where('widget_id', '=', widgetId).execute()
    await reindexKnowledge(database)
    expect(await found('parcel')).toEqual([])
    await database.system.updateTable('knowledge_entries').set({ indexed_as: 0 }).execute()
    await reindexKnowledge(database)
    expect(await found('parcel')).toEqual(['delivery'])
  })

  it('threat 69: neither a text, nor a word, nor a count of another organization or widget shows', async () => {
    const before = await search('parcel refund zanzibar', 'en')
    const other = await createTenant(test.database)
    const otherWidget = (await other.addVisitor()).widgetId
    const sibling = await test.database
      .of(tenant.organizationId)
      .selectFrom('widgets')
      .selectAll()
      .executeTakeFirstOrThrow()
    const siblingId = '01900000-0000-7000-8000-0000000000aa'.replace('aa', tenant.organizationId.slice(-2))
    await test.database.system
      .insertInto('widgets')
      .values({
        ...sibling,
        id: siblingId,
        key: `wk_${siblingId}`,
        settings: JSON.stringify(sibling.settings),
        follow_up: null,
        assistant_policy: null,
      })
      .execute()
    const canaries = Array.from({ length: 30 }, (_, index) => ({
      ...{ id: `canary ${index}`, question: 'zanzibar canary parcel', answer: 'CANARY zanzibar refund' },
    }))
    await fillKnowledge(test.database, { organizationId: other.organizationId, widgetId: otherWidget }, canaries)
    await fillKnowledge(test.database, { organizationId: tenant.organizationId, widgetId: siblingId }, canaries)
    const after = await search('parcel refund zanzibar', 'en')
    expect(after.hits).toEqual(before.hits)
    // Nor is a mistyped word taken for one of theirs.
    expect(await found('zanzibarr')).toEqual([])
    const stolen = createKnowledgeRetriever({
      ...{ database: test.database, organizationId: tenant.organizationId, widgetId: otherWidget },
    })
    expect((await stolen.search({ query: 'zanzibar' })).hits).toEqual([])
  })

  it('takes a question for an entry’s own wording only with the same numbers', async () => {
    const entry = { id: 'form', question: 'What is the fee for form 1040?', answer: 'It is 20 rupees.' }
    await fillKnowledge(test.database, scope(), [entry])
    const isItsWording = async (query: string) => (await search(query, 'en')).hits[0]?.features.isItsWording
    expect(await isItsWording('what is the fee for form 1040')).toBe(true)
    expect(await isItsWording('What is the fee for form 1099?')).toBe(false)
  })

  it('reads a question in a language that it does not know alike, whatever languages entries are in', async () => {
    const question = 'Où est-ce que je peux trouver la gare'
    const termsOf = async (lang: string) => (await search(question, lang)).hits[0]?.features.terms
    // An entry in Chinese is there, which has no dictionary.
    expect(await termsOf('unknown')).toBe(await termsOf('fr'))
  })

  it('compares a mistyped word with a few hundred known ones at most, those like it before all others', async () => {
    const known = Array.from(
      { length: 400 },
      (_, index) => `confide${'bcdfghjklmnpqrstvwxyz'[index % 20]}${'abcdefghijklmnopqrst'[Math.floor(index / 20)]}n`,
    )
    await fillKnowledge(test.database, scope(), [
      { id: 'many', question: 'Many', answer: `${known.join(' ')} configuration cancelled` },
    ])
    const candidates = await candidatesFor(test.database.of(tenant.organizationId), scope(), [
      'confidxxxn',
      'configurtaion',
      'cnacelled',
    ])
    expect([...candidates.values()].map(({ length }) => length)).toEqual([300, expect.any(Number), expect.any(Number)])
    // A slip after the first two letters, and one in them.
    for (const [slip, meant] of [
      ['configurtaion', 'configuration'],
      ['cnacelled', 'cancelled'],
    ] as const)
      expect(nearestWord(slip, candidates.get(slip) ?? [])).toBe(meant)
  })
})
