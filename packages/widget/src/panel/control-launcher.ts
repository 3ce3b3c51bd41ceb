import type { Launcher } from '../launcher/draw-launcher.js'
import { createElement } from '../launcher/host-page.js'
import type { Texts } from '../text/en.js'
import { formatCount } from '../text/format-text.js'

/** Lucide's chevron-down (ISC). */
const CHEVRON = 'm6 9 6 6 6-6'

/** The launcher as the panel has it: what it says, and the number on it. */
export interface LauncherControl {
  draw(state: { open: boolean; unread: number; texts: Texts; locale: string }): void
  /** Gives the launcher back as it was. */
  release(): void
}

/** Takes a launcher over from the loader. */
export function controlLauncher({ button, setState }: Launcher, onPress: () => void): LauncherControl {
  const badge = createElement('span')
  badge.className = badge.part = badge.dataset.part = 'badge'
  const chevron = button.firstElementChild?.cloneNode(true) as SVGElement
  chevron.firstElementChild?.setAttribute('d', CHEVRON)
  button.append(chevron, badge)
  button.onclick = onPress
  return {
    draw({ open, unread, texts, locale }) {
      const label = unread ? formatCount(texts.openChatUnread, unread, locale) : texts.openChat
      button.setAttribute('aria-label', open ? texts.closeChat : label)
      button.setAttribute('aria-expanded', `${open}`)
      // The label says it already; an empty badge is hidden.
      badge.textContent = open || unread === 0 ? '' : unread > 99 ? '99+' : unread.toLocaleString(locale)
      setState('ready')
    },
    release() {
      chevron.remove()
      badge.remove()
    },
  }
}
