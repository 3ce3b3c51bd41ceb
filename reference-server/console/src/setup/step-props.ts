import type { Widget } from '../api/contract.js'

/** What each step is given. What it saves stands on the server when it calls `next`. */
export interface StepProps {
  widget: Widget
  onWidget(widget: Widget): void
  next(): void
}
