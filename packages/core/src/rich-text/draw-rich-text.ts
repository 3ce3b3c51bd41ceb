import type { Block } from './read-blocks.js'
import type { Inline } from './read-inline.js'

/** All that a message is ever drawn with. */
export type RichElement =
  | 'p'
  | 'strong'
  | 'em'
  | 'del'
  | 'code'
  | 'pre'
  | 'blockquote'
  | 'ul'
  | 'ol'
  | 'li'
  | 'a'
  | 'bdi'

/** Makes an element, as `createElement` of React and `h` of Preact do. Children are text or what it made before: never markup. */
export type CreateElement<Node> = (
  element: RichElement,
  attributes: Readonly<Record<string, string | number>> | null,
  ...children: (Node | string)[]
) => Node

/** Makes the name of a link for those who do not see that it opens a tab. */
export type NameLink = (words: string) => string

/** Draws the stretches of a line. */
export function drawInline<Node>(
  inlines: readonly Inline[],
  create: CreateElement<Node>,
  nameLink: NameLink,
): (Node | string)[] {
  return inlines.map((inline) => {
    switch (inline.type) {
      case 'text':
        return inline.text
      case 'code':
        return create('code', { dir: 'auto' }, inline.text)
      case 'link': {
        const { text, href, target } = inline
        const attributes = { href, target: '_blank', rel: 'noopener noreferrer nofollow ugc' }
        // Apart from words that may turn the direction of what follows.
        const words = target ? [create('bdi', null, text), ` (${target})`] : [text]
        const name = nameLink(target ? `${text} (${target})` : text)
        return create('a', { ...attributes, 'aria-label': name }, ...words)
      }
      default:
        return create(inline.type, null, ...drawInline(inline.children, create, nameLink))
    }
  })
}

/** Draws blocks. */
export function drawBlocks<Node>(blocks: readonly Block[], create: CreateElement<Node>, nameLink: NameLink): Node[] {
  return blocks.map((block) => {
    switch (block.type) {
      case 'paragraph':
        return create('p', { dir: 'auto' }, ...drawInline(block.children, create, nameLink))
      case 'code':
        return create('pre', { dir: 'ltr' }, create('code', null, block.text))
      case 'quote':
        return create('blockquote', { dir: 'auto' }, ...drawBlocks(block.children, create, nameLink))
      default: {
        const items = block.items.map((item) => create('li', null, ...drawBlocks(item, create, nameLink)))
        // The list as a whole: its numbers stand at the side where it begins.
        return block.ordered
          ? create('ol', { dir: 'auto', start: block.start }, ...items)
          : create('ul', { dir: 'auto' }, ...items)
      }
    }
  })
}
