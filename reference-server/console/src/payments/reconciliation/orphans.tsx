import type { Reconciliation } from '@chatdesk/protocol'
import admin from '../../admin/admin.module.css'
import { DataTable } from '../../admin/data-table.js'
import { Moment } from '../../admin/moment.js'
import { useConsole } from '../../client/console-services.js'
import { mayRefund } from '../may-refund.js'
import { formatMinor } from '../money.js'
import styles from '../payments.module.css'
import { SettleButton } from '../settle/settle-button.js'

/** Options of `Orphans`. */
export interface OrphansProps {
  orphans: Reconciliation['orphans']
  /** One of them is none any more. */
  onSettled: () => void
}

/** Money that belongs to nothing known here, and the way to say that somebody has seen to it. */
export function Orphans({ orphans, onSettled }: OrphansProps) {
  const { admin: api, current } = useConsole()
  const mayAct = mayRefund(current)
  return (
    <DataTable
      label="Money that belongs to nothing"
      rows={orphans}
      rowKey={({ paymentId }) => paymentId}
      columns={[
        {
          title: 'At Razorpay',
          cell: ({ paymentId, reason, amountMinor, currency }) => (
            <span className={admin.cellTitle}>
              <strong>
                <code>{paymentId}</code>
              </strong>
              <span>{reason}</span>
              {mayAct && (
                <span className={styles.settle}>
                  <SettleButton
                    paymentId={paymentId}
                    onSettle={async (why) => {
                      await api.payments.settleOrphan(paymentId, why)
                      onSettled()
                    }}
                  >
                    No money moves. {formatMinor(amountMinor, currency)} stands in this report no longer; send it back
                    at Razorpay, or keep it.
                  </SettleButton>
                </span>
              )}
            </span>
          ),
        },
        {
          title: 'Amount',
          align: 'end',
          cell: ({ amountMinor, currency }) => (
            <span className={styles.money}>{formatMinor(amountMinor, currency)}</span>
          ),
        },
        { title: 'Found', cell: ({ foundAt }) => <Moment at={foundAt} /> },
      ]}
    />
  )
}
