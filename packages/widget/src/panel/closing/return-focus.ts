import type { PanelModel } from '../panel-model.js'

/** Gives the focus back to the menu, from which a sheet was opened. */
export function returnFocus({ container }: PanelModel): void {
  container.querySelector<HTMLElement>('[data-action="menu"]')?.focus()
}
