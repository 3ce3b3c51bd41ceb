import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { updateKnowledgeEntry } from '../../knowledge/knowledge.js'
import { fillKnowledge, type TestDocument } from '../../knowledge/testing/fill-knowledge.js'
import { createIdGenerator } from '../../platform/ids.js'
import { silentLogger } from '../../platform/logger.js'
import { createTenant, type Tenant } from '../../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../../testing/test-database.js'
import { createWatchedClock, type WatchedClock } from '../provider/testing/watched-clock.js'
import { json, meaningOf, meansIt, vectorsOf } from '../testing/embedding-scripts.js'
import { type ModelStub, startModelStub } from '../testing/model-stub.js'
import { saveModelSwitch } from '../writing/model-switch.js'
import { createUsageMeter } from '../writing/usage-meter.js'
import { createKnowledgeEmbedding } from './embed-knowledge.js'
import type { EmbeddingProvider } from './embedding-provider.js'
import { createMeaningSearches, type MeaningSearches } from './meaning-search.js'
import { createOpenAiEmbeddings } from './openai-embeddings.js'

const WAIT_MS = 1_500
const ENTRIES: TestDocument[] = [
  { id: 'refund', question: 'How do I get a refund?', answer: 'Refunds are made within 30 days.' },
  { id: 'parcel', question: 'Do you deliver?', answer: 'We deliver within three days.' },
  { id: 'cake', question: 'Is there cake?', answer: 'On Fridays.' },
]

describe.each(TEST_DATABASES)('the search by meaning on %s', (kind) => {
  let test: TestDatabase
  let stub: ModelStub
  let clock: WatchedClock
  let tenant: Tenant
  let widgetId: string
  let conversationId: string
  let names: Map<string, string>
  let searches: MeaningSearches

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    stub = await startModelStub()
    stub.otherwise(meansIt)
    clock = createWatchedClock()
    await test.database.system.deleteFrom('organizations').execute()
    tenant = await createTenant(test.database)
    const visitor = await tenant.addVisitor()
    widgetId = visitor.widgetId
    conversationId = await tenant.addConversation(visitor)
    await test.database.of(tenant.organizationId).deleteFrom('knowledge_entries').execute()
    names = await fillKnowledge(test.database, scope(), ENTRIES)
    await test.database.system.updateTable('widgets').set({ assistant: true }).execute()
    await embed()
    searches = create()
  })
  afterEach(async () => {
    await searches.idle()
    await stub.close()
  })

  const scope = () => ({ organizationId: tenant.organizationId, widgetId })
  const shared = (budgets = { perConversation: 10_000, perDay: 100_000 }) => ({
    ...{ database: test.database, logger: silentLogger, clock: () => tenant.now.value },
    provider: createOpenAiEmbeddings({ baseUrl: stub.baseUrl, apiKey: null, model: 'small', fetch, clock }),
    meter: createUsageMeter({
      ...{ database: test.database, clock: () => tenant.now.value, generateId: createIdGenerator(), budgets },
    }),
  })
  const embed = () => createKnowledgeEmbedding(shared()).sweep()
  const create = (budgets?: { perConversation: number; perDay: number }) =>
    createMeaningSearches({ ...shared(budgets), now: clock.now, timers: clock, atLeast: null })
  const near = (question: string, most = 5, whose = { ...scope(), conversationId }) =>
    searches.of(whose).near(question, most)
  const found = async (question: string, most = 5) =>
    (await near(question, most))?.map(({ docId, cosine }) => [names.get(docId), Math.round(cosine * 100) / 100])
  const asked = () => stub.requests.slice(1)
  const change = (name: string, changes: object) =>
    test.database.transaction(tenant.organizationId, (transaction) =>
      updateKnowledgeEntry(
        transaction,
        {
          ...{ organizationId: tenant.organizationId, changedBy: null, at: tenant.now.value },
          entryId: [...names].find(([, known]) => known === name)?.[0] ?? '',
        },
        changes,
      ),
    )
  const spent = async () => {
    const { rows } = await sql<Record<string, unknown>>`
      select prompt_tokens, completion_tokens, outcome, code from assistant_usage
      where conversation_id = ${conversationId}::uuid order by begun_at, id`.execute(test.database.system)
    return rows
  }

  it('[B16] finds what means the same in other words, the nearest first, one passage a document', async () => {
    const all = await found('Will I be reimbursed?')
    expect(all?.[0]).toEqual(['refund', 1])
    expect(all?.slice(1).sort()).toEqual([
      ['cake', 0],
      ['parcel', 0],
    ])
    expect(await found('a consignment by courier', 1)).toEqual([['parcel', 1]])
    const [first] = (await near('reimbursed')) ?? []
    expect(first).toMatchObject({
      title: 'How do I get a refund?',
      text: 'Refunds are made within 30 days.',
      url: null,
    })
    expect(first?.chunkId).toBe(`${first?.docId}.0`)
  })

  it('[B6] [B16] tells nobody personal data, and counts what it costs in the conversation’s budget and the day’s', async () => {
    await near('I am asha@acme.test, card 4111 1111 1111 1111: will I be reimbursed?')
    expect(asked()).toHaveLength(1)
    expect(asked()[0]?.raw).not.toMatch(/asha|4111/)
    expect(await spent()).toEqual([{ prompt_tokens: 7, completion_tokens: 0, outcome: 'embedded', code: null }])
    searches = create({ perConversation: 10, perDay: 100_000 })
    expect(await near('Will I be reimbursed?')).toBeNull()
    searches = create({ perConversation: 10_000, perDay: 10 })
    expect(await near('Will I be reimbursed?')).toBeNull()
    expect(asked()).toHaveLength(1)
  })

  it('[B8] [B16] sends no question of an organization that has models switched off', async () => {
    await saveModelSwitch(test.database.system, tenant.organizationId, false)
    expect(await near('Will I be reimbursed?')).toBeNull()
    expect(asked()).toEqual([])
    expect(await spent()).toEqual([])
    await saveModelSwitch(test.database.system, tenant.organizationId, true)
    expect(await found('Will I be reimbursed?', 1)).toEqual([['refund', 1]])
  })

  it('[B16] follows what is published, changed and unpublished, without reading all of it anew', async () => {
    expect((await found('reimbursed', 1))?.[0]).toEqual(['refund', 1])
    await change('refund', { published: false })
    expect((await found('reimbursed'))?.map(([name]) => name).sort()).toEqual(['cake', 'parcel'])
    await change('cake', { question: 'Is the money back?', answer: 'It is.' })
    await embed()
    expect((await found('reimbursed', 1))?.[0]).toEqual(['cake', 1])
  })

  it('[B16] shows nothing that was changed after its vector was read', async () => {
    const provider: EmbeddingProvider = {
      ...{ model: 'small', state: 'ready' },
      async embed() {
        // Between the reading of the vectors and that of what they stand for.
        await change('refund', { answer: 'CHANGED' })
        const vectors = [Float32Array.from(meaningOf('reimbursed'))]
        return { kind: 'vectors', vectors, usage: { promptTokens: 1, estimated: false } }
      },
    }
    searches = createMeaningSearches({ ...shared(), provider, now: clock.now, timers: clock, atLeast: null })
    expect((await found('reimbursed'))?.map(([name]) => name).sort()).toEqual(['cake', 'parcel'])
  })

  it('threat 69: [B16] compares no vector of another organization or widget, whatever it is asked', async () => {
    const other = await createTenant(test.database)
    const theirs = await other.addVisitor()
    await test.database.system.updateTable('widgets').set({ assistant: true }).execute()
    await fillKnowledge(test.database, { organizationId: other.organizationId, widgetId: theirs.widgetId }, [
      { id: 'canary', question: 'zanzibar canary', answer: 'CANARY' },
    ])
    await embed()
    const hits = (await near('zanzibar')) ?? []
    expect(hits.map(({ docId }) => names.get(docId)).sort()).toEqual(['cake', 'parcel', 'refund'])
    expect(JSON.stringify(hits)).not.toContain('CANARY')
    const stolen = { organizationId: tenant.organizationId, widgetId: theirs.widgetId, conversationId }
    expect(await near('zanzibar', 5, stolen)).toBeNull()
    const own = { organizationId: other.organizationId, widgetId: theirs.widgetId }
    const theirSearch = await near('zanzibar', 1, { ...own, conversationId: await other.addConversation(theirs) })
    expect(theirSearch).toMatchObject([{ text: 'CANARY', cosine: expect.closeTo(1) }])
  })

  it('[B16] asks nobody where there is nothing to compare with', async () => {
    await test.database.system.deleteFrom('knowledge_vectors').execute()
    expect(await near('reimbursed')).toBeNull()
    expect(asked()).toEqual([])
    expect(await spent()).toEqual([])
    expect(clock.pending).toBe(0)
  })

  it.each([
    ['an error', json({}, { status: 500 })],
    ['a page', json('<html>', { type: 'text/html' })],
    ['NaN', json('{"data":[{"index":0,"embedding":[NaN,1]}]}')],
    ['too many', json(vectorsOf([[1], [1]]))],
  ])('[B16] says nothing by %s', async (_name, script) => {
    stub.queue(script)
    expect(await near('reimbursed')).toBeNull()
    expect(await spent()).toMatchObject([{ outcome: 'failed' }])
    expect(await found('reimbursed', 1)).toEqual([['refund', 1]])
  })

  it('[B16] finds nothing by a vector with other dimensions than the knowledge has', async () => {
    stub.queue(json(vectorsOf([[1, 0]])))
    expect(await near('reimbursed')).toEqual([])
  })

  it('[B16] waits no longer than a second and a half, and leaves a server alone that is always slow', async () => {
    stub.otherwise({ silent: true, steps: [] })
    for (let time = 1; time <= 5; time++) {
      const waiting = near('reimbursed')
      await stub.received(1 + time)
      clock.advance(WAIT_MS)
      expect(await waiting).toBeNull()
      await searches.idle()
    }
    expect(await spent()).toMatchObject(
      Array.from({ length: 5 }, () => ({ outcome: 'failed', code: 'total_timeout', prompt_tokens: 3 })),
    )
    expect(await near('reimbursed')).toBeNull()
    expect(asked()).toHaveLength(5)
    expect(clock.pending).toBe(0)
  })

  it('[B16] does not wait for vectors either that take long to be read; the next question finds them', async () => {
    let release = () => {}
    let lock: Promise<void> = Promise.resolve()
    await new Promise<void>((locked, failed) => {
      lock = test.database.transaction('system', async (transaction) => {
        await sql`lock table knowledge_vectors in access exclusive mode`.execute(transaction)
        const held = new Promise<void>((resolve) => {
          release = resolve
        })
        locked()
        await held
      })
      lock.catch(failed)
    })
    const waiting = near('reimbursed')
    await clock.armed(WAIT_MS)
    clock.advance(WAIT_MS)
    expect(await waiting).toBeNull()
    release()
    await lock
    await searches.idle()
    expect(asked()).toEqual([])
    expect(await found('reimbursed', 1)).toEqual([['refund', 1]])
  })
})
