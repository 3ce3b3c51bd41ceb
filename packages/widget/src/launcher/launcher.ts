import type { LauncherTexts } from '../text/en.js'

/** What a launcher is drawn with. */
export interface LauncherOptions {
  texts: LauncherTexts
  onPress(): void
  /** The visitor comes near: a pointer over it, or the focus on it. */
  onApproach(): void
}

/** `opening`: the panel is on its way · `failed`: it could not be loaded, which a notice says; a press tries again. */
export type LauncherState = 'closed' | 'opening' | 'open' | 'failed'

/** The round button. */
export interface Launcher {
  readonly button: HTMLButtonElement
  setState(state: LauncherState): void
  /** Shows the number of unread messages; nothing for 0. */
  setUnread(count: number): void
}

/** Lucide's message-circle and chevron-down (ISC). */
const SHAPES = [
  'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719',
  'm6 9 6 6 6-6',
]

/** Draws the launcher into a shadow root, closed. */
export function createLauncher(root: ShadowRoot, { texts, onPress, onApproach }: LauncherOptions): Launcher {
  const page = root.ownerDocument
  const create = <K extends keyof HTMLElementTagNameMap>(tag: K, part: string): HTMLElementTagNameMap[K] => {
    const element = page.createElement(tag)
    for (const name of ['class', 'part', 'data-part']) element.setAttribute(name, part)
    return element
  }
  const button = create('button', 'launcher')
  for (const shape of SHAPES) {
    const [svg, path] = ['svg', 'path'].map((tag) =>
      page.createElementNS('http://www.w3.org/2000/svg', tag),
    ) as unknown as [Element, Element]
    svg.setAttribute('viewBox', '0 0 24 24')
    path.setAttribute('d', shape)
    svg.append(path)
    button.append(svg)
  }
  const badge = create('span', 'badge')
  const notice = create('div', 'notice')
  notice.setAttribute('role', 'alert')
  button.append(badge)
  root.append(button, notice)
  button.onclick = onPress
  button.onpointerenter = button.onfocus = onApproach

  let state: LauncherState = 'closed'
  let unread = 0
  const draw = () => {
    const open = state === 'open'
    const label = unread ? (unread > 1 ? texts.openChatUnread : texts.openChatUnreadOne) : texts.openChat
    button.setAttribute('aria-label', open ? texts.closeChat : label.replace('{count}', `${unread}`))
    button.setAttribute('aria-expanded', `${open}`)
    button.setAttribute('aria-busy', `${state === 'opening'}`)
    // The label says it already; empty, both are hidden.
    badge.textContent = open || !unread ? '' : unread > 99 ? '99+' : `${unread}`
    notice.textContent = state === 'failed' ? texts.loadFailed : ''
  }
  draw()
  return {
    button,
    setState(next) {
      state = next
      draw()
    },
    setUnread(count) {
      unread = count
      draw()
    },
  }
}
