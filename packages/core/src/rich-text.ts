/** What a message says, as blocks and links: for whoever draws it. */
export { drawBlocks, drawInline } from './rich-text/draw-rich-text.js'
export { linkAddress } from './rich-text/link-address.js'
export { readBlocks } from './rich-text/read-blocks.js'
export { readInline } from './rich-text/read-inline.js'
export { wordsOf } from './rich-text/words-of.js'
