import type { DeliveryState } from '@chatdesk/core'
import { Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'

/** Icon and text of each state. */
const MARKS = {
  queued: ['clock', 'deliveryQueued'],
  sending: ['clock', 'deliverySending'],
  sent: ['sent', 'deliverySent'],
  read: ['read', 'deliveryRead'],
} as const

/** How far a message has come, as a tick, and in words for screen readers. */
export function DeliveryMark({ panel, delivery }: PanelProps & { delivery: Exclude<DeliveryState, 'failed'> }) {
  const [icon, key] = MARKS[delivery]
  const words = panel.texts[key]
  return (
    <span class="delivery" data-delivery={delivery} title={words}>
      <Icon name={icon} size={14} />
      <span class="sr-only">{words}</span>
    </span>
  )
}
