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

/** How far a message has come, as a tick, and in words for screen readers. A failed one says so itself. */
export function DeliveryMark({ panel: { texts }, delivery }: PanelProps & { delivery: DeliveryState }) {
  if (delivery === 'failed') return null
  const [shape, key] = MARKS[delivery]
  return (
    <span class="delivery" data-delivery={delivery} title={texts[key]}>
      <Icon shape={shape} size={14} />
      <span class="sr-only">{texts[key]}</span>
    </span>
  )
}
