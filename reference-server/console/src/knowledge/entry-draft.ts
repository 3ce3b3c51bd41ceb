import type { KnowledgeEntry, KnowledgeEntryChanges, NewKnowledgeEntry } from '@chatdesk/protocol'

/** What the form of an entry holds, as it is typed. */
export interface EntryDraft {
  question: string
  /** One a line. */
  phrasings: string
  answer: string
  category: string
  /** With commas between. */
  keywords: string
  language: string
  url: string
  enabled: boolean
}

/** What an entry is, or is to become. */
type Content = Pick<
  KnowledgeEntry,
  'question' | 'phrasings' | 'answer' | 'category' | 'keywords' | 'language' | 'url' | 'enabled'
>

/** Some of it, as a draft has it. */
type Part = { [field in keyof Content]?: Content[field] | undefined }

/** The form of an entry that is not there yet. */
export function emptyDraft(given: Partial<EntryDraft> = {}): EntryDraft {
  return {
    ...{ question: '', phrasings: '', answer: '', category: '', keywords: '', language: 'en', url: '', enabled: true },
    ...given,
  }
}

/** The form of an entry: what it is to become where there is a draft. */
export function draftOf(entry: KnowledgeEntry): EntryDraft {
  const given = Object.fromEntries(Object.entries(entry.draft ?? {}).filter(([, value]) => value !== undefined))
  const { question, phrasings, answer, category, keywords, language, url, enabled }: Content = { ...entry, ...given }
  return {
    ...{ question, answer, category, language, enabled, url: url ?? '' },
    ...{ phrasings: phrasings.join('\n'), keywords: keywords.join(', ') },
  }
}

/** What the form says, tidied as the server keeps it. */
export function contentOf(draft: EntryDraft): Content & NewKnowledgeEntry {
  return {
    question: oneLine(draft.question),
    phrasings: listOf(draft.phrasings, '\n'),
    answer: draft.answer.trim(),
    category: oneLine(draft.category),
    keywords: listOf(draft.keywords.toLowerCase(), ','),
    language: draft.language.trim(),
    enabled: draft.enabled,
    url: draft.url.trim() || null,
  }
}

/** What of an entry would be another; nothing: all of it is as it is. */
export function changesOf(entry: KnowledgeEntry, draft: EntryDraft): KnowledgeEntryChanges {
  const said = contentOf(draft)
  const fields = Object.keys(said) as (keyof Content)[]
  return Object.fromEntries(fields.filter((field) => !isSame(said[field], entry[field])).map((key) => [key, said[key]]))
}

/** Whether the form says something else than when it was opened or saved. */
export function isDirty(draft: EntryDraft, saved: EntryDraft): boolean {
  return !isSame(contentOf(draft), contentOf(saved))
}

const FIELD_NAMES: Record<keyof Content, string> = {
  question: 'the question',
  phrasings: 'other ways to ask it',
  answer: 'the answer',
  category: 'the category',
  keywords: 'the keywords',
  language: 'the language',
  url: 'the source',
  enabled: 'whether it is used',
}

/** The fields that are changed, as one says it: `the answer and the keywords`. */
export function changedFieldsText(before: Part, after: Part): string {
  const names = (Object.keys(FIELD_NAMES) as (keyof Content)[])
    .filter((field) => after[field] !== undefined && !isSame(before[field], after[field]))
    .map((field) => FIELD_NAMES[field])
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}

function listOf(text: string, separator: string): string[] {
  return [...new Set(text.split(separator).map(oneLine))].filter((line) => line !== '')
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}

function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other)
}
