import type { PaymentState } from '@chatdesk/protocol'
import { Tag } from '../admin/tag.js'
import { STATE_NAMES, STATE_TONES } from './payment-words.js'

/** Where a payment stands. */
export function StateTag({ state }: { state: PaymentState }) {
  return <Tag tone={STATE_TONES[state]}>{STATE_NAMES[state]}</Tag>
}
