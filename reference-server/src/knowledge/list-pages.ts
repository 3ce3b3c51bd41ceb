import { ChatError, type SiteImport } from '@chatdesk/protocol'
import { parseUrl } from '../platform/parse-url.js'
import type { FetchRefusal } from './fetch-page.js'
import { readSitemap } from './read-sitemap.js'

/** Of one site so many are read. */
const MOST_PAGES = 200
/** Of an index, so many of its sitemaps are read. */
const MOST_SITEMAPS = 20

/** A page that is not read, or one whose reading failed. */
export type SkippedPage = SiteImport['pages']['skipped'][number]

/** What a site lists. */
export interface ListedPages {
  /** To be read, each once. */
  urls: string[]
  /** All that were listed, of this origin or not. */
  count: number
  skipped: SkippedPage[]
}

/** Reads one file. */
export type FetchSitemap = (url: string) => Promise<{ text: string; url: string } | { refusal: FetchRefusal }>

const REFUSED: Record<FetchRefusal, string> = {
  address: 'leads to an address that this server does not ask; it must be https, of the public Internet',
  redirect: 'leads elsewhere: give the address that it leads to',
  status: 'is not there',
  type: 'is no XML, or is packed',
  large: 'is too large',
  timeout: 'did not answer in time',
  unreachable: 'could not be reached',
}

/** Pages that a sitemap names, or those that an index names: one level of them. */
export async function listPages(address: string, fetchSitemap: FetchSitemap): Promise<ListedPages> {
  const { origin } = parseUrl(address) ?? {}
  const answer = await fetchSitemap(address)
  if ('refusal' in answer) return refuse(REFUSED[answer.refusal])
  const sitemap = readSitemap(answer.text)
  if (!sitemap || origin === undefined) return refuse('is none')
  const listed: ListedPages = { urls: [], count: 0, skipped: [] }
  const seen = new Set<string>()
  const addPages = (addresses: readonly string[]) => {
    for (const one of addresses) addPage(listed, seen, one, origin)
  }
  if (sitemap.lists === 'pages') addPages(sitemap.addresses)
  else
    for (const [index, one] of sitemap.addresses.entries()) {
      const isBeyond = index >= MOST_SITEMAPS || listed.urls.length >= MOST_PAGES
      const pages = isBeyond ? 'tooMany' : await readPart(one, origin, fetchSitemap)
      if (typeof pages === 'string') note(listed, one, pages)
      else addPages(pages)
    }
  return listed
}

function refuse(why: string): never {
  throw new ChatError('VALIDATION_FAILED', `The sitemap ${why}.`, { field: 'url' })
}

/** Pages of a sitemap that an index names, or why there are none. */
async function readPart(
  address: string,
  origin: string,
  fetchSitemap: FetchSitemap,
): Promise<string[] | SkippedPage['reason']> {
  const url = parseUrl(address)
  if (url?.origin !== origin) return 'origin'
  const answer = await fetchSitemap(url.href)
  if ('refusal' in answer) return answer.refusal
  const sitemap = readSitemap(answer.text)
  return sitemap?.lists === 'pages' ? sitemap.addresses : 'malformed'
}

function addPage(listed: ListedPages, seen: Set<string>, address: string, origin: string): void {
  listed.count++
  const url = parseUrl(address)
  if (!url || url.origin !== origin || url.username || url.password) {
    note(listed, address, 'origin')
    return
  }
  url.hash = ''
  if (seen.has(url.href)) return
  seen.add(url.href)
  if (listed.urls.length < MOST_PAGES) listed.urls.push(url.href)
  else note(listed, url.href, 'tooMany')
}

/** Of a sitemap with thousands of pages the first of those that are left out are named; all are counted. */
function note({ skipped }: ListedPages, url: string, reason: SkippedPage['reason']): void {
  if (skipped.length < MOST_PAGES) skipped.push({ url: url.slice(0, 2_048), reason })
}
