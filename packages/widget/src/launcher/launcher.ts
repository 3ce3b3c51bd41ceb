import type { LauncherTexts } from '../text/en.js'
import { formatText } from '../text/format-text.js'

/** What a launcher is drawn with. */
export interface LauncherOptions {
  texts: LauncherTexts
  /** Pressed, or its failure notice's retry. */
  onPress(): void
  /** The visitor comes near: a pointer over it, or the focus on it. */
  onApproach(): void
}

/** The round button. */
export interface Launcher {
  readonly button: HTMLButtonElement
  /** `opening`: the panel is on its way · `failed`: it could not be loaded, which a notice says. */
  setState(state: 'closed' | 'opening' | 'open' | 'failed'): void
  /** Shows the number of unread messages; nothing for 0. */
  setUnread(count: number): void
}

const SVG = 'http://www.w3.org/2000/svg'
/** Lucide's message-circle and chevron-down (ISC). */
const BUBBLE =
  'M2.992 16.342a2 2 0 0 1 .094 1.167l-1.065 3.29a1 1 0 0 0 1.236 1.168l3.413-.998a2 2 0 0 1 1.099.092 10 10 0 1 0-4.777-4.719'
const CHEVRON = 'm6 9 6 6 6-6'

/** Draws the launcher into a shadow root, closed. */
export function createLauncher(root: ShadowRoot, { texts, onPress, onApproach }: LauncherOptions): Launcher {
  const page = root.ownerDocument
  const create = <K extends keyof HTMLElementTagNameMap>(tag: K, name: string): HTMLElementTagNameMap[K] => {
    const element = page.createElement(tag)
    if (name) element.className = element.dataset.part = name
    return element
  }
  const icon = (shape: string): SVGSVGElement => {
    const svg = page.createElementNS(SVG, 'svg')
    const path = page.createElementNS(SVG, 'path')
    const attributes = {
      viewBox: '0 0 24 24',
      fill: 'none',
      stroke: 'currentColor',
      'stroke-width': '1.75',
      'stroke-linecap': 'round',
      'stroke-linejoin': 'round',
      'aria-hidden': 'true',
    }
    for (const [name, value] of Object.entries(attributes)) svg.setAttribute(name, value)
    path.setAttribute('d', shape)
    svg.append(path)
    return svg
  }

  const button = create('button', 'launcher')
  button.type = 'button'
  button.setAttribute('part', 'launcher')
  const badge = create('span', 'badge')
  // The button's label says the number already.
  badge.setAttribute('aria-hidden', 'true')
  button.append(icon(BUBBLE), icon(CHEVRON), badge)
  const notice = create('div', 'notice')
  notice.setAttribute('role', 'alert')
  root.append(button, notice)

  button.addEventListener('click', onPress)
  for (const type of ['pointerenter', 'focus', 'pointerdown']) button.addEventListener(type, onApproach)

  let open = false
  let unread = 0
  const label = () => {
    const openLabel =
      unread === 0
        ? texts.openChat
        : unread === 1
          ? texts.openChatUnreadOne
          : formatText(texts.openChatUnread, { count: unread })
    button.setAttribute('aria-label', open ? texts.closeChat : openLabel)
    badge.hidden = open || unread === 0
    badge.textContent = unread > 99 ? '99+' : `${unread}`
  }

  const launcher: Launcher = {
    button,
    setState(state) {
      open = state === 'open'
      button.setAttribute('aria-expanded', `${open}`)
      button.setAttribute('aria-busy', `${state === 'opening'}`)
      notice.hidden = state !== 'failed'
      // Filled anew each time, because only a change is announced.
      notice.textContent = ''
      if (state === 'failed') {
        const retry = create('button', '')
        retry.type = 'button'
        retry.textContent = texts.retryLoad
        retry.addEventListener('click', onPress)
        notice.append(texts.loadFailed, retry)
      }
      label()
    },
    setUnread(count) {
      unread = count
      label()
    },
  }
  launcher.setState('closed')
  return launcher
}
