import type { PanelModel, PanelState } from './panel-model.js'

/** What draws messages that are more than plain words, and pictures. */
type Rich = typeof import('./rich/rich.js')

/** What receives a visitor, where the widget's owner has set up any of it. */
type Reception = typeof import('./reception/reception.js')

/** What asks for what visitors think. */
type FeedbackChunk = typeof import('./feedback/feedback.js')

/** What draws conversations that are long. */
type Long = typeof import('./long/long.js')

/** What draws payments, and lets them be paid. */
type PaymentsChunk = typeof import('./payments/payments.js')

/** What a panel shows, and the chunks that draw what is in its thread. Those in turn know nothing of this file. */
export interface RichPanelState extends PanelState {
  /** There from the first message on, a little after it. */
  rich?: Rich
  /** There soon after the panel, where it is needed. */
  reception?: Reception
  /** There as soon as something can be judged. */
  feedback?: FeedbackChunk
  /** There once there is much to draw. */
  long?: Long
  /** There once something is to be paid, or may be. */
  payments?: PaymentsChunk
}

/** A panel with these chunks. */
export interface RichPanel
  extends PanelModel,
    Readonly<Pick<RichPanelState, 'rich' | 'reception' | 'feedback' | 'long' | 'payments'>> {
  update(changes: Partial<RichPanelState>): void
}
