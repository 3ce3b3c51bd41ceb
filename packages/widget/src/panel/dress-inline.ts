import type { Launcher } from '../launcher/draw-launcher.js'
import inlineCss from '../theme/inline.css?inline'

/** Puts a widget into an element of the page, without its launcher. */
export function dressInline({ root, addStyle }: Pick<Launcher, 'root' | 'addStyle'>, target: Element): void {
  if (root.host.parentElement !== target) target.append(root.host)
  if (root.host.classList.contains('inline')) return
  root.host.classList.add('inline')
  addStyle(inlineCss)
}
