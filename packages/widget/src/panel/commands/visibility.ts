import { CLOSED, keep, recall } from '../../launcher/browser-tab-memory.js'
import type { PanelModel } from '../panel-model.js'

/** Where a style sheet says how an element is displayed, `hidden` is no more than a wish. */
const HIDDEN_CSS = ':host([hidden]){display:none!important}[part=launcher][hidden]{display:none}'
const dressed = new WeakSet<object>()

/** Whether the widget can be seen at all. */
export function visibility(panel: PanelModel) {
  const { launcher, events, options } = panel
  const host = launcher.root.host as HTMLElement
  return {
    isHidden: () => host.hidden,
    show() {
      if (!host.hidden) return
      host.hidden = false
      events.emit('show')
    },
    hide() {
      if (host.hidden) return
      dress()
      closeByPage()
      host.hidden = true
      events.emit('hide')
    },
    closeByPage,
    /** The button alone: the page has one of its own. */
    hideLauncher(hidden: boolean) {
      dress()
      launcher.button.hidden = hidden
    },
  }

  function dress(): void {
    if (!dressed.has(launcher)) launcher.addStyle(HIDDEN_CSS)
    dressed.add(launcher)
  }

  /** The visitor has not closed it: it may open by itself on the next page. */
  function closeByPage(): void {
    const before = recall(options, CLOSED)
    panel.close()
    keep(options, CLOSED, before)
  }
}
