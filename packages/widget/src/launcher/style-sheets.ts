/** A style sheet in a shadow root. */
export type AdoptedStyle = CSSStyleSheet | HTMLStyleElement

/**
 * Adds a style sheet to a shadow root: constructable where possible, which every policy allows, else a `style` element
 * with a nonce.
 */
export function adoptStyle(root: ShadowRoot, css: string, nonce = ''): AdoptedStyle {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return sheet
  } catch {
    const style = Object.assign(root.ownerDocument.createElement('style'), { nonce, textContent: css })
    root.append(style)
    return style
  }
}

/** Replaces the text of a style sheet. */
export function replaceStyle(style: AdoptedStyle, css: string): void {
  if ('replaceSync' in style) style.replaceSync(css)
  else style.textContent = css
}
