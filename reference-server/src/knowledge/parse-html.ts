import { ChatError } from '@chatdesk/protocol'
import { type Attribute, parseWith, plainBuilder, type TreeBuilder, type TreeNode } from './html-tree.js'

/** A page made by people stays far below; beyond, what a parser must do for each grows with their number. */
const MOST_TAGS = 100_000
const MOST_NODES = 30_000
const MOST_DEPTH = 200
const MOST_ATTRIBUTES = 2_000

/**
 * A page as browsers read it. Throws `VALIDATION_FAILED` for one that is made to keep the parser busy: the steps of the
 * algorithm that browsers share grow with the square of depth, of attributes, and of what stands wrongly in a table.
 */
export function parseHtml(text: string): TreeNode {
  requireModestTags(text)
  return parseWith(builderWithLimits(), text)
}

function refuse(): never {
  throw new ChatError('VALIDATION_FAILED', 'The page is too intricate.', { field: 'text' })
}

/** The parser's tree, which may have so many nodes, and so many in one another. */
function builderWithLimits(): TreeBuilder {
  let nodes = 0
  const count = () => {
    if (++nodes > MOST_NODES) refuse()
  }
  const deepen = (parent: TreeNode, node: TreeNode) => {
    node.depth = (parent.depth ?? 0) + 1
    if (node.depth > MOST_DEPTH) refuse()
  }
  return {
    ...plainBuilder,
    createElement(tagName: string, namespaceURI: string, attrs: Attribute[]) {
      count()
      return plainBuilder.createElement(tagName, namespaceURI, attrs)
    },
    createCommentNode() {
      count()
      return plainBuilder.createCommentNode('')
    },
    appendChild(parent: TreeNode, node: TreeNode) {
      deepen(parent, node)
      plainBuilder.appendChild(parent, node)
    },
    insertBefore(parent: TreeNode, node: TreeNode, reference: TreeNode) {
      deepen(parent, node)
      plainBuilder.insertBefore(parent, node, reference)
    },
    insertTextBefore(parent: TreeNode, words: string, reference: TreeNode) {
      count()
      plainBuilder.insertTextBefore(parent, words, reference)
    },
    setTemplateContent(template: TreeNode, content: TreeNode) {
      deepen(template, content)
      plainBuilder.setTemplateContent(template, content)
    },
    // Each further `<html>` or `<body>` may bring some.
    adoptAttributes(recipient: TreeNode, attrs: Attribute[]) {
      count()
      if ((recipient.attrs?.length ?? 0) < 100) plainBuilder.adoptAttributes(recipient, attrs.slice(0, 100))
    },
  }
}

/**
 * Looks at whatever may be a tag, in a script or a comment too: a parser compares each attribute with all before it. So many
 * steps are enough for any page whose quotes end somewhere.
 */
function requireModestTags(text: string): void {
  let tags = 0
  let steps = text.length * 10 + 10_000
  for (let at = text.indexOf('<'); at !== -1; at = text.indexOf('<', at + 1)) {
    if (!/[a-z/]/i.test(text.charAt(at + 1))) continue
    const end = endOfTag(text, at + 1)
    steps -= end - at
    if (++tags > MOST_TAGS || steps < 0) refuse()
  }
}

const [CLOSE, SLASH, EQUALS] = [0x3e, 0x2f, 0x3d]
const isSpace = (code: number) => code === 0x20 || code === 0x0a || code === 0x09 || code === 0x0d || code === 0x0c

/** Where a tag ends; throws for one with too many attributes. */
function endOfTag(text: string, begin: number): number {
  let at = begin
  const pass = (isPart: (code: number) => boolean) => {
    while (at < text.length && isPart(text.charCodeAt(at))) at++
  }
  pass((code) => code !== CLOSE && code !== SLASH && !isSpace(code))
  for (let attributes = 0; ; attributes++) {
    if (attributes > MOST_ATTRIBUTES) refuse()
    pass((code) => code === SLASH || isSpace(code))
    if (at >= text.length || text.charAt(at) === '>') return at
    // A name may begin with what elsewhere ends it.
    at++
    pass((code) => code !== EQUALS && code !== CLOSE && code !== SLASH && !isSpace(code))
    pass(isSpace)
    if (text.charAt(at) !== '=') continue
    at++
    pass(isSpace)
    const quote = text.charAt(at)
    if (quote === '"' || quote === "'") {
      const end = text.indexOf(quote, at + 1)
      at = end === -1 ? text.length : end + 1
    } else pass((code) => code !== CLOSE && !isSpace(code))
  }
}
