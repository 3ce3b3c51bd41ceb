import type { RichPanel } from '../rich-panel.js'
import { bringChunk } from './bring-chunk.js'

/** Fetches what draws payments, and what there is to pay; whatever is drawn next asks again when it did not come. */
export function bringPayments(panel: RichPanel): void {
  if (panel.payments) return
  bringChunk(panel, () => import('../payments/payments.js')).then(
    (payments) => {
      panel.update({ payments })
      payments.attendPayments(panel)
    },
    () => {},
  )
}
