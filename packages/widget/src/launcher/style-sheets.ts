/**
 * Adds a style sheet to a shadow root: constructable where possible, which every policy allows, else a `style` element
 * with a nonce. Returns what replaces its text.
 */
export function adoptStyle(root: ShadowRoot, css: string, nonce: string | undefined): (css: string) => void {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return (text) => sheet.replaceSync(text)
  } catch {
    const style = root.ownerDocument.createElement('style')
    style.nonce = nonce ?? ''
    style.textContent = css
    root.append(style)
    return (text) => {
      style.textContent = text
    }
  }
}
