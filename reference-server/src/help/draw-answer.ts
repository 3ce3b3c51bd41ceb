import { drawBlocks, drawInline, readBlocks, readInline } from '@chatdesk/core/rich-text'
import { escapeHtml } from '../platform/escape-html.js'

/** What is HTML already: a text is none, whatever stands in it. */
interface Drawn {
  html: string
}

/**
 * An answer as HTML, with the marks that it has in the chat (X5): elements and attributes are those of the one renderer, links
 * lead by its four schemes alone, and every text of it is text (threats 55, 56).
 */
export function drawAnswer(text: string): string {
  return drawBlocks(readBlocks(text), create, asNamed)
    .map(({ html }) => html)
    .join('\n')
}

/** Where more of it stands: a link, if it is one that may be followed, and words otherwise. */
export function drawAddress(address: string): string {
  return drawInline(readInline(address, false), create, asNamed).map(htmlOf).join('')
}

function create(
  element: string,
  attributes: Readonly<Record<string, string | number>> | null,
  ...children: (Drawn | string)[]
): Drawn {
  const said = Object.entries(attributes ?? {})
    // Here a link opens no tab, and needs no name that says so.
    .filter(([name]) => name !== 'aria-label' && name !== 'target')
    .map(([name, value]) => ` ${name}="${escapeHtml(`${value}`)}"`)
    .join('')
  return { html: `<${element}${said}>${children.map(htmlOf).join('')}</${element}>` }
}

const htmlOf = (child: Drawn | string): string => (typeof child === 'string' ? escapeHtml(child) : child.html)
const asNamed = (words: string): string => words
