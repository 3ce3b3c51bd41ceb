import { type DefaultTreeAdapterMap, defaultTreeAdapter, parse, type TreeAdapter } from 'parse5'

/** An attribute of an element. */
export interface Attribute {
  name: string
  value: string
}

/** A node of a page, of whatever kind: what its kind does not have is absent. */
export interface TreeNode {
  nodeName: string
  childNodes?: TreeNode[]
  /** Of an element. */
  tagName?: string
  attrs?: Attribute[]
  /** Of a text. */
  value?: string
  /** How deep it stands, as `parseHtml` counts. */
  depth?: number
}

/** What the parser builds its tree with, as far as it is watched here. */
export interface TreeBuilder {
  createElement(tagName: string, namespaceURI: string, attrs: Attribute[]): TreeNode
  createCommentNode(data: string): TreeNode
  appendChild(parent: TreeNode, node: TreeNode): void
  insertBefore(parent: TreeNode, node: TreeNode, reference: TreeNode): void
  insertTextBefore(parent: TreeNode, text: string, reference: TreeNode): void
  setTemplateContent(template: TreeNode, content: TreeNode): void
  adoptAttributes(recipient: TreeNode, attrs: Attribute[]): void
}

/** The parser's own way to build. Its types tell kinds of nodes apart that nobody here tells apart. */
export const plainBuilder = defaultTreeAdapter as unknown as TreeBuilder

/** Parses a page into what is built so. */
export function parseWith(builder: TreeBuilder, text: string): TreeNode {
  return parse(text, { treeAdapter: builder as unknown as TreeAdapter<DefaultTreeAdapterMap> }) as unknown as TreeNode
}
