import type { ChatClient } from '@chatdesk/core'
import type { ExtraTexts, PanelTexts } from '../text/en.js'
import type { TimeFormat } from '../text/time-format.js'
import type { WidgetOptions } from '../widget-options.js'

/** What comes with a chunk of its own. */
export type Extras = typeof import('./extras.js') & { texts: PanelTexts & ExtraTexts }

/** What the panel shows beside the client's stores. */
export interface PanelState {
  open: boolean
  expanded: boolean
  /** The page is too small for a panel beside it. */
  fullScreen: boolean
  /** Name of the team; empty while unknown. */
  team: string
  greeting: string
  /** A connection is being made, and not for long enough to speak of it. */
  patient: boolean
  /** Null until they are fetched, soon after the panel stands. */
  extras: Extras | null
  texts: PanelTexts
}

/** All that is drawn, and what can be done. The stores are read while drawing: each of their changes draws anew. */
export interface PanelModel extends Readonly<PanelState> {
  readonly client: ChatClient
  readonly time: TimeFormat
  readonly options: WidgetOptions
  /** Begins the session; without effect when it has begun. */
  begin(): void
  /** Closes the panel, by the visitor's hand. */
  close(): void
  /** Makes the panel larger, or as it was. */
  resize(): void
}

/** What every part of the panel is given. */
export interface PanelProps {
  panel: PanelModel
}
