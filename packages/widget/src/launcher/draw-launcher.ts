import type { WidgetSettings } from '@chatdesk/protocol'
import { launcherTexts } from '../text/en-launcher.js'
import { colorOn } from '../theme/contrast.js'
import { DEFAULT_COLOR, type WidgetOptions } from '../widget-options.js'
import { createElement, createShape, pageBody } from './host-page.js'
import launcherCss from './launcher.css?inline'
import { adoptStyle } from './style-sheets.js'

/** The round button, and the shadow root that it shares with the panel. */
export interface Launcher {
  readonly root: ShadowRoot
  readonly button: HTMLButtonElement
  /** The panel is on its way, or could not be loaded, which a notice says; a press tries again. */
  setState(state: 'ready' | 'loading' | 'failed'): void
  /** Takes everything off the page. */
  remove(): void
}

/** Lucide's message-circle (ISC). */
const BUBBLE = 'M7.9 20A9 9 0 1 0 4 16.1L2 22Z'

/** An icon of Lucide's, 24 × 24. */
export function drawIcon(shape: string): Element {
  const icon = createShape('svg')
  const path = createShape('path')
  icon.setAttribute('viewBox', '0 0 24 24')
  path.setAttribute('d', shape)
  icon.append(path)
  return icon
}

/**
 * Draws a launcher that nothing is behind yet.
 *
 * @param target where the host element goes.
 */
export function drawLauncher(
  options: WidgetOptions,
  settings: WidgetSettings | null,
  target: Element = pageBody(),
): Launcher {
  const host = createElement('chatdesk-widget')
  const root = host.attachShadow({ mode: 'open' })
  // Into a style sheet goes nothing but a colour.
  const isColor = (value = '') => /^#[\da-f]{6}$/i.test(value)
  const brand = [options.primaryColor, settings?.primaryColor].find(isColor) ?? DEFAULT_COLOR
  const colors = `:host{--chatdesk-brand:${brand};--chatdesk-on-brand-icon:${colorOn(brand, 3)}}`
  const texts = { ...launcherTexts, ...options.texts }
  if ((options.position ?? settings?.position) === 'bottom-left') host.dataset.side = 'left'
  adoptStyle(root, launcherCss + colors, options.styleNonce)

  const button = createElement('button')
  const notice = createElement('div')
  notice.setAttribute('role', 'alert')
  notice.setAttribute('part', 'notice')
  button.setAttribute('part', 'launcher')
  button.dataset.part = 'launcher'
  button.append(drawIcon(BUBBLE))
  button.setAttribute('aria-label', texts.openChat)
  button.setAttribute('aria-expanded', 'false')
  root.append(notice, button)

  target.append(host)
  return {
    root,
    button,
    setState(state) {
      button.setAttribute('aria-busy', `${state === 'loading'}`)
      notice.textContent = state === 'failed' ? texts.loadFailed : ''
    },
    remove: () => host.remove(),
  }
}
