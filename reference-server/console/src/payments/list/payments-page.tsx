import type { Payment } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { CreditCard, Download } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import admin from '../../admin/admin.module.css'
import { AdminPage } from '../../admin/admin-page.js'
import { DataTable } from '../../admin/data-table.js'
import { EmptyNotice } from '../../admin/empty-notice.js'
import { ErrorLine } from '../../admin/error-line.js'
import { LoadView } from '../../admin/load-view.js'
import { Moment } from '../../admin/moment.js'
import { useAction } from '../../admin/use-action.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../../client/console-services.js'
import { ModeTag } from '../mode-tag.js'
import { formatMinor } from '../money.js'
import { PaymentTabs } from '../payment-tabs.js'
import styles from '../payments.module.css'
import { StateTag } from '../state-tag.js'
import { type PaymentChoice, PaymentFilters, queryOf } from './payment-filters.js'
import { useExport } from './use-export.js'

/** What visitors were asked to pay, and how that stands. */
export function PaymentsPage() {
  const { admin: api, current } = useConsole()
  const [choice, setChoice] = useState<PaymentChoice>({})
  const [cut, setCut] = useState(false)
  const more = useAction()
  const saving = useExport(setCut)
  const loaded = useLoaded(() => api.payments.list(queryOf(choice)), JSON.stringify(choice))
  const isNarrowed = Object.values(choice).some((value) => value !== undefined)
  const none = loaded.state.status === 'loaded' && loaded.state.value.payments.length === 0
  return (
    <AdminPage
      title="Payments"
      lead="What visitors were asked to pay in their conversations, and how that stands at Razorpay."
      action={
        <Button
          variant="default"
          leftSection={<Download size={16} strokeWidth={1.75} aria-hidden />}
          loading={saving.busy}
          disabled={none}
          onClick={() => saving.save(choice)}
        >
          Export as CSV
        </Button>
      }
    >
      <PaymentTabs current="list" />
      <PaymentFilters choice={choice} onChange={setChoice} />
      <ErrorLine error={saving.error} />
      {cut && (
        <p className={admin.noteLate}>
          The file has the newest 10,000 payments of these. Narrow the days for the others.
        </p>
      )}
      <LoadView loaded={loaded}>
        {({ payments, nextCursor, accountMode, ...rest }) =>
          payments.length === 0 ? (
            <EmptyNotice
              icon={CreditCard}
              title={isNarrowed ? 'Nothing here' : 'No payments yet'}
              text={
                isNarrowed
                  ? 'No payment is like this. Look at another state, other days, or at all of them.'
                  : accountMode === null
                    ? 'An admin connects an account at Razorpay first. Then your team asks for an amount in a conversation.'
                    : 'Ask for one in a conversation: the card beside the reply, or “Request a payment” among the commands.'
              }
            >
              {!isNarrowed && accountMode === null && mayAdminister(current) && (
                <Button component={Link} href="/settings/payments">
                  Connect Razorpay
                </Button>
              )}
            </EmptyNotice>
          ) : (
            <>
              <PaymentTable payments={payments} />
              <ErrorLine error={more.error} />
              {nextCursor !== null && (
                <div className={admin.row}>
                  <Button
                    variant="default"
                    loading={more.busy}
                    onClick={() =>
                      more.run(async () => {
                        const next = await api.payments.list({ ...queryOf(choice), cursor: nextCursor })
                        loaded.set({ ...rest, ...next, payments: [...payments, ...next.payments] })
                      })
                    }
                  >
                    Show older ones
                  </Button>
                </div>
              )}
            </>
          )
        }
      </LoadView>
    </AdminPage>
  )
}

function PaymentTable({ payments }: { payments: readonly Payment[] }) {
  return (
    <DataTable
      label="Payments"
      rows={payments}
      rowKey={({ id }) => id}
      columns={[
        {
          title: 'For',
          cell: ({ id, purpose, visitorName, mode }) => (
            <span className={admin.cellTitle}>
              <Link href={`/payments/${id}`} dir="auto">
                {purpose}
              </Link>
              <span className={styles.under}>
                <bdi>{visitorName ?? 'Visitor erased'}</bdi>
                {mode === 'test' && <ModeTag mode={mode} />}
              </span>
            </span>
          ),
        },
        {
          title: 'Amount',
          align: 'end',
          cell: ({ amountMinor, refundedMinor, currency }) => (
            <span className={styles.money}>
              {formatMinor(amountMinor, currency)}
              {refundedMinor > 0 && <small>{formatMinor(-refundedMinor, currency)} back</small>}
            </span>
          ),
        },
        { title: 'State', cell: ({ state }) => <StateTag state={state} /> },
        {
          title: 'Requested by',
          from: 'desktop',
          cell: ({ requestedBy, requestedAs }) => <bdi>{requestedBy?.name ?? ASKED_AS[requestedAs]}</bdi>,
        },
        { title: 'Requested', from: 'tablet', cell: ({ createdAt }) => <Moment at={createdAt} /> },
      ]}
    />
  )
}

/** Who asked, where that was no member, or one who is gone. */
const ASKED_AS = { member: 'A former member', assistant: 'The assistant', api: 'A program' }
