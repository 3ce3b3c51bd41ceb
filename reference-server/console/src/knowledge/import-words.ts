import type { KnowledgeImport, SiteImport } from '@chatdesk/protocol'
import type { ImportFile } from '../api/knowledge-api.js'

type Decision = KnowledgeImport['decisions'][number]

const SKIPPED: Record<NonNullable<Decision['reason']>, string> = {
  same: 'It is there already, just as it is.',
  twice: 'The same question or address stands further up.',
  invalid: 'It has no question, or no answer, or something in it is too long.',
  full: 'The widget has as many entries as an import fills: 2,000.',
}

/** Why a row is taken or not. */
export function reasonText({ action, reason }: Pick<Decision, 'action' | 'reason'>): string {
  if (action === 'add') return 'No entry has this question or address.'
  if (action === 'change') return 'An entry has this question or address, and says something else.'
  return reason === null ? '' : SKIPPED[reason]
}

const PAGES: Record<SiteImport['pages']['skipped'][number]['reason'], string> = {
  origin: 'It belongs to another site.',
  address: 'Its address is not one that is read.',
  redirect: 'It leads to another site.',
  status: 'The site answered with an error.',
  type: 'It is no web page.',
  large: 'It is too large.',
  timeout: 'It did not answer in time.',
  unreachable: 'It cannot be reached.',
  malformed: 'It cannot be read.',
  noindex: 'It asks not to be found.',
  empty: 'There is no text on it.',
  twice: 'Another page leads to the same.',
  tooMany: 'There are more pages than one import reads.',
  full: 'There is more text than one import reads.',
  notReached: 'There was no time left for it. Read the site again.',
  cut: 'Its end was left out: it is too long.',
}

/** Why a page was left out. */
export function pageReasonText(reason: keyof typeof PAGES): string {
  return PAGES[reason]
}

/** `3 entries to add, 1 to change, 2 left out`. */
export function summaryText({
  added,
  changed,
  skipped,
}: Pick<KnowledgeImport, 'added' | 'changed' | 'skipped'>): string {
  return `${countText(added, 'entry', 'entries')} to add, ${changed} to change, ${skipped} left out`
}

/** `1 entry`, `1,204 entries`. */
export function countText(count: number, one: string, many: string): string {
  return `${count.toLocaleString('en')} ${count === 1 ? one : many}`
}

const FORMATS: Record<string, ImportFile['format']> = {
  csv: 'csv',
  json: 'json',
  md: 'markdown',
  markdown: 'markdown',
  htm: 'html',
  html: 'html',
}

/** What a file is by its name; undefined: nothing that is imported. */
export function formatOf(fileName: string): ImportFile['format'] | undefined {
  return FORMATS[/\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? '']
}
