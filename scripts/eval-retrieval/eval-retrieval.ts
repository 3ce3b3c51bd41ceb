import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { createDatabase } from '../../reference-server/src/database/index.js'
import { createKnowledgeRetriever } from '../../reference-server/src/knowledge/create-knowledge-retriever.js'
import { fillKnowledge, type TestDocument } from '../../reference-server/src/knowledge/testing/fill-knowledge.js'
import { createTenant } from '../../reference-server/src/testing/create-tenant.js'

/**
 * How good the search in knowledge is, on data that is at hand: `npm run eval-retrieval -- --data DIR`. Documents and
 * questions are read from the folder, and none of it is kept. `--database URL` runs it on a Postgres instead of PGlite.
 */
const argument = (name: string) => {
  const place = process.argv.indexOf(`--${name}`)
  return place < 0 ? undefined : process.argv[place + 1]
}

interface Question {
  text: string
  expected: readonly string[]
}

interface Row {
  set: string
  documents: number
  chunks: number
  questions: number
  hit1: number
  hit3: number
  mrr: number
  p50: number
  p95: number
}

const data = argument('data')
if (data === undefined) throw new Error('--data DIR: where the data sets are.')
const url = argument('database')
const lines = <T>(name: string): T[] | undefined => {
  const path = join(data, name)
  if (!existsSync(path)) return undefined
  const text = readFileSync(path, 'utf8').trim()
  return text.split('\n').map((line) => JSON.parse(line) as T)
}

const database = createDatabase(url === undefined ? { memory: true } : { url })
await database.migrate()

async function measure(set: string, documents: TestDocument[], questions: Question[]): Promise<Row> {
  const tenant = await createTenant(database)
  const { organizationId } = tenant
  const widgetId = (await tenant.addVisitor()).widgetId
  await database.of(organizationId).deleteFrom('knowledge_entries').execute()
  const ids = await fillKnowledge(database, { organizationId, widgetId }, documents)
  const retriever = createKnowledgeRetriever({ database, organizationId, widgetId })
  const times: number[] = []
  const ranks: number[] = []
  for (const { text, expected } of questions) {
    const start = performance.now()
    const { hits } = await retriever.search({ query: text, lang: 'en', k: 10 })
    times.push(performance.now() - start)
    const place = hits.findIndex(({ documentId }) => expected.includes(ids.get(documentId) ?? ''))
    ranks.push(place < 0 ? Number.POSITIVE_INFINITY : place + 1)
  }
  times.sort((one, other) => one - other)
  const share = (k: number) => ranks.filter((rank) => rank <= k).length / ranks.length
  const chunks = await database
    .of(organizationId)
    .selectFrom('knowledge_chunks')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('widget_id', '=', widgetId)
    .executeTakeFirstOrThrow()
  return {
    ...{ set, documents: documents.length, chunks: Number(chunks.count), questions: questions.length },
    ...{ hit1: share(1), hit3: share(3), mrr: ranks.reduce((sum, rank) => sum + 1 / rank, 0) / ranks.length },
    ...{ p50: times[Math.floor(times.length * 0.5)] ?? 0, p95: times[Math.floor(times.length * 0.95)] ?? 0 },
  }
}

const rows: Row[] = []
const articles = lines<{ id: string; title: string; body: string }>('wixqa-articles.jsonl')
const wixQuestions = lines<{ question: string; articleIds: string[] }>('wixqa-questions.jsonl')?.map((line) => ({
  text: line.question,
  expected: line.articleIds,
}))
if (articles && wixQuestions) {
  const documents = articles.map(({ id, title, body }) => ({ id, question: title, answer: body }))
  rows.push(await measure('WixQA', documents, wixQuestions))
  // As many chunks as a large knowledge base has: the same articles, each several times, in words that differ a little.
  const copies = Array.from({ length: Number(argument('copies') ?? 0) }, (_, copy) =>
    documents.map((document) => ({ ...document, answer: document.answer.replace(/\b([a-z]{5})\b/g, `$1${copy}`) })),
  )
  if (copies.length > 0) rows.push(await measure(`WixQA × ${copies.length}`, copies.flat(), wixQuestions))
}
const intents = lines<{ id: string; phrasings: string[] }>('banking77-faq.jsonl')
const bankQuestions = lines<{ question: string; id: string }>('banking77-questions.jsonl')
if (intents && bankQuestions) {
  const documents = intents.map(({ id, phrasings: [question = '', ...phrasings] }) => ({ id, question, phrasings }))
  const questions = bankQuestions.map(({ question, id }) => ({ text: question, expected: [id] }))
  rows.push(await measure('BANKING77 FAQ, 10 phrasings', documents, questions))
}
await database.close()

const percent = (share: number) => share.toFixed(3)
console.log(
  '| set | documents | chunks | questions | hit@1 | hit@3 | MRR@10 | p50 ms | p95 ms |\n| --- | --- | --- | --- | --- | --- | --- | --- | --- |',
)
for (const row of rows) {
  const { set, documents, chunks, questions, hit1, hit3, mrr, p50, p95 } = row
  const figures = [percent(hit1), percent(hit3), percent(mrr), p50.toFixed(1), p95.toFixed(1)]
  console.log(`| ${[set, documents, chunks, questions, ...figures].join(' | ')} |`)
}
