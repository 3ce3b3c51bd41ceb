import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { evaluate } from './evaluate.js'
import { GOLDEN } from './golden.js'
import { readFolder } from './read-folder.js'
import { asMarkdown } from './report.js'
import { RETRIEVERS } from './retrievers.js'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'eval-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

function write(name: string, ...rows: object[]): void {
  writeFileSync(join(folder, name), rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
}

const retriever = RETRIEVERS.js as NonNullable<(typeof RETRIEVERS)['js']>

it('tells what a file holds by its fields, and what belongs together by its name', () => {
  write('shop-articles.jsonl', { id: 'a', title: 'Refunds', body: 'You get your money back.' })
  write(
    'shop-questions.jsonl',
    { question: 'money back?', articleIds: ['a'] },
    { question: 'who are you?', articleIds: [] },
  )
  write('bank-faq.jsonl', { id: 'card', phrasings: ['lost card'] })
  write('bank-questions.jsonl', { question: 'my card is lost', id: 'card' })
  write('small-train.jsonl', { intent: 'open', texts: ['open it', 'opening'] })
  write('small-val.jsonl', { intent: 'oos', text: 'why' })
  write('people-lines.jsonl', { text: 'call me', human: true }, { text: 'hello', human: false })
  write('talk-intents.jsonl', { text: 'an agent', intent: 'contact_human_agent' }, { text: 'pay', intent: 'pay' })
  write('mood.jsonl', { text: 'bad', score: -2 })
  write('red-team.jsonl', { case_id: 'R', input: 'x', must_not: ['y'], injection_location: 'retrieved_document' })
  const data = readFolder(folder)
  expect(data.knowledge).toMatchObject([
    { name: 'shop', documents: [{ id: 'a' }], questions: [{ documentIds: ['a'] }, { documentIds: [] }] },
  ])
  expect(data.faqs).toEqual([
    {
      name: 'bank',
      entries: [{ id: 'card', phrasings: ['lost card'] }],
      questions: [{ query: 'my card is lost', id: 'card' }],
    },
  ])
  expect(data.intents).toMatchObject([
    { name: 'small', train: [{ text: 'open it' }, { text: 'opening' }], validation: [{ intent: 'oos' }], test: [] },
  ])
  expect(data.humanRequests).toEqual([
    { name: 'talk', asking: ['an agent'], others: ['pay'] },
    { name: 'people', asking: ['call me'], others: ['hello'] },
  ])
  expect(data.sentiments).toEqual([{ name: 'mood', rows: [{ text: 'bad', score: -2 }] }])
  expect(data.redTeam).toEqual([
    { name: 'red', cases: [{ id: 'R', input: 'x', place: 'retrieved_document', mustNot: ['y'] }] },
  ])
})

it('measures what is there, and is not passed where a target is missed', async () => {
  write(
    'wixqa-articles.jsonl',
    { id: 'a', title: 'Refunds', body: 'money back' },
    { id: 'b', title: 'Opening hours', body: 'nine to five' },
  )
  write(
    'wixqa-questions.jsonl',
    { question: 'money back', articleIds: ['a'] },
    { question: 'money back', articleIds: ['b'] },
  )
  const { evaluation } = await evaluate(readFolder(folder), retriever)
  expect(evaluation.retrieval).toMatchObject({
    questions: 2,
    'hit@1': 0.5,
    'hit@3': 0.5,
    mrr: 0.5,
    sets: { wixqa: { 'hit@1': 0.5 } },
  })
  expect(evaluation.passed).toBe(false)
  expect(asMarkdown(evaluation)).toContain(
    '| retrieval | wixqa | hit@1 | 0.5 | TF-IDF .613, keyword .369 | ≥ 0.7 | **no** |',
  )
  expect(evaluation).not.toHaveProperty('sentiment')
})

it('our own questions, requests, moods and attacks meet what is asked of them', async () => {
  const { evaluation } = await evaluate(GOLDEN, retriever)
  expect(evaluation.rows.filter(({ met }) => met === false)).toEqual([])
  expect(evaluation.passed).toBe(true)
})
