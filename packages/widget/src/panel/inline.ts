import { ChatError } from '@chatdesk/protocol'
import { findElement, listen } from '../launcher/host-page.js'
import { dressInline } from './dress-inline.js'
import type { PanelModel } from './panel-model.js'

/** Makes a panel a part of the page: always open, no dialog, as large as the element that it fills. */
export function standInline(panel: PanelModel, wanted: Element | string): void {
  const target = findElement(wanted)
  if (!target) throw new ChatError('VALIDATION_FAILED', 'inline: no such element on the page')
  const { container, options } = panel
  options.mode = 'inline'
  dressInline(panel.launcher, target)
  panel.update({ fullScreen: undefined })
  panel.show(false)
  // Escape closes dialogs.
  listen(container, 'keydown', (event) => {
    if ((event as KeyboardEvent).key === 'Escape') event.stopPropagation()
  })
}
