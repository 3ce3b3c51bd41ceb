import type { Block } from './read-blocks.js'
import type { Inline } from './read-inline.js'

const inlineWords = (inline: Inline): string =>
  'children' in inline ? inline.children.map(inlineWords).join('') : inline.text

/** What blocks say, without what their marks say. */
export function wordsOf(blocks: readonly Block[]): string {
  return blocks
    .map((block) => {
      if (block.type === 'code') return block.text
      if (block.type === 'paragraph') return block.children.map(inlineWords).join('')
      return block.type === 'quote' ? wordsOf(block.children) : block.items.map(wordsOf).join('\n')
    })
    .join('\n')
}
