import type { TreeNode } from './html-tree.js'

/** One number, with a unit or without. */
const LENGTH = /^[-+.\da-z%]+$/
/** A length that is nothing: `0`, `0px`, `.0em`. */
const isNothing = (value: string) => LENGTH.test(value) && Number.parseFloat(value) === 0
/** A length that puts text far off. */
const isFar = (value: string) => LENGTH.test(value) && Number.parseFloat(value) <= -100

const HIDING: Record<string, (value: string) => boolean> = {
  display: (value) => value === 'none',
  visibility: (value) => value === 'hidden' || value === 'collapse',
  'content-visibility': (value) => value === 'hidden',
  'font-size': isNothing,
  font: (value) => value.split(/[\s/]+/).some(isNothing),
  opacity: isNothing,
  color: (value) => value === 'transparent',
  'text-indent': isFar,
  left: isFar,
  top: isFar,
  right: isFar,
  bottom: isFar,
  clip: (value) => value.startsWith('rect('),
  'clip-path': (value) => /^inset\(\s*(50|100)%/.test(value),
  transform: (value) => isNothing(/^scale[xy]?\(([^,)]*)[,)]/.exec(value)?.[1]?.trim() ?? ''),
}
/** With nothing of one of these, what overflows is cut off; of a box that does not cut, it would be seen. */
const SIZES = ['width', 'height', 'max-width', 'max-height']

/** What an element says of itself; empty: nothing. */
export function attributeOf(node: TreeNode, name: string): string {
  return node.attrs?.find((attribute) => attribute.name === name)?.value ?? ''
}

/** Whether an element says itself that nobody sees it. What a sheet of styles says of it is not known here. */
export function isHidden(node: TreeNode): boolean {
  const { attrs = [] } = node
  return attrs.some(({ name, value }) => {
    if (name === 'hidden') return true
    if (name === 'aria-hidden') return value.trim().toLowerCase() === 'true'
    return name === 'style' && styleHides(value)
  })
}

/** One declaration that hides is enough: which of two counts, browsers decide by more than their order. */
function styleHides(style: string): boolean {
  const declared = decodeStyle(style)
    .split(';')
    .map((declaration): [string, string] => {
      const [name = '', ...rest] = declaration.split(':')
      // Without `!important`.
      const [value = ''] = rest.join(':').split('!')
      return [name.trim(), value.trim()]
    })
  const isCut = declared.some(([name, value]) => name.startsWith('overflow') && /hidden|clip/.test(value))
  return declared.some(([name, value]) => HIDING[name]?.(value) || (isCut && SIZES.includes(name) && isNothing(value)))
}

/** Comments and escapes hide a word from whoever looks for it, and from no browser. */
function decodeStyle(style: string): string {
  return style
    .replace(/\/\*[\s\S]*?(\*\/|$)/g, '')
    .replace(/\\([0-9a-f]{1,6})\s?|\\(.)/gi, (_, hex: string | undefined, plain: string | undefined) => {
      if (hex === undefined) return plain ?? ''
      const code = Number.parseInt(hex, 16)
      return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
    })
    .toLowerCase()
}
