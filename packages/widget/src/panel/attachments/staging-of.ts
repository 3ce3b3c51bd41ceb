import type { PanelModel } from '../panel-model.js'
import { createStaging, type Staging } from './staging.js'

/** Of each widget, whether its composer is drawn or not. */
const stagings = new WeakMap<object, Staging>()

/** What was chosen in a panel. */
export function stagingOf(panel: PanelModel): Staging {
  const found = stagings.get(panel.client)
  if (found) return found
  const made = createStaging(panel, () => panel.update({}))
  stagings.set(panel.client, made)
  return made
}
