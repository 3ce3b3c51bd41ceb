import type { DeliveryState } from '@chatdesk/core'
import { Icon, type IconName } from '../icon.js'
import { usePanel } from '../panel-environment.js'

const ICONS: Record<Exclude<DeliveryState, 'failed'>, IconName> = {
  queued: 'clock',
  sending: 'clock',
  sent: 'sent',
  read: 'read',
}

/** How far a message has come, as a tick, and in words for screen readers. */
export function DeliveryMark({ delivery }: { delivery: Exclude<DeliveryState, 'failed'> }) {
  const { texts } = usePanel()
  const words = {
    queued: texts.deliveryQueued,
    sending: texts.deliverySending,
    sent: texts.deliverySent,
    read: texts.deliveryRead,
  }[delivery]
  return (
    <span class="delivery" data-delivery={delivery} title={words}>
      <Icon name={ICONS[delivery]} size={14} />
      <span class="sr-only">{words}</span>
    </span>
  )
}
