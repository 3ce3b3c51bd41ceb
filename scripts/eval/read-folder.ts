import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { LabelledText } from '../../reference-server/src/assistant/classification/text-classifier.js'
import type {
  EvaluationData,
  FaqSet,
  HumanRequestSet,
  IntentSet,
  KnowledgeSet,
  RedTeamCase,
} from './evaluation-data.js'

/** Intents of other people's sets by which a visitor asks for a person, and those that may or may not. */
const ASKING =
  /^(?:contact_human_agent|human_request|human|agent|talk_to_(?:human|agent|person)|speak_to_(?:human|agent|person))$/i
const PERHAPS_ASKING = /^(?:contact_customer_service|customer_service|customer_support|callback|call_me)$/i

interface File {
  /** Without its last part: `wixqa` of `wixqa-questions.jsonl`. */
  name: string
  /** Its last part. */
  part: string
  rows: Record<string, unknown>[]
}

/**
 * Reads a folder of `.jsonl` files. What a file holds is told by the fields of its first row; which belong together, by the beginning of
 * their names:
 *
 * - `{id, title, body}` documents, and `{question, articleIds}` questions about them; `articleIds: []`: nothing answers it
 * - `{id, phrasings}` entries of a FAQ, and `{question, id}` questions about them
 * - `{intent, texts}` or `{text, intent}`: labelled texts; `-train`, `-val` and `-test` at the end of the name say which part
 * - `{text, score}`: moods from -4 to 4 · `{text, human}`: whether a person is asked for · `{input, must_not}`: red team
 */
export function readFolder(folder: string): EvaluationData {
  const files = readdirSync(folder)
    .filter((name) => name.endsWith('.jsonl'))
    .sort()
    .map((name) => readFile(join(folder, name), name))
  const withFields = (...fields: string[]) =>
    files.filter(({ rows: [first] }) => first && fields.every((field) => field in first))
  return {
    knowledge: withFields('id', 'title', 'body').flatMap((file) =>
      knowledgeOf(file, withFields('question', 'articleIds')),
    ),
    faqs: withFields('id', 'phrasings').flatMap((file) => faqOf(file, withFields('question', 'id'))),
    intents: intentSets([...withFields('intent', 'texts'), ...withFields('intent', 'text')]),
    humanRequests: [...humanSets(withFields('intent', 'text')), ...withFields('text', 'human').map(humanSet)],
    sentiments: withFields('text', 'score').map(({ name, rows }) => ({
      name,
      rows: rows.map(({ text, score }) => ({ text: String(text), score: Number(score) })),
    })),
    redTeam: withFields('input', 'must_not').map(({ name, rows }) => ({ name, cases: rows.map(redTeamCase) })),
  }
}

function readFile(path: string, fileName: string): File {
  const [, name = fileName, part = ''] = /^(.*?)(?:-([^-]+))?\.jsonl$/.exec(fileName) ?? []
  const lines = readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.trim() !== '')
  return { name, part, rows: lines.map((line) => JSON.parse(line) as Record<string, unknown>) }
}

/** Of the same name, or the only one there is. */
function partnersOf(file: File, candidates: readonly File[]): File[] {
  const same = candidates.filter(({ name }) => name === file.name)
  return same.length > 0 || candidates.length > 1 ? same : [...candidates]
}

function knowledgeOf(file: File, candidates: readonly File[]): KnowledgeSet[] {
  const rows = partnersOf(file, candidates).flatMap((partner) => partner.rows)
  if (rows.length === 0) return []
  return [
    {
      name: file.name,
      documents: file.rows.map(({ id, title, body }) => ({ id: String(id), title: String(title), body: String(body) })),
      questions: rows.map(({ question, articleIds }) => ({
        query: String(question),
        documentIds: strings(articleIds),
      })),
    },
  ]
}

function faqOf(file: File, candidates: readonly File[]): FaqSet[] {
  const ids = new Set(file.rows.map(({ id }) => id))
  const rows = partnersOf(
    file,
    candidates.filter(({ rows: [first] }) => ids.has(first?.id)),
  ).flatMap((partner) => partner.rows)
  if (rows.length === 0) return []
  return [
    {
      name: file.name,
      entries: file.rows.map(({ id, phrasings }) => ({ id: String(id), phrasings: strings(phrasings) })),
      questions: rows.map(({ question, id }) => ({ query: String(question), id: String(id) })),
    },
  ]
}

function intentSets(files: readonly File[]): IntentSet[] {
  const sets = new Map<string, IntentSet>()
  for (const file of files) {
    const set = sets.get(file.name) ?? { name: file.name, train: [], validation: [], test: [] }
    const part = /^train/.test(file.part) ? 'train' : /^(?:val|dev)/.test(file.part) ? 'validation' : 'test'
    sets.set(file.name, { ...set, [part]: [...set[part], ...file.rows.flatMap(labelledTexts)] })
  }
  return [...sets.values()].filter(
    ({ train, validation, test }) => train.length > 0 && validation.length + test.length > 0,
  )
}

function labelledTexts({ intent, text, texts }: Record<string, unknown>): LabelledText[] {
  return (texts === undefined ? [String(text)] : strings(texts)).map((one) => ({ text: one, intent: String(intent) }))
}

function humanSets(files: readonly File[]): HumanRequestSet[] {
  return files.flatMap(({ name, rows }) => {
    const texts = rows.flatMap(labelledTexts)
    const asking = texts.filter(({ intent }) => ASKING.test(intent)).map(({ text }) => text)
    const others = texts
      .filter(({ intent }) => !ASKING.test(intent) && !PERHAPS_ASKING.test(intent))
      .map(({ text }) => text)
    return asking.length > 0 ? [{ name, asking, others }] : []
  })
}

function humanSet({ name, rows }: File): HumanRequestSet {
  const textsOf = (human: boolean) => rows.filter((row) => Boolean(row.human) === human).map(({ text }) => String(text))
  return { name, asking: textsOf(true), others: textsOf(false) }
}

function redTeamCase(row: Record<string, unknown>): RedTeamCase {
  const place = row.injection_location === 'retrieved_document' ? 'retrieved_document' : 'user_prompt'
  return { id: String(row.case_id), input: String(row.input), place, mustNot: strings(row.must_not) }
}

function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.map(String) : []
}
