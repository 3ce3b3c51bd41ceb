import type { Reconciliation, ReconciliationDay } from '@chatdesk/protocol'
import { useStore } from '@nanostores/react'
import { CircleCheck } from 'lucide-react'
import { Link } from 'wouter'
import admin from '../../admin/admin.module.css'
import { AdminPage } from '../../admin/admin-page.js'
import { DataTable } from '../../admin/data-table.js'
import { LoadView } from '../../admin/load-view.js'
import { Moment } from '../../admin/moment.js'
import { Section } from '../../admin/section.js'
import { Tag } from '../../admin/tag.js'
import { useLoaded } from '../../admin/use-loaded.js'
import { useConsole } from '../../client/console-services.js'
import { fullTime, listTime, shortDuration } from '../../text/format-time.js'
import { formatMinor } from '../money.js'
import { PaymentTabs } from '../payment-tabs.js'
import styles from '../payments.module.css'
import { StateTag } from '../state-tag.js'
import { Orphans } from './orphans.js'

/** What was checked against Razorpay's books, what came of it, and what people have to look at. */
export function ReconciliationPage() {
  const { admin: api } = useConsole()
  const loaded = useLoaded(() => api.payments.reconciliation())
  return (
    <AdminPage
      title="Payments"
      lead="Once a day the books of the account at Razorpay are compared with what is known here. What was missed is put right by itself; what fits nothing stands here."
    >
      <PaymentTabs current="reconciliation" />
      <LoadView loaded={loaded}>{(report) => <Report report={report} onSettled={loaded.reload} />}</LoadView>
    </AdminPage>
  )
}

function Report({ report, onSettled }: { report: Reconciliation; onSettled: () => void }) {
  const { orphans, attention, refusedRefunds, days } = report
  const isClean = orphans.length + attention.length + refusedRefunds.length === 0
  return (
    <>
      <Standing report={report} />
      {isClean && (
        <p className={styles.clean}>
          <CircleCheck size={20} strokeWidth={1.75} aria-hidden />
          Nothing needs anybody to look at it.
        </p>
      )}
      {orphans.length > 0 && (
        <Section
          title={`Money that belongs to nothing (${orphans.length})`}
          lead="It came in at Razorpay, and nobody here has asked for it. Look it up there by its id, and send it back there or keep it."
        >
          <Orphans orphans={orphans} onSettled={onSettled} />
        </Section>
      )}
      {attention.length > 0 && (
        <Section
          title={`Payments to look at (${attention.length})`}
          lead="They do not fit what was asked for, came in twice, or are disputed."
        >
          <DataTable
            label="Payments to look at"
            rows={attention}
            rowKey={({ id }) => id}
            columns={[
              {
                title: 'For',
                cell: ({ id, purpose, visitorName }) => (
                  <span className={admin.cellTitle}>
                    <Link href={`/payments/${id}`} dir="auto">
                      {purpose}
                    </Link>
                    <span>
                      <bdi>{visitorName ?? 'Visitor erased'}</bdi>
                    </span>
                  </span>
                ),
              },
              { title: 'State', cell: ({ state }) => <StateTag state={state} /> },
              {
                title: 'Asked for',
                align: 'end',
                cell: ({ amountMinor, currency }) => (
                  <span className={styles.money}>{formatMinor(amountMinor, currency)}</span>
                ),
              },
              { title: 'Changed', from: 'tablet', cell: ({ updatedAt }) => <Moment at={updatedAt} /> },
            ]}
          />
        </Section>
      )}
      {refusedRefunds.length > 0 && (
        <Section
          title={`Refunds that Razorpay refused (${refusedRefunds.length})`}
          lead="The money has not gone back. Open the payment to try again, or pay it back in another way."
        >
          <Refused refused={refusedRefunds} />
        </Section>
      )}
      <Section
        title="The last 14 days"
        lead="By day of UTC: how the comparison went, and how the payments of the day were learned of, by webhook or by asking Razorpay."
      >
        {days.length === 0 ? <p className={styles.none}>Nothing was checked yet.</p> : <Days days={days} />}
      </Section>
    </>
  )
}

function Standing({ report: { comparedAt, waitingWebhooks, oldestWebhookAt } }: { report: Reconciliation }) {
  const { $now } = useConsole()
  const now = useStore($now)
  return (
    <dl className={styles.pairs}>
      <div>
        <dt>Compared last</dt>
        <dd>
          {comparedAt === null ? (
            'Never yet'
          ) : (
            <time dateTime={comparedAt} title={fullTime(comparedAt)}>
              {listTime(comparedAt, now)}
            </time>
          )}
        </dd>
      </div>
      <div>
        <dt>Webhooks</dt>
        <dd>
          {waitingWebhooks === 0
            ? 'All that came are worked on'
            : `${waitingWebhooks} ${waitingWebhooks === 1 ? 'waits' : 'wait'} for Razorpay to answer`}
          {oldestWebhookAt !== null && `, the oldest for ${shortDuration(now - Date.parse(oldestWebhookAt))}`}
        </dd>
      </div>
    </dl>
  )
}

function Refused({ refused }: { refused: Reconciliation['refusedRefunds'] }) {
  return (
    <DataTable
      label="Refunds that Razorpay refused"
      rows={refused}
      rowKey={({ refund }) => refund.id}
      columns={[
        {
          title: 'Of',
          cell: ({ intentId, purpose, refund }) => (
            <span className={admin.cellTitle}>
              <Link href={`/payments/${intentId}`} dir="auto">
                {purpose}
              </Link>
              <span className={styles.refused}>Razorpay says: “{refund.error}”</span>
            </span>
          ),
        },
        { title: 'When', from: 'tablet', cell: ({ refund }) => <Moment at={refund.createdAt} /> },
      ]}
    />
  )
}

function Days({ days }: { days: readonly ReconciliationDay[] }) {
  return (
    <DataTable
      label="The last 14 days"
      rows={days}
      rowKey={({ day }) => day}
      columns={[
        { title: 'Day', cell: ({ day }) => <time dateTime={day}>{day}</time> },
        { title: 'Books compared', cell: (day) => <Compared day={day} /> },
        { title: 'Put right', align: 'end', cell: ({ mended }) => <Count value={mended} tone="late" /> },
        { title: 'Fits nothing', align: 'end', cell: ({ orphans }) => <Count value={orphans} tone="bad" /> },
        { title: 'By webhook', align: 'end', from: 'tablet', cell: ({ told }) => told },
        { title: 'By asking', align: 'end', from: 'tablet', cell: ({ found }) => found },
      ]}
    />
  )
}

/** How far the comparison of a day has come. */
function Compared({ day: { comparisons, failures, compared } }: { day: ReconciliationDay }) {
  if (comparisons > 0)
    return (
      <>
        {compared} {compared === 1 ? 'payment' : 'payments'}
        {failures > 0 && <span className={styles.soft}>, at the {ordinal(failures + 1)} try</span>}
      </>
    )
  if (failures > 0) return <Tag tone="late">No answer</Tag>
  return <span className={styles.soft}>Not on this day</span>
}

function ordinal(count: number): string {
  const rest = count % 100 > 10 && count % 100 < 14 ? 0 : count % 10
  return `${count}${['th', 'st', 'nd', 'rd'][rest] ?? 'th'}`
}

/** What is nothing stays quiet. */
function Count({ value, tone }: { value: number; tone: 'late' | 'bad' }) {
  return value === 0 ? <span className={styles.soft}>0</span> : <Tag tone={tone}>{value}</Tag>
}
