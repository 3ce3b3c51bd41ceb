import { type Kysely, sql } from 'kysely'
import type { Tables } from '../database/index.js'
import type { KnowledgeScope } from './knowledge-scope.js'
import { foldText } from './words.js'

/** Of a widget: what is asked beyond that is not kept, unless somebody has asked it before. */
const MOST_GAPS = 1_000
const LONGEST = 300
/** What may say who has asked: addresses, and whatever has three digits or more, of whatever script. */
const PERSONAL = /\S@\S|\p{Nd}{3}/u
/** Digits with what people put between them. */
const DIGITS = /[\p{Nd}\s()+.,/_\p{Pd}]+/gu

/** A question without what may say who has asked it. */
function withoutPersons(question: string): string {
  return question
    .replace(DIGITS, (run) => run.replace(/\p{Nd}.{5,}\p{Nd}/su, '000'))
    .split(/\s+/)
    .map((word) => (PERSONAL.test(word) ? '…' : word))
    .join(' ')
    .trim()
    .slice(0, LONGEST)
}

/** What is the same question has the same: case, marks and punctuation aside. */
export function normalizeQuestion(question: string): string {
  return bareWords(withoutPersons(question))
}

/** A text's words as they are compared, numbers among them. */
export function bareWords(text: string): string {
  return foldText(text)
    .replace(/[^\p{L}\p{M}\p{N}]+/gu, ' ')
    .trim()
}

/** Counts a question that had no answer. One that was dismissed stays so; one that was answered is open again. */
export async function noteGap(
  query: Kysely<Tables>,
  gap: KnowledgeScope & { id: string; question: string; language: string; at: Date },
): Promise<void> {
  const { organizationId, widgetId, id, language, at } = gap
  const [asked, question] = [normalizeQuestion(gap.question), withoutPersons(gap.question)]
  if (asked === '') return
  await sql`
    insert into knowledge_gaps as g (organization_id, id, widget_id, asked, question, language, first_at, last_at)
    select ${organizationId}::uuid, ${id}::uuid, ${widgetId}::uuid, ${asked}, ${question}, ${language}, ${at}, ${at}
    where (select count(*) from knowledge_gaps
        where organization_id = ${organizationId}::uuid and widget_id = ${widgetId}::uuid) < ${MOST_GAPS}::int
      or exists (select from knowledge_gaps
        where organization_id = ${organizationId}::uuid and widget_id = ${widgetId}::uuid and asked = ${asked})
    on conflict (widget_id, asked) do update set times = g.times + 1, last_at = excluded.last_at,
      status = case when g.status = 'answered' then 'open' else g.status end`.execute(query)
}
