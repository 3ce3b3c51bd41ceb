import type { AdministeredWidget } from '@chatdesk/protocol'

/** What each step is given. What it saves stands on the server when it calls `next`. */
export interface StepProps {
  widget: AdministeredWidget
  onWidget(widget: AdministeredWidget): void
  next(): void
}
