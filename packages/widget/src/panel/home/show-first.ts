import type { PanelModel } from '../panel-model.js'
import { openHome } from './open-home.jsx'

/** Shows the visitor's conversations in a panel that has opened with nothing to read, unless something was begun. */
export function showFirst(panel: PanelModel): void {
  // Stands only where the conversation does.
  const composer = panel.container.querySelector('textarea')
  if (composer && !composer.value) void openHome(panel)
}
