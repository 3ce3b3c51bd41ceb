import type { PanelModel } from '../panel-model.js'

/** Begins what goes on behind a panel; what cannot be fetched now comes with the first command. */
export function attend(panel: PanelModel): void {
  import('../background.js').then(
    (background) => background.attend(panel),
    () => {},
  )
}
