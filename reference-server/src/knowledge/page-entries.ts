import { LIMITS } from '@chatdesk/protocol'
import { cutText } from '../platform/cut-text.js'
import type { HtmlPage, PageSection } from './read-html.js'

/** Of a title before a heading, and of a heading. */
const LONGEST_TITLE = 150
const LONGEST_HEADING = 250
/** Words that an address points to, where a heading has no id. */
const POINTED = 8

/** An entry of a page; not yet checked. */
export interface PageEntry {
  question: string
  answer: string
  url?: string
}

/**
 * An entry for each heading with text under it, asked as `title > heading`. With the page's address each has one of its own,
 * by which it is found again when the page is read again: that of the page for what stands at its top.
 */
export function entriesOfPage(page: HtmlPage, address?: string): PageEntry[] {
  const title = titleOf(page)
  if (title === '') return []
  const asked = new Map<string, number>()
  const addresses = new Map<string, number>()
  const entries: PageEntry[] = []
  const above: PageSection[] = []
  for (const section of page.sections) {
    while ((above.at(-1)?.level ?? 0) >= section.level && above.length > 0) above.pop()
    const parents = above.map(({ heading }) => heading)
    if (section.level > 0) above.push(section)
    const isTop = section.level === 0 || section.heading === title
    const name = nameOf(asked, isTop ? [title] : [title, section.heading], parents)
    for (const [index, answer] of partsOf(section.text).entries()) {
      const question = numbered(asked, name, (base, number) => `${base} (${number})`)
      if (address === undefined) entries.push({ question, answer })
      else
        entries.push({
          question,
          answer,
          url: unused(addresses, addressOf(address, section, { isTop, index, answer })),
        })
    }
  }
  return entries
}

/** The only heading of the first level, or else the title: that one often names the site as well. */
function titleOf({ title, sections }: HtmlPage): string {
  const [first, ...others] = sections.filter(({ level, heading }) => level === 1 && heading !== '')
  const found = first && others.length === 0 ? first.heading : title
  return found || (sections.find(({ heading }) => heading !== '')?.heading ?? '')
}

/** What a section asks: where another has asked the same, with the heading above. */
function nameOf(asked: ReadonlyMap<string, number>, names: string[], parents: string[]): string {
  const short = ([title = '', ...headings]: string[]) =>
    [
      title.slice(0, headings.length === 0 ? 400 : LONGEST_TITLE),
      ...headings.map((one) => one.slice(0, LONGEST_HEADING)),
    ]
      .filter((one, place, all) => one !== '' && all.indexOf(one) === place)
      .join(' > ')
  const own = short(names)
  const [title = '', ...headings] = names
  const longer = short([title, ...parents.filter((one) => one !== title).slice(-1), ...headings]).slice(0, 480)
  return asked.has(own) ? longer : own
}

/** The name as it is, or the first of its numbered forms that is none yet. From where it was last: there may be thousands. */
function numbered(used: Map<string, number>, name: string, form: (name: string, number: number) => string): string {
  let found = name
  let number = used.get(name) ?? 0
  while (used.has(found)) found = form(name, ++number + 1)
  used.set(name, number)
  used.set(found, used.get(found) ?? 0)
  return found
}

/** The address, with a further word to look for where another entry of the page has it already. */
function unused(addresses: Map<string, number>, address: string): string {
  return numbered(addresses, address, (taken, number) => {
    const [page = '', place = ':~:'] = taken.split('#')
    return `${page}#${place}${place.includes(':~:') ? '&' : ':~:'}text=${number}`
  })
}

/** At most so long as an answer may be, cut where a paragraph, a line or a word ends. */
function partsOf(text: string): string[] {
  const parts: string[] = []
  let rest = text.trim()
  while (rest.length > LIMITS.textLength) {
    const head = rest.slice(0, LIMITS.textLength)
    const least = LIMITS.textLength / 2
    const ends = [head.lastIndexOf('\n\n'), head.lastIndexOf('\n'), head.lastIndexOf(' ')]
    const end = ends.find((place) => place > least) ?? cutText(rest, head.length).length
    parts.push(rest.slice(0, end).trim())
    rest = rest.slice(end).trim()
  }
  return rest === '' ? parts : [...parts, rest]
}

/** Where it is to be read: by the heading's id, or by its words, which browsers look for. */
function addressOf(
  address: string,
  { heading, id }: PageSection,
  part: { isTop: boolean; index: number; answer: string },
): string {
  if (part.index === 0 && part.isTop) return address
  if (part.index === 0 && id !== '') return `${address}#${encodeURIComponent(id)}`
  const words = (part.index === 0 ? heading : part.answer).split(/\s+/).slice(0, POINTED).join(' ').slice(0, 100)
  return `${address}#:~:text=${encodeURIComponent(wellFormed(words)).replace(/-/g, '%2D')}`
}

/** Half a character cannot be written into an address. */
function wellFormed(text: string): string {
  return text.replace(/[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g, '')
}
