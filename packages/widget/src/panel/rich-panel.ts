import type { PanelModel, PanelState } from './panel-model.js'

/** What draws messages that are more than plain words, and pictures. */
type Rich = typeof import('./rich/rich.js')

/** What a panel shows, and the chunk that draws its messages. That one in turn knows nothing of this file. */
export interface RichPanelState extends PanelState {
  /** There from the first message on, a little after it. */
  rich?: Rich
}

/** A panel with the chunk that draws its messages. */
export interface RichPanel extends PanelModel, Readonly<Pick<RichPanelState, 'rich'>> {
  update(changes: Partial<RichPanelState>): void
}
