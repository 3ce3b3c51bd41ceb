import type { PaymentAccount } from '@chatdesk/protocol'
import { Tag } from '../admin/tag.js'

/** Whether money really moves. */
export function ModeTag({ mode }: Pick<PaymentAccount, 'mode'>) {
  return mode === 'live' ? <Tag tone="good">Live</Tag> : <Tag tone="late">Test</Tag>
}
