import type { TopPage } from './browser-top-page.js'

/** How long the window has to take back by itself what it has put into the history. */
const OWN_WAY_BACK_MS = 500

/** The element that has the focus, in whatever shadow. */
function focusedIn({ document }: TopPage): HTMLElement | null {
  let focused = document.activeElement
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement
  return focused as HTMLElement | null
}

/**
 * Remembers what the window changes of a page: how it scrolls, what has the focus, and where it stands in its history. What it answers
 * with puts that back, where the window has not.
 *
 * @param isFree whether no further window has opened meanwhile, whose place in the history it would be.
 */
export function rememberPage(page: TopPage, isFree: () => boolean): () => void {
  const { document } = page
  const scrolling = [document.body, document.documentElement].map(({ style }) => ({ style, overflow: style.overflow }))
  const focused = focusedIn(page)
  // What it has pushed is only taken back where an entry can be named: a step too many would leave the page.
  const { navigation } = page as { navigation?: Window['navigation'] }
  const entry = navigation?.currentEntry
  return () => {
    for (const { style, overflow } of scrolling) style.overflow = overflow
    // Nobody has taken it meanwhile: the host of a shadow has it in name alone.
    const nobody = [null, document.body, (focused?.getRootNode() as ShadowRoot | undefined)?.host]
    if (nobody.includes(document.activeElement as HTMLElement)) focused?.focus({ preventScroll: true })
    setTimeout(() => {
      const now = navigation?.currentEntry
      if (!entry || !now || !isFree() || now.index <= entry.index || now.url !== entry.url) return
      navigation?.traverseTo(entry.key).finished?.catch(() => {})
    }, OWN_WAY_BACK_MS)
  }
}

/** Takes the window away that the page cannot use: it has no way to be closed. It shows itself again when it is opened again. */
export function hideWindow({ document }: TopPage): void {
  for (const element of document.querySelectorAll<HTMLElement>('.razorpay-container, .razorpay-backdrop'))
    element.style.display = 'none'
}
