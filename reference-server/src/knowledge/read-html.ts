import type { TreeNode } from './html-tree.js'
import { attributeOf, isHidden } from './is-hidden.js'
import { createPageWriter, type PageWriter } from './page-writer.js'
import { parseHtml } from './parse-html.js'
import { rowsOf } from './read-table.js'
import { UNSEEN } from './words.js'

/** A heading, and what stands under it. */
export interface PageSection {
  /** 1 to 6, 7 of a summary that opens; 0: before the first heading. */
  level: number
  heading: string
  /** Of the heading, for an address that leads there. */
  id: string
  text: string
}

/** What people read on a page. */
export interface HtmlPage {
  title: string
  /** As the page names it. */
  language: string
  /** It asks not to be found. */
  noindex: boolean
  sections: PageSection[]
}

/** Nothing of a page's own text: what runs, what is drawn, what leads elsewhere, what is filled in. */
const ASIDE = new Set([
  ...['script', 'style', 'template', 'noscript', 'noframes', 'iframe', 'frame', 'object', 'embed', 'applet', 'canvas'],
  ...['svg', 'math', 'audio', 'video', 'map', 'head', 'title', 'nav', 'footer', 'aside', 'form', 'search', 'input'],
  ...['select', 'textarea', 'datalist', 'output', 'meter', 'progress', 'menu', 'xmp', 'plaintext', 'noembed'],
])
const ASIDE_ROLES = new Set([
  ...['navigation', 'banner', 'contentinfo', 'complementary', 'search', 'form', 'dialog', 'alertdialog', 'menu'],
  ...['menubar', 'toolbar', 'tablist'],
])
const PARAGRAPHS = new Set([
  ...['p', 'ul', 'ol', 'dl', 'table', 'blockquote', 'pre', 'figure', 'details', 'section', 'article', 'fieldset'],
])
const LINES = new Set([
  ...['div', 'li', 'dt', 'dd', 'tr', 'caption', 'figcaption', 'address', 'hr', 'header', 'main', 'legend', 'summary'],
  ...['center', 'td', 'th', 'hgroup'],
])
const HEADING = /^h([1-6])$/
/** Far more than a question may have. */
const LONGEST_HEADING = 1_000

/** Reads what people see of a page, in sections. Throws `VALIDATION_FAILED` for one that is made to keep its reader busy. */
export function readHtml(text: string): HtmlPage {
  const document = parseHtml(text)
  const html = document.childNodes?.find(({ tagName }) => tagName === 'html')
  const titled = find(document, (node) => node.tagName === 'title')
  const main = find(document, (node) => node.tagName === 'main' || attributeOf(node, 'role') === 'main')
  const reader = createReader()
  reader.read(main ?? document)
  return {
    title: lineOf(titled?.childNodes?.map(({ value = '' }) => value).join('') ?? ''),
    language: html ? attributeOf(html, 'lang') : '',
    noindex: find(document, isNoindex) !== undefined,
    sections: reader.sections(),
  }
}

/** One line of what is seen. */
function lineOf(text: string): string {
  return text.replace(UNSEEN, '').replace(/\s+/g, ' ').trim()
}

function isNoindex(node: TreeNode): boolean {
  const forRobots = node.tagName === 'meta' && attributeOf(node, 'name').trim().toLowerCase() === 'robots'
  return forRobots && /\b(noindex|none)\b/i.test(attributeOf(node, 'content'))
}

/** The first of the nodes that are seen, in their order. */
function find(node: TreeNode, isWanted: (node: TreeNode) => boolean): TreeNode | undefined {
  if (isWanted(node)) return node
  for (const child of node.childNodes ?? []) {
    const found = isHidden(child) || child.tagName === 'svg' ? undefined : find(child, isWanted)
    if (found) return found
  }
  return undefined
}

function isAside(node: TreeNode): boolean {
  const { tagName = '' } = node
  const isClosed = tagName === 'dialog' && !node.attrs?.some(({ name }) => name === 'open')
  const role = attributeOf(node, 'role').trim().toLowerCase()
  return ASIDE.has(tagName) || isClosed || ASIDE_ROLES.has(role) || isHidden(node)
}

/** What is seen in an element, in one line. */
function textIn(node: TreeNode): string {
  const writer = createPageWriter()
  const write = (part: TreeNode) => {
    if (part.value !== undefined) writer.write(part.value.replace(UNSEEN, ''))
    const { tagName = '' } = part
    if (tagName !== '' && isAside(part)) return
    const parts = linesAround(tagName) !== undefined
    if (parts || tagName === 'br') writer.write(' ')
    for (const child of part.childNodes ?? []) write(child)
    if (parts) writer.write(' ')
  }
  for (const child of node.childNodes ?? []) write(child)
  return lineOf(writer.text())
}

/** As a heading is read, without the sign of a link to itself. */
const headingIn = (node: TreeNode) =>
  textIn(node)
    .slice(0, LONGEST_HEADING)
    .replace(/[#¶§🔗]+$/u, '')
    .trim()

/** Its own, or that of an anchor in it. */
function idOf(node: TreeNode): string {
  const own = attributeOf(node, 'id')
  const anchor = own === '' ? find(node, (part) => part.tagName === 'a' && attributeOf(part, 'id') !== '') : undefined
  return anchor ? attributeOf(anchor, 'id') : own
}

interface Open extends Omit<PageSection, 'text'> {
  writer: PageWriter
}

interface Place {
  /** In a part of the page that has a heading of its own, where a `header` is no banner. */
  inContent: boolean
  /** In such a header: its headings are the page's, the rest (authors, dates, buttons) is not. */
  headingsOnly: boolean
  /** What the next item of the list begins with. */
  marker: () => string
}

function createReader() {
  let current: Open = { level: 0, heading: '', id: '', writer: createPageWriter() }
  const all = [current]
  const begin = (level: number, node: TreeNode) => {
    current = { level, heading: headingIn(node), id: idOf(node), writer: createPageWriter() }
    all.push(current)
  }

  const readAll = (node: TreeNode, place: Place) => {
    for (const child of node.childNodes ?? []) read(child, place)
  }

  /** What opens is a section, and what comes after it is of the section before. */
  const readDetails = (node: TreeNode, place: Place) => {
    const before = current
    const summary = node.childNodes?.find(({ tagName }) => tagName === 'summary')
    if (summary && !isAside(summary)) begin(7, summary)
    for (const child of node.childNodes ?? []) if (child !== summary) read(child, place)
    current = before
    current.writer.break(2)
  }

  const read = (node: TreeNode, place: Place): void => {
    const { tagName, value } = node
    if (value !== undefined && !place.headingsOnly) current.writer.write(value.replace(UNSEEN, ''))
    if (tagName === undefined) readAll(node, place)
    else if (!isAside(node)) readSeen(node, tagName, place)
  }

  const readSeen = (node: TreeNode, tagName: string, place: Place): void => {
    const [, level] = HEADING.exec(tagName) ?? []
    if (level !== undefined) begin(Number(level), node)
    else if (tagName === 'header') {
      if (place.inContent) readAll(node, { ...place, headingsOnly: true })
    } else if (place.headingsOnly) readAll(node, place)
    else if (tagName === 'details') readDetails(node, place)
    else if (tagName === 'br') current.writer.break(1)
    else if (tagName !== 'button') readBlock(node, tagName, place)
  }

  const readBlock = (node: TreeNode, tagName: string, place: Place): void => {
    const lines = linesAround(tagName)
    if (lines) current.writer.break(lines)
    readElement(node, place)
    if (lines) current.writer.break(lines)
  }

  const readElement = (node: TreeNode, place: Place) => {
    const { tagName = '' } = node
    const { writer } = current
    if (tagName === 'pre') return writer.writeLines(rawText(node).replace(/^\n/, '').trimEnd())
    if (tagName === 'li') writer.write(place.marker())
    const rows = tagName === 'table' ? rowsOf(node, { isAside, textIn }) : undefined
    for (const row of rows ?? []) {
      writer.write(row)
      writer.break(1)
    }
    if (rows) return
    const inContent = place.inContent || ['main', 'article', 'section'].includes(tagName)
    readAll(node, { ...place, inContent, ...markerOf(tagName, node) })
  }

  return {
    read: (node: TreeNode) => read(node, { inContent: false, headingsOnly: false, marker: () => '- ' }),
    sections: (): PageSection[] => all.map(({ writer, ...section }) => ({ ...section, text: writer.text() })),
  }
}

/** What parts an element from the words beside it; undefined: nothing. */
function linesAround(tagName: string): 1 | 2 | undefined {
  if (PARAGRAPHS.has(tagName)) return 2
  return LINES.has(tagName) ? 1 : undefined
}

function markerOf(tagName: string, node: TreeNode): { marker?: () => string } {
  if (tagName === 'ul') return { marker: () => '- ' }
  if (tagName !== 'ol') return {}
  let number = Number.parseInt(attributeOf(node, 'start'), 10)
  if (Number.isNaN(number)) number = 1
  return { marker: () => `${number++}. ` }
}

/** With its spaces and lines. */
function rawText(node: TreeNode): string {
  if (node.value !== undefined) return node.value.replace(UNSEEN, '')
  if (node.tagName !== undefined && isAside(node)) return ''
  return node.tagName === 'br' ? '\n' : (node.childNodes ?? []).map(rawText).join('')
}
