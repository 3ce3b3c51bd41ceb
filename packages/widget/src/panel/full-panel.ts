import type { RichPanel, RichPanelState } from './rich-panel.js'

/** What comes with a chunk of its own. */
export type Extras = typeof import('./extras.js')

/** What a panel shows, and the chunks that it draws with. They in turn know nothing of this file. */
export interface FullPanelState extends RichPanelState {
  /** Null until they are fetched, soon after the panel stands. */
  extras: Extras | null
}

/** A panel with its chunks. */
export interface FullPanel extends RichPanel, Readonly<Pick<FullPanelState, 'extras'>> {}

/** What the panel's own parts are given. */
export interface FullPanelProps {
  panel: FullPanel
}
