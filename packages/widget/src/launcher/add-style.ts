import { createElement } from './host-page.js'

/** Replaces the text of a style sheet. */
export type ReplaceStyle = (css: string) => void

/**
 * Adds a style sheet to a shadow root: constructable where possible, which every policy allows, else a `style` element
 * with a nonce.
 */
export function addStyle(root: ShadowRoot, css: string, nonce = ''): ReplaceStyle {
  try {
    const sheet = new CSSStyleSheet()
    sheet.replaceSync(css)
    root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet]
    return (text) => sheet.replaceSync(text)
  } catch {
    const style = Object.assign(createElement('style'), { nonce, textContent: css })
    root.append(style)
    return (text) => {
      style.textContent = text
    }
  }
}
