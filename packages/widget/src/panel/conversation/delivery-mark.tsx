import type { DeliveryState } from '@chatdesk/core'
import { CHECK, CLOCK, DOUBLE_CHECK, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'

/** Icon and text of each state. */
const MARKS = {
  queued: [CLOCK, 'deliveryQueued'],
  sending: [CLOCK, 'deliverySending'],
  sent: [CHECK, 'deliverySent'],
  read: [DOUBLE_CHECK, 'deliveryRead'],
} as const

/** How far a message has come, as a tick, and in words for screen readers. */
export function DeliveryMark({ panel, delivery }: PanelProps & { delivery: Exclude<DeliveryState, 'failed'> }) {
  const [shape, key] = MARKS[delivery]
  const words = panel.texts[key]
  return (
    <span class="delivery" data-delivery={delivery} title={words}>
      <Icon shape={shape} size={14} />
      <span class="sr-only">{words}</span>
    </span>
  )
}
