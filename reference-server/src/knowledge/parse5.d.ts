/** What of parse5 is used: version 5 brings no types. */
declare module 'parse5' {
  export interface Attribute {
    name: string
    value: string
  }
  export interface TreeNode {
    nodeName: string
    childNodes?: TreeNode[]
    /** Of an element. */
    tagName?: string
    attrs?: Attribute[]
    /** Of a text. */
    value?: string
    /** Kept by our own adapter. */
    depth?: number
  }
  export function parse(html: string, options: { treeAdapter: object }): TreeNode
}

declare module 'parse5/lib/tree-adapters/default.js' {
  import type { Attribute, TreeNode } from 'parse5'

  const adapter: {
    createElement(tagName: string, namespaceURI: string, attrs: Attribute[]): TreeNode
    createCommentNode(data: string): TreeNode
    appendChild(parent: TreeNode, node: TreeNode): void
    insertBefore(parent: TreeNode, node: TreeNode, reference: TreeNode): void
    insertTextBefore(parent: TreeNode, text: string, reference: TreeNode): void
    setTemplateContent(template: TreeNode, content: TreeNode): void
    adoptAttributes(recipient: TreeNode, attrs: Attribute[]): void
  }
  export default adapter
}
