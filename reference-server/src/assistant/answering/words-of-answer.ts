import { type Inline, readInline } from '@chatdesk/core/rich-text'

/**
 * What a text of the knowledge base says, without its marks (X5): they may begin in a sentence that is not said. A link's address
 * stands behind its words. Lines stay, and so do the numbers of a list.
 */
export function wordsOfAnswer(text: string): string {
  return text
    .split('\n')
    .map((line) => readInline(line, true).map(wordsOf).join(''))
    .join('\n')
}

function wordsOf(inline: Inline): string {
  if ('children' in inline) return inline.children.map(wordsOf).join('')
  if (inline.type !== 'link' || isBare(inline)) return inline.text
  return `${inline.text} (${inline.href.replace(/^(?:mailto|tel):/, '')})`
}

/** It says its own address. */
function isBare({ text, href }: Inline & { type: 'link' }): boolean {
  const [bare] = readInline(text, false)
  return bare?.type === 'link' && bare.href === href
}
