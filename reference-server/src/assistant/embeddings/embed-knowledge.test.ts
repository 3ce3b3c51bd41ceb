import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { deleteKnowledgeEntry, updateKnowledgeEntry } from '../../knowledge/knowledge.js'
import { reindexKnowledge } from '../../knowledge/reindex.js'
import { fillKnowledge } from '../../knowledge/testing/fill-knowledge.js'
import { vectorOf } from '../../knowledge/vectors/keep-vectors.js'
import { createIdGenerator } from '../../platform/ids.js'
import { silentLogger } from '../../platform/logger.js'
import { createManualClock } from '../../realtime/testing/manual-clock.js'
import { createTenant, type Tenant } from '../../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { json, meaningOf, meansIt, textsOf, vectorsOf } from '../testing/embedding-scripts.js'
import { type ModelStub, startModelStub } from '../testing/model-stub.js'
import { saveModelSwitch } from '../writing/model-switch.js'
import { DEFAULT_BUDGETS } from '../writing/usage-budgets.js'
import { createUsageMeter } from '../writing/usage-meter.js'
import { createKnowledgeEmbedding } from './embed-knowledge.js'
import type { EmbeddingProvider } from './embedding-provider.js'
import { createOpenAiEmbeddings } from './openai-embeddings.js'

const DAY_MS = 24 * 3_600_000
const ENTRIES = [
  {
    ...{ id: 'refund', question: 'How do I get a refund?', phrasings: ['Can I be reimbursed?'] },
    answer: 'Refunds are made within 30 days. Ask asha@acme.test.',
  },
  { id: 'parcel', question: 'Do you deliver?', answer: 'We deliver within three days.' },
]

describe.each(TEST_DATABASES)('vectors of knowledge on %s', (kind) => {
  let test: TestDatabase
  let stub: ModelStub
  let tenant: Tenant
  let widgetId: string
  let names: Map<string, string>
  let now: Date

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    stub = await startModelStub()
    stub.otherwise(meansIt)
    now = new Date('2026-01-01T10:00:00.000Z')
    await test.database.system.deleteFrom('organizations').execute()
    tenant = await createTenant(test.database)
    widgetId = (await tenant.addVisitor()).widgetId
    await test.database.of(tenant.organizationId).deleteFrom('knowledge_entries').execute()
    names = await fillKnowledge(test.database, scope(), ENTRIES)
    await giveAssistant(true)
  })
  afterEach(() => stub.close())

  const scope = () => ({ organizationId: tenant.organizationId, widgetId })
  const idOf = (name: string) => [...names].find(([, known]) => known === name)?.[0] ?? ''
  const giveAssistant = (assistant: boolean, id = widgetId) =>
    test.database.system.updateTable('widgets').set({ assistant }).where('id', '=', id).execute()
  const create = ({
    model = 'small',
    perDay = DEFAULT_BUDGETS.perDay,
    provider,
  }: {
    model?: string
    perDay?: number
    provider?: EmbeddingProvider
  } = {}) =>
    createKnowledgeEmbedding({
      ...{ database: test.database, clock: () => now, logger: silentLogger },
      provider:
        provider ??
        createOpenAiEmbeddings({
          ...{ baseUrl: stub.baseUrl, apiKey: null, model, fetch, clock: createManualClock() },
        }),
      meter: createUsageMeter({
        ...{ database: test.database, clock: () => now, generateId: createIdGenerator() },
        budgets: { ...DEFAULT_BUDGETS, perDay },
      }),
    })
  const sweep = (options = {}) => create(options).sweep()
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms)
  }
  const rows = () =>
    test.database.system
      .selectFrom('knowledge_vectors')
      .select(['organization_id', 'widget_id', 'entry_id', 'place', 'model', 'vector', 'attempts', 'next_at'])
      .orderBy('entry_id')
      .orderBy('place')
      .orderBy('model')
      .execute()
  /** Entries that have vectors, by their names, and the model of each. */
  const made = async () =>
    (await rows())
      .filter(({ vector }) => vector !== null)
      .map(({ entry_id, model }) => `${names.get(entry_id) ?? entry_id} ${model}`)
  const texts = () => stub.requests.flatMap((request) => textsOf(request))
  const usage = async () => {
    const { rows: used } = await sql<Record<string, unknown>>`
      select organization_id, conversation_id, provider, model, prompt_tokens, completion_tokens, estimated, outcome, code
      from assistant_usage order by begun_at, id`.execute(test.database.system)
    return used
  }
  const change = (name: string, changes: object) =>
    test.database.transaction(tenant.organizationId, (transaction) =>
      updateKnowledgeEntry(
        transaction,
        { organizationId: tenant.organizationId, entryId: idOf(name), changedBy: null, at: now },
        changes,
      ),
    )

  it('[B16] are made once of what is published, without personal data, and are of the day’s budget', async () => {
    await sweep()
    await sweep()
    expect(await made()).toEqual(['refund small', 'parcel small'])
    expect(stub.requests).toHaveLength(1)
    expect(texts()[0]).toMatch(/^How do I get a refund\? Can I be reimbursed\? Refunds are made within 30 days\./)
    expect(stub.requests[0]?.raw).not.toContain('asha@acme.test')
    const [first] = await rows()
    expect(first).toMatchObject({ organization_id: tenant.organizationId, widget_id: widgetId, place: 0 })
    expect(Buffer.from(first?.vector ?? '')).toHaveLength(4 * meaningOf('').length)
    expect(await usage()).toEqual([
      {
        ...{
          organization_id: tenant.organizationId,
          conversation_id: null,
          provider: 'openai-compatible',
          model: 'small',
        },
        ...{ prompt_tokens: 7, completion_tokens: 0, estimated: false, outcome: 'embedded', code: null },
      },
    ])
  })

  it('[B16] go with each change of their entry, and are made anew of what it says then', async () => {
    await sweep()
    await change('refund', { answer: 'No.' })
    expect(await made()).toEqual(['parcel small'])
    await change('parcel', { published: false })
    expect(await rows()).toEqual([])
    await sweep()
    expect(await made()).toEqual(['refund small'])
    expect(texts().at(-1)).toMatch(/No\.$/)
    await change('refund', { enabled: false })
    expect(await rows()).toEqual([])
    await change('refund', { enabled: true })
    await sweep()
    await test.database.transaction(tenant.organizationId, (transaction) =>
      deleteKnowledgeEntry(transaction, { organizationId: tenant.organizationId, entryId: idOf('refund') }),
    )
    expect(await rows()).toEqual([])
    await change('parcel', { published: true })
    await sweep()
    expect(await made()).toEqual(['parcel small'])
    await test.database.system.updateTable('knowledge_entries').set({ indexed_as: 0 }).execute()
    await reindexKnowledge(test.database)
    expect(await rows()).toEqual([])
    await sweep()
    expect(await made()).toEqual(['parcel small'])
    await test.database.system.deleteFrom('organizations').execute()
    expect(await rows()).toEqual([])
  })

  it('[B16] are not kept of what was changed while they were made', async () => {
    const asked: string[][] = []
    const provider: EmbeddingProvider = {
      ...{ model: 'small', state: 'ready' },
      async embed(given) {
        asked.push([...given])
        if (asked.length === 1) await change('refund', { answer: 'Never.' })
        const vectors = given.map(() => Float32Array.from(asked.length === 1 ? [1, 0] : [0, 1]))
        return { kind: 'vectors', vectors, usage: { promptTokens: 1, estimated: false } }
      },
    }
    await create({ provider }).sweep()
    expect(asked[1]).toEqual([expect.stringMatching(/Never\.$/)])
    const vectors = (await rows()).map(({ entry_id, vector }) => [names.get(entry_id), vector && vectorOf(vector)])
    expect(Object.fromEntries(vectors)).toEqual({
      refund: Float32Array.from([0, 1]),
      parcel: Float32Array.from([1, 0]),
    })
  })

  it('[B16] are made anew by another model; those of the one before go after a day, and none is made twice meanwhile', async () => {
    await sweep()
    await sweep({ model: 'large' })
    await sweep()
    expect(await made()).toEqual(['refund large', 'refund small', 'parcel large', 'parcel small'])
    expect(stub.requests).toHaveLength(2)
    later(DAY_MS + 1)
    await sweep({ model: 'large' })
    // The large ones are as old, and its own.
    expect(await made()).toEqual(['refund large', 'parcel large'])
    expect(stub.requests).toHaveLength(2)
  })

  it('[B12] [B16] are made in widgets that have the assistant, and of no draft', async () => {
    await giveAssistant(false)
    await change('parcel', { published: false })
    await sweep()
    expect(stub.requests).toEqual([])
    await giveAssistant(true)
    await sweep()
    expect(await made()).toEqual(['refund small'])
  })

  it('[B8] [B16] are made of nothing where the organization has models switched off, also of what failed before', async () => {
    const switchTo = (on: boolean) => saveModelSwitch(test.database.system, tenant.organizationId, on)
    await switchTo(false)
    await sweep()
    expect(await rows()).toEqual([])
    await switchTo(true)
    stub.queue(json({}, { status: 500 }))
    await sweep()
    const asked = stub.requests.length
    await switchTo(false)
    later(DAY_MS / 2)
    await sweep()
    expect(stub.requests).toHaveLength(asked)
    await switchTo(true)
    await sweep()
    expect((await made()).sort()).toEqual(['parcel small', 'refund small'])
  })

  it('[B16] a text that a server does not take keeps back no other, and is tried again, later each time', async () => {
    await fillKnowledge(
      test.database,
      scope(),
      Array.from({ length: 20 }, (_, index) => ({ id: `e${index}`, question: `Question ${index}`, answer: 'Yes.' })),
    )
    const refusing = (request: Parameters<typeof meansIt>[0]) =>
      textsOf(request).some((text) => text.startsWith('Do you deliver')) ? json({}, { status: 400 }) : meansIt(request)
    stub.otherwise(refusing)
    await sweep()
    expect(await made()).toHaveLength(21)
    const poison = async () => (await rows()).filter(({ vector }) => vector === null)
    expect(await poison()).toMatchObject([{ attempts: 1, next_at: new Date(now.getTime() + 10_000) }])
    const before = stub.requests.length
    await sweep()
    expect(stub.requests).toHaveLength(before)
    later(10_000)
    await sweep()
    expect(stub.requests).toHaveLength(before + 1)
    expect(await poison()).toMatchObject([{ attempts: 2, next_at: new Date(now.getTime() + 20_000) }])
    later(20_000)
    stub.otherwise(meansIt)
    await sweep()
    expect(await poison()).toEqual([])
  })

  it.each([
    ['an error', json({}, { status: 500 }), 'failed', 'server_error', false],
    ['a page', json('<html>', { type: 'text/html' }), 'failed', 'malformed', true],
    ['too many', json(vectorsOf([[1], [1], [1]])), 'failed', 'malformed', true],
    ['wrong dimensions', json(vectorsOf([[1], [1, 2]])), 'failed', 'malformed', true],
  ])(
    '[B16] of %s nothing is kept; what it may have cost is, and it is tried again',
    async (_name, script, outcome, code, isCharged) => {
      stub.queue(script)
      await sweep()
      expect(await made()).toEqual([])
      const most = texts().reduce((sum, { length }) => sum + Math.ceil(length / 4), 0)
      expect(await usage()).toMatchObject([{ outcome, code, prompt_tokens: isCharged ? most : 0 }])
      await sweep()
      expect(stub.requests).toHaveLength(1)
      later(10_000)
      await sweep()
      expect(await made()).toHaveLength(2)
    },
  )

  it('[B8] [B16] wait for the next day where entries have used up half of one, and hold up no other organization', async () => {
    const other = await createTenant(test.database)
    const { widgetId: otherWidget } = await other.addVisitor()
    await giveAssistant(true, otherWidget)
    const spend = { organization_id: tenant.organizationId, day: '2026-01-01', conversation_id: null, provider: 'p' }
    await test.database.system
      .insertInto('assistant_usage')
      .values({
        ...{ ...spend, id: createIdGenerator()(), model: 'm', prompt_tokens: 500, completion_tokens: 0 },
        ...{ estimated: false, outcome: 'answered', begun_at: now },
      })
      .execute()
    await sweep({ perDay: 1_000 })
    const own = (await rows()).filter(({ organization_id }) => organization_id === tenant.organizationId)
    expect(own.map(({ vector, attempts, next_at }) => ({ vector, attempts, next_at }))).toEqual(
      [1, 2].map(() => ({ vector: null, attempts: 0, next_at: new Date('2026-01-02T00:00:00.000Z') })),
    )
    expect((await made()).length).toBeGreaterThan(0)
    now = new Date('2026-01-02T00:00:00.000Z')
    await sweep({ perDay: 1_000 })
    expect((await rows()).every(({ vector }) => vector !== null)).toBe(true)
  })

  it('[B16] are made once by several nodes, and what one has left is taken up by another', async () => {
    await Promise.all([sweep(), sweep(), sweep()])
    expect(stub.requests).toHaveLength(1)
    expect(await made()).toHaveLength(2)
    await change('refund', { answer: 'Other.' })
    stub.queue({ silent: true, steps: [] })
    const dying = create()
    const swept = dying.sweep()
    await stub.received(2)
    await sweep()
    expect(await made()).toEqual(['parcel small'])
    await dying.close()
    await swept
    later(10_000)
    await sweep()
    expect(await made()).toHaveLength(2)
  })

  it('threat 69: [B16] no request holds texts of two organizations', async () => {
    const other = await createTenant(test.database)
    const { widgetId: otherWidget } = await other.addVisitor()
    await giveAssistant(true, otherWidget)
    await test.database.of(other.organizationId).deleteFrom('knowledge_entries').execute()
    await fillKnowledge(test.database, { organizationId: other.organizationId, widgetId: otherWidget }, [
      { id: 'canary', question: 'CANARY zanzibar', answer: 'Theirs.' },
    ])
    await sweep()
    expect(stub.requests.map((request) => textsOf(request).length).sort()).toEqual([1, 2])
    const mixed = stub.requests.filter(({ raw }) => raw.includes('CANARY') && raw.includes('refund'))
    expect(mixed).toEqual([])
    const seen = await test.database
      .of(tenant.organizationId)
      .selectFrom('knowledge_vectors')
      .select('organization_id')
      .execute()
    expect(new Set(seen.map(({ organization_id }) => organization_id))).toEqual(new Set([tenant.organizationId]))
  })
})
