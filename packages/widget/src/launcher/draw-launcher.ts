import type { WidgetSettings } from '@chatdesk/protocol'
import { launcherTexts } from '../text/en-launcher.js'
import { brandColor } from '../theme/brand-color.js'
import { colorOn } from '../theme/contrast.js'
import type { WidgetOptions } from '../widget-options.js'
import { addStyle, type ReplaceStyle } from './add-style.js'
import { createElement, createShape, pageRoot } from './host-page.js'
import launcherCss from './launcher.css?inline'

/** The round button, and the shadow root that it shares with the panel. */
export interface Launcher {
  readonly root: ShadowRoot
  readonly button: HTMLButtonElement
  /** Adds a style sheet to the root. */
  addStyle(css: string): ReplaceStyle
  /** The panel is on its way, or could not be loaded, which a notice says; a press tries again. */
  setState(state: 'ready' | 'loading' | 'failed'): void
  /** Takes everything off the page. */
  remove(): void
}

/** Lucide's message-circle (ISC), 24 × 24. */
const BUBBLE = 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z'

/**
 * Draws a launcher that nothing is behind yet.
 *
 * @param target where the host element goes.
 */
export function drawLauncher(
  options: WidgetOptions,
  settings: WidgetSettings | null,
  target: Element = pageRoot(),
): Launcher {
  const host = createElement('chatdesk-widget')
  const root = host.attachShadow({ mode: 'open' })
  const brand = brandColor(options, settings)
  const colors = `:host{--chatdesk-brand:${brand};--chatdesk-on-brand-icon:${colorOn(brand, 3)}}`
  const texts = { ...launcherTexts, ...options.texts }
  if ((options.position ?? settings?.position) === 'bottom-left') host.className = 'left'
  const addSheet = (css: string) => addStyle(root, css, options.styleNonce)
  addSheet(launcherCss + colors)

  const button = createElement('button')
  const notice = createElement('div')
  notice.setAttribute('role', 'alert')
  notice.part = 'notice'
  button.part = button.dataset.part = 'launcher'
  const icon = createShape('svg')
  const path = createShape('path')
  icon.setAttribute('viewBox', '0 0 24 24')
  path.setAttribute('d', BUBBLE)
  icon.append(path)
  button.append(icon)
  button.setAttribute('aria-label', texts.openChat)
  button.setAttribute('aria-expanded', 'false')
  root.append(notice, button)

  target.append(host)
  return {
    root,
    button,
    addStyle: addSheet,
    setState(state) {
      button.setAttribute('aria-busy', `${state === 'loading'}`)
      notice.textContent = state === 'failed' ? texts.loadFailed : ''
    },
    remove: () => host.remove(),
  }
}
