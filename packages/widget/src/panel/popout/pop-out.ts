import { openWindow, windowName } from '../../launcher/host-page.js'
import { mayStore } from '../../widget-options.js'
import type { PanelModel } from '../panel-model.js'

/** Of a widget's window; a second one of this name is the first. */
const nameOf = ({ options }: PanelModel) => `chatdesk-${options.widgetKey}`

/**
 * Whether a further window would show the same conversation, and nothing in it would go round those who intercept: they are
 * functions of this page.
 */
export const canPopOut = ({ settings, options, events }: PanelModel): boolean =>
  settings?.tabs === 'shared' && mayStore(options) && !events.gate

/** Shows the conversation in a window of its own, or the one that is there; in that window, lets it end with its page. */
export async function popOut(panel: PanelModel): Promise<void> {
  const name = nameOf(panel)
  const load = () => import('../popout/popout.js')
  if (windowName() === name) return (await load()).settleIn(panel)
  // Before anything is waited for: browsers open no window that comes long after the press.
  const popup = canPopOut(panel) ? openWindow(name) : undefined
  const { fillPopout } = await load().catch((error) => {
    if (!popup?.chatdesk) popup?.close()
    throw error
  })
  await fillPopout(panel, popup)
}
