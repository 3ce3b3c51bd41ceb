import pg from 'pg'
import type { EmbeddingProvider } from '../../../reference-server/src/assistant/embeddings/embedding-provider.js'
import { createMeaningSearches } from '../../../reference-server/src/assistant/embeddings/meaning-search.js'
import { createWidgetRetriever } from '../../../reference-server/src/assistant/widget-retriever.js'
import { DEFAULT_BUDGETS } from '../../../reference-server/src/assistant/writing/usage-budgets.js'
import { createUsageMeter } from '../../../reference-server/src/assistant/writing/usage-meter.js'
import { type Database, createDatabase as openDatabase } from '../../../reference-server/src/database/index.js'
import { fillKnowledge } from '../../../reference-server/src/knowledge/testing/fill-knowledge.js'
import { keepVectors } from '../../../reference-server/src/knowledge/vectors/keep-vectors.js'
import { takeChunks } from '../../../reference-server/src/knowledge/vectors/take-chunks.js'
import { createIdGenerator } from '../../../reference-server/src/platform/ids.js'
import { systemClock } from '../../../reference-server/src/realtime/index.js'
import { createTenant } from '../../../reference-server/src/testing/create-tenant.js'
import { createDatabase } from '../../test-environment/create-database.js'
import { providePostgres } from '../../test-environment/provide-postgres.js'
import type { Row } from '../row.js'
import { collectPlans } from '../show-plans.js'
import { quantile } from '../statistics.js'
import { makeCorpus } from './make-corpus.js'

const DATABASE = 'retrieval'
/** Of which about 5,000 chunks are made. */
const ENTRIES = 3_570
const DIMENSIONS = 1_536
/** What a turn may wait for its search, in milliseconds. */
const GOAL_MS = 50
/** What meaning may add, where the words are not sure, to the time that the model takes. */
const MEANING_GOAL_MS = 100

/** How much is measured, and whether the plan of the main statement is printed. */
export interface RetrievalEffort {
  rounds: number
  questions: number
  plans: boolean
}

/** What a turn of the assistant waits for its search in 5,000 chunks: the 95th of a hundred, beside the one in the middle. */
export async function retrievalRows({ rounds, questions: asked, plans }: RetrievalEffort): Promise<Row[]> {
  const postgres = await providePostgres({ durable: true })
  const url = await createDatabase(postgres.url, DATABASE)
  const database = openDatabase({ url })
  const collected = plans ? await collectPlans(postgres.url, DATABASE) : undefined
  try {
    await database.migrate()
    const own = await addKnowledge(database, ENTRIES, 1)
    await addKnowledge(database, ENTRIES / 5, 2)
    await vacuum(url)
    const chunks = await countChunks(database, own.organizationId)
    const { questions } = makeCorpus({ entries: ENTRIES, asked, seed: 1 })
    const retriever = createWidgetRetriever({ database, ...own })
    const byWords = (query: string) => retriever.search({ query, lang: 'en', k: 5 })
    const rows: Row[] = []
    const measure = async (
      { name, goalMs }: { name: string; goalMs: number },
      list: readonly string[],
      ask: (question: string) => Promise<unknown>,
    ) => {
      const figures: number[] = []
      const baselines: number[] = []
      for (let round = -1; round < rounds; round++) {
        const times: number[] = []
        for (const question of list) {
          const begun = performance.now()
          await ask(question)
          times.push(performance.now() - begun)
        }
        // The first round warms caches and code.
        if (round < 0) continue
        figures.push(quantile(times, 0.95))
        baselines.push(quantile(times, 0.5))
      }
      const row = { name: `search in ${chunks} chunks, ${name}, p95`, unit: 'ms' as const, figures, baselines }
      rows.push({ ...row, baselineName: 'p50', goal: { figureAtMost: goalMs } })
    }
    for (const [name, list] of Object.entries(questions)) await measure({ name, goalMs: GOAL_MS }, list, byWords)
    await addVectors(database)
    const searches = createMeaningSearches(meaningContext(database))
    const near = searches.of({ ...own, conversationId: own.conversationId })
    // The vectors are read once, which a turn does not wait for.
    await near.near('anything', 20)
    await searches.idle()
    const name = 'by meaning, but for the model’s answer'
    await measure({ name, goalMs: MEANING_GOAL_MS }, questions['common words'] ?? [], async (question) => {
      if ((await near.near(question, 20))?.length !== 20) throw new Error('nothing was near')
    })
    if (collected) {
      await collected.begin()
      for (const [name, [question = '']] of Object.entries(questions)) {
        await byWords(question)
        collected.take()
        await byWords(question)
        const main = collected.take().filter((plan) => plan.includes('with found as materialized'))
        console.log(`\n===== ${name}: ${question}\n${main.join('\n')}`)
      }
    }
    return rows
  } finally {
    await database.close()
    await postgres.stop()
  }
}

async function addKnowledge(database: Database, entries: number, seed: number) {
  const tenant = await createTenant(database)
  const { organizationId } = tenant
  const visitor = await tenant.addVisitor()
  const { widgetId } = visitor
  await database.of(organizationId).deleteFrom('knowledge_entries').execute()
  await database.of(organizationId).updateTable('widgets').set({ assistant: true }).execute()
  await fillKnowledge(database, { organizationId, widgetId }, makeCorpus({ entries, asked: 0, seed }).documents)
  return { organizationId, widgetId, conversationId: await tenant.addConversation(visitor) }
}

/** As a server does by itself in time. */
async function vacuum(url: string): Promise<void> {
  const client = new pg.Client(url)
  await client.connect()
  await client.query('vacuum analyze')
  await client.end()
}

async function countChunks(database: Database, organizationId: string): Promise<number> {
  const { chunks } = await database
    .of(organizationId)
    .selectFrom('knowledge_chunks')
    .select(({ fn }) => fn.countAll<string>().as('chunks'))
    .executeTakeFirstOrThrow()
  return Number(chunks)
}

/** Vectors of no meaning: comparing them takes as long. */
async function addVectors(database: Database): Promise<void> {
  for (;;) {
    const taken = await takeChunks(database, { model: 'bench', now: new Date() })
    if (taken.length === 0) return
    for (const organizationId of new Set(taken.map((chunk) => chunk.organizationId)))
      await keepVectors(
        database,
        organizationId,
        taken.filter((chunk) => chunk.organizationId === organizationId).map(({ id }) => ({ id, vector: anyVector() })),
      )
  }
}

function anyVector(): Float32Array {
  const length = Math.sqrt(DIMENSIONS / 3)
  return Float32Array.from({ length: DIMENSIONS }, () => (2 * Math.random() - 1) / length)
}

function meaningContext(database: Database) {
  const provider: EmbeddingProvider = {
    ...{ model: 'bench', state: 'ready' },
    embed: async (texts) => ({
      ...{ kind: 'vectors', vectors: texts.map(anyVector), usage: { promptTokens: 1, estimated: false } },
    }),
  }
  const unspent = { ...DEFAULT_BUDGETS, perConversation: Number.MAX_SAFE_INTEGER, perDay: Number.MAX_SAFE_INTEGER }
  return {
    ...{ database, provider, timers: systemClock, now: systemClock.now, atLeast: null },
    meter: createUsageMeter({ database, clock: () => new Date(), generateId: createIdGenerator(), budgets: unspent }),
    logger: { debug() {}, info() {}, warn: console.error, error: console.error },
  }
}
