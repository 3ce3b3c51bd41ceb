import { ChatError, type SiteImport } from '@chatdesk/protocol'
import { languageTag, parseWith } from '@chatdesk/protocol/schemas'
import { parseUrl } from '../platform/parse-url.js'
import type { Resolve } from '../platform/public-address.js'
import { fetchPage } from './fetch-page.js'
import { listPages, type SkippedPage } from './list-pages.js'
import { entriesOfPage, type PageEntry } from './page-entries.js'
import { readHtml } from './read-html.js'
import { checkEntry, type ReadEntry } from './read-import.js'

const PAGE_BYTES = 2 * 1024 * 1024
const SITEMAP_BYTES = 10 * 1024 * 1024
const AT_ONCE = 4
/** Of one page; no page for people says more. */
const MOST_OF_PAGE = 100
/** Of all, in characters: what is read is kept until it is answered. */
const MOST_TEXT = 4_000_000

const HTML = /^(text\/html|application\/xhtml\+xml)$/i
const XML = /^((text|application)\/([\w.-]+\+)?xml|text\/plain)$/i

/** What reading a site may cost, and what is left to its caller. */
export interface ReadSiteOptions {
  /** For development and tests: any address, and plain http. */
  allowPrivate: boolean
  resolve?: Resolve | undefined
  language?: string | undefined
  /** Of whoever waits. */
  signal: AbortSignal
  /** For one fetch, in milliseconds. Default 10,000. */
  pageMs?: number | undefined
  /** For all. Default 45,000: whoever waits for an answer has one within a minute. */
  totalMs?: number | undefined
}

/** What a site's pages say, and which of them say nothing. */
export interface ReadSite {
  read: ReadEntry[]
  pages: SiteImport['pages']
}

/**
 * Reads the pages that a sitemap lists, those of its own origin. Nothing about the address is trusted, nor what it answers
 * (threats 63 and 66); throws `VALIDATION_FAILED` where there is no sitemap.
 */
export async function readSite(address: string, options: ReadSiteOptions): Promise<ReadSite> {
  const { pageMs = 10_000, totalMs = 45_000, ...rest } = options
  const end = AbortSignal.timeout(totalMs)
  const signal = AbortSignal.any([options.signal, end])
  const { origin = '' } = parseUrl(address) ?? {}
  const fetchOptions = { ...rest, origin, timeoutMs: pageMs, signal }
  const fetchSitemap = (url: string) => fetchPage(url, { ...fetchOptions, types: XML, mostBytes: SITEMAP_BYTES })
  const listed = await listPages(address, fetchSitemap)
  const skipped = new Map<string, SkippedPage>(listed.skipped.map((one) => [one.url, one]))
  const skip = (url: string, reason: SkippedPage['reason']) => void skipped.set(url, { url, reason })

  const byPage = new Map<string, PageEntry[]>()
  const languages = new Map<string, string>()
  const finals = new Set<string>()
  const inTurn = createTurns()
  let text = 0
  const readPage = async (listedUrl: string) => {
    if (signal.aborted) return skip(listedUrl, 'notReached')
    const page = await fetchPage(listedUrl, { ...fetchOptions, types: HTML, mostBytes: PAGE_BYTES })
    if ('refusal' in page) return skip(listedUrl, signal.aborted ? 'notReached' : page.refusal)
    if (finals.has(page.url)) return skip(listedUrl, 'twice')
    finals.add(page.url)
    const found = await inTurn(() => (signal.aborted ? 'notReached' : readPageText(page.text, page.url)))
    if (typeof found === 'string') return skip(listedUrl, found)
    if (page.noindex || found.noindex) return skip(listedUrl, 'noindex')
    if (found.entries.length === 0) return skip(listedUrl, 'empty')
    const entries = found.entries.slice(0, MOST_OF_PAGE)
    const size = entries.reduce((sum, { answer }) => sum + answer.length, 0)
    if (text + size > MOST_TEXT) return skip(listedUrl, 'full')
    text += size
    if (entries.length < found.entries.length) skip(listedUrl, 'cut')
    byPage.set(listedUrl, entries)
    languages.set(listedUrl, found.language)
  }
  const waiting = listed.urls.values()
  const work = async () => {
    // Of one walk, in which all take part.
    for (const url of waiting) await readPage(url)
  }
  await Promise.all(Array.from({ length: AT_ONCE }, work))

  const ordered = listed.urls.flatMap((url) => {
    const language = options.language ?? languages.get(url)
    return (byPage.get(url) ?? []).map((entry) => ({ ...entry, ...(language ? { language } : {}) }))
  })
  const read = distinct(ordered).map((entry, index) => checkEntry(entry, index + 1))
  const order = [...listed.urls, ...skipped.keys()]
  const sorted = [...new Set(order)].flatMap((url) => skipped.get(url) ?? [])
  return { read, pages: { listed: listed.count, read: byPage.size, skipped: sorted } }
}

/**
 * Does one thing after the other, and rests as long as each took: a large page keeps this process busy for a second, and
 * whoever chats meanwhile is not to wait for all pages of a site.
 */
function createTurns() {
  let free: Promise<unknown> = Promise.resolve()
  return <T>(work: () => T): Promise<T> => {
    let tookMs = 0
    const done = free.then(() => {
      const began = performance.now()
      const result = work()
      tookMs = performance.now() - began
      return result
    })
    const rest = () => new Promise((resolve) => setTimeout(resolve, tookMs))
    free = done.then(rest, rest)
    return done
  }
}

/** What a page says, or why it says nothing. */
function readPageText(text: string, url: string) {
  try {
    const page = readHtml(text)
    const { noindex, language } = page
    const isLanguage = parseWith(languageTag, language).ok
    return { noindex, language: isLanguage ? language : '', entries: entriesOfPage(page, url) }
  } catch (error) {
    if (error instanceof ChatError) return 'malformed' as const
    throw error
  }
}

/** Questions that several pages ask say which page they are of. */
function distinct<T extends PageEntry>(entries: T[]): T[] {
  const pagesOf = new Map<string, Set<string>>()
  const pageOf = ({ url = '' }: PageEntry) => url.replace(/#.*$/, '')
  for (const entry of entries)
    pagesOf.set(entry.question, (pagesOf.get(entry.question) ?? new Set()).add(pageOf(entry)))
  return entries.map((entry) => {
    if ((pagesOf.get(entry.question)?.size ?? 0) < 2) return entry
    const { pathname, search } = new URL(pageOf(entry))
    return { ...entry, question: `${entry.question.slice(0, 400)} (${`${pathname}${search}`.slice(0, 90)})` }
  })
}
