/** A style sheet inside a shadow root. */
export interface AdoptedStyle {
  replace(css: string): void
}

/** Adds a style sheet to a shadow root: constructable where possible, which every policy allows, else a `style` element with a nonce. */
export function adoptStyle(root: ShadowRoot, css: string, nonce: string | undefined): AdoptedStyle {
  if ('adoptedStyleSheets' in root) {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return { replace: (text) => sheet.replaceSync(text) }
  }
  const style = (root as ShadowRoot).ownerDocument.createElement('style')
  if (nonce) style.nonce = nonce
  style.textContent = css
  ;(root as ShadowRoot).append(style)
  return {
    replace(text) {
      style.textContent = text
    },
  }
}
