import { ChatError, type ImportedEntry } from '@chatdesk/protocol'
import { importedEntry, languageTag, parseWith } from '@chatdesk/protocol/schemas'
import { entriesOfPage } from './page-entries.js'
import { readCsv } from './read-csv.js'
import { readHtml } from './read-html.js'
import { withoutHtml } from './without-html.js'
import { UNSEEN } from './words.js'

/** What a file may be. */
export type ImportFormat = 'csv' | 'json' | 'markdown' | 'html'

/** What a file has at one place: an entry, or nothing that is one. */
export interface ReadEntry {
  /** The row, element or section, from 1 on. */
  place: number
  /** As far as there is one. */
  question: string
  entry: ImportedEntry | null
}

const COLUMNS = ['question', 'answer', 'phrasings', 'category', 'keywords', 'language', 'url'] as const
type Column = (typeof COLUMNS)[number]

/** Reads a file; throws `VALIDATION_FAILED` for one that is not of its format. What nobody sees in it is left out. */
export function readImport({
  format,
  text,
  language,
}: {
  format: ImportFormat
  text: string
  language?: string | undefined
}) {
  const found = { csv: readRows, json: readElements, markdown: readSections, html: readPage }[format](
    format === 'html' ? text : withoutComments(text),
  )
  const asked = language === undefined ? {} : { language }
  return found.map((given, index) =>
    // A page names its language by its template, a row on purpose.
    checkEntry(format === 'html' ? { ...visible(given), ...asked } : { ...asked, ...visible(given) }, index + 1),
  )
}

/** What was found at a place, if it is an entry. */
export function checkEntry(given: Partial<Record<Column, unknown>>, place: number): ReadEntry {
  const parsed = parseWith<ImportedEntry>(importedEntry, given)
  const question = typeof given.question === 'string' ? given.question.slice(0, 500) : ''
  return { place, question, entry: parsed.ok ? parsed.value : null }
}

const refuse = (what: string): never => {
  throw new ChatError('VALIDATION_FAILED', what, { field: 'text' })
}

/** Once more for each field: JSON can write `<` and what has no width as escapes. */
function visible(given: Partial<Record<Column, unknown>>): Partial<Record<Column, unknown>> {
  const clean = (value: unknown): unknown => {
    if (typeof value === 'string') return withoutComments(value)
    return Array.isArray(value) ? value.map(clean) : value
  }
  return Object.fromEntries(Object.entries(given).map(([column, value]) => [column, clean(value)]))
}

/** Words that a reader does not see are words of somebody else to the assistant (threat 66). */
function withoutComments(text: string): string {
  return text.replace(UNSEEN, '').replace(/<!--[\s\S]*?(-->|$)/g, '')
}

/** What parts several in one field; a question has commas of its own. */
const PARTED_BY = { phrasings: /[|\n]/, keywords: /[|\n,;]/ }

/** The first row names the columns. */
function readRows(text: string): Partial<Record<Column, unknown>>[] {
  const [head = [], ...rows] = readCsv(text)
  const names = head.map((name) => name.trim().toLowerCase())
  if (!names.includes('question') || !names.includes('answer'))
    refuse('The first row must name the columns, question and answer among them.')
  return rows.map((row) => {
    const given = names.flatMap((name, index): [Column, unknown][] => {
      const column = COLUMNS.find((known) => known === name)
      const value = (row[index] ?? '').trim()
      if (!column || value === '') return []
      if (column !== 'phrasings' && column !== 'keywords') return [[column, value]]
      const several = value.split(PARTED_BY[column]).map((one) => one.trim())
      return [[column, several.filter((one) => one !== '')]]
    })
    return Object.fromEntries(given)
  })
}

function readElements(text: string): Partial<Record<Column, unknown>>[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return refuse('Not JSON.')
  }
  const list = Array.isArray(value) ? value : (value as { entries?: unknown } | null)?.entries
  if (!Array.isArray(list)) return refuse('Neither a list nor an object with a list of entries.')
  return list.map((one) => {
    const known = COLUMNS.flatMap((column) => {
      const field = (one as Record<string, unknown> | null)?.[column]
      return field === undefined || field === null ? [] : [[column, field] as const]
    })
    return Object.fromEntries(known)
  })
}

/** Each heading of a page asks, the text below it answers. */
function readPage(text: string): Partial<Record<Column, unknown>>[] {
  const page = readHtml(text)
  const entries = entriesOfPage(page)
  if (entries.length === 0) refuse('No text under a heading or a title.')
  const language = parseWith(languageTag, page.language).ok ? { language: page.language } : {}
  return entries.map((entry) => ({ ...language, ...entry }))
}

/**
 * Each heading asks, the text below it answers; the first heading, where it is the only one of its level and deeper ones
 * follow, is the category. HTML in it is not taken: what of it would be seen, only a browser knows.
 */
function readSections(text: string): Partial<Record<Column, unknown>>[] {
  const sections: { level: number; question: string; lines: string[] }[] = []
  let fenced = false
  for (const line of withoutHtml(text).split('\n')) {
    if (/^\s*(```|~~~)/.test(line)) fenced = !fenced
    const heading = fenced ? undefined : headingIn(line)
    if (heading) sections.push({ ...heading, lines: [] })
    else sections.at(-1)?.lines.push(line)
  }
  if (sections.length === 0) refuse('No heading: each section needs one, which is its question.')
  let category = ''
  return sections.flatMap(({ level, question, lines }, index) => {
    const answer = lines.join('\n').trim()
    const next = sections[index + 1]
    if (answer === '' && next && next.level > level) {
      category = question.slice(0, 100)
      return []
    }
    return [{ question, answer, ...(category === '' ? {} : { category }) }]
  })
}

/** A line that is a heading, without its marks at either end. */
function headingIn(line: string): { level: number; question: string } | undefined {
  const [marks] = /^#{1,6}(?=\s)/.exec(line) ?? []
  if (marks === undefined) return undefined
  const title = line.slice(marks.length).trim()
  let end = title.length
  while (title[end - 1] === '#') end--
  const question = title.slice(0, end).trimEnd()
  return question === '' ? undefined : { level: marks.length, question }
}
