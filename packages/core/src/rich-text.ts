/** What a message says, as blocks and links: for whoever draws it. */
export { drawBlocks, drawInline } from './rich-text/draw-rich-text.js'
export { readBlocks } from './rich-text/read-blocks.js'
export { type Inline, namedLink, readInline } from './rich-text/read-inline.js'
export { wordsOf } from './rich-text/words-of.js'
