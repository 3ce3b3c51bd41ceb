import type { PaymentDetail, StrangePayment } from '@chatdesk/protocol'
import admin from '../../admin/admin.module.css'
import { DataTable } from '../../admin/data-table.js'
import { Section } from '../../admin/section.js'
import { useConsole } from '../../client/console-services.js'
import { mayRefund } from '../may-refund.js'
import { formatMinor } from '../money.js'
import styles from '../payments.module.css'
import { SettleButton } from '../settle/settle-button.js'

/** Options of `StrangePayments`. */
export interface StrangePaymentsProps {
  /** Of a payment some of whose money fits nothing. */
  detail: PaymentDetail
  onSettled: (detail: PaymentDetail) => void
}

/** What makes a payment one that people have to look at, and the way to say that they have. */
export function StrangePayments({ detail: { payment, strange }, onSettled }: StrangePaymentsProps) {
  const { admin: api, current } = useConsole()
  const mayAct = mayRefund(current)
  const settle = async ({ paymentId }: StrangePayment, reason: string) =>
    onSettled(await api.payments.settle(payment.id, { paymentId, reason }))
  return (
    <Section
      title={`Does not fit (${strange.length})`}
      lead={
        mayAct
          ? 'Look it up at Razorpay by its id. Send it back, or mark it as dealt with.'
          : 'An admin can send it back, or mark it as dealt with.'
      }
    >
      <DataTable
        label="Does not fit"
        rows={strange}
        rowKey={({ paymentId }) => paymentId}
        columns={[
          {
            title: 'At Razorpay',
            cell: (row) => (
              <span className={admin.cellTitle}>
                <strong>
                  <code>{row.paymentId}</code>
                </strong>
                <span>{row.captured ? 'It came in' : 'It is held, and has not come in'}</span>
                {mayAct && (
                  <span className={styles.settle}>
                    <SettleButton paymentId={row.paymentId} onSettle={(reason) => settle(row, reason)}>
                      No money moves. {formatMinor(row.amountMinor, row.currency)} counts towards nothing: the payment
                      stands as it would without it, for the visitor as well. Cancel it if nothing is to be paid any
                      more.
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
        ]}
      />
    </Section>
  )
}
