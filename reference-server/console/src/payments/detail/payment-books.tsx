import type { PaymentDeed, PaymentDetail, PaymentLedgerLine, PaymentRefund } from '@chatdesk/protocol'
import admin from '../../admin/admin.module.css'
import { DataTable } from '../../admin/data-table.js'
import { Section } from '../../admin/section.js'
import { Tag } from '../../admin/tag.js'
import { fullTime } from '../../text/format-time.js'
import { formatMinor } from '../money.js'
import styles from '../payments.module.css'
import { deedText } from './history-text.js'

const TYPES: Record<PaymentLedgerLine['type'], string> = {
  captured: 'Came in',
  refund: 'Went back',
  dispute: 'Taken back by the bank',
}
const SOURCES: Record<PaymentLedgerLine['source'], string> = {
  webhook: 'a webhook told',
  fetch: 'found by asking',
  answer: 'answer to a request',
  member: 'by the team',
}
const REFUND_STATES = {
  queued: { word: 'About to go', tone: 'late' },
  sent: { word: 'Sent', tone: 'good' },
  refused: { word: 'Refused', tone: 'bad' },
} as const

/** What has come, gone and been done, as it is written down. */
export function PaymentBooks({ detail: { payment, ledger, refunds, history } }: { detail: PaymentDetail }) {
  const { currency } = payment
  const kept = ledger.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return (
    <div className={admin.stack}>
      <Section title="Money">
        {ledger.length === 0 ? (
          <p className={styles.none}>Nothing has come in.</p>
        ) : (
          <>
            <Ledger lines={ledger} />
            <p className={styles.kept}>
              Kept <strong>{formatMinor(kept, currency)}</strong>
            </p>
          </>
        )}
      </Section>
      {refunds.length > 0 && (
        <Section title="Refunds">
          <Refunds refunds={refunds} currency={currency} />
        </Section>
      )}
      <Section title="History">
        <ol className={styles.history}>
          {history.map((deed, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: entries are only ever added, and two may be the same in all else
            <li key={index}>
              <Deed deed={deed} />
            </li>
          ))}
        </ol>
      </Section>
    </div>
  )
}

function Ledger({ lines }: { lines: readonly PaymentLedgerLine[] }) {
  return (
    <DataTable
      label="Money"
      rows={lines}
      rowKey={({ type, reference }) => `${type} ${reference}`}
      columns={[
        {
          title: 'What',
          cell: ({ type, reference, source }) => (
            <span className={admin.cellTitle}>
              <strong>{TYPES[type]}</strong>
              <span>
                <code>{reference}</code> · {SOURCES[source]}
              </span>
            </span>
          ),
        },
        { title: 'When', from: 'tablet', cell: ({ at }) => <time dateTime={at}>{fullTime(at)}</time> },
        {
          title: 'Amount',
          align: 'end',
          cell: ({ amountMinor, currency }) => (
            <span className={styles.money}>{formatMinor(amountMinor, currency)}</span>
          ),
        },
      ]}
    />
  )
}

function Refunds({ refunds, currency }: { refunds: readonly PaymentRefund[]; currency: string }) {
  return (
    <DataTable
      label="Refunds"
      rows={refunds}
      rowKey={({ id }) => id}
      columns={[
        {
          title: 'Why',
          cell: ({ reason, cause, requestedBy, error }) => (
            <span className={admin.cellTitle}>
              <strong dir="auto">{reason}</strong>
              <span>
                {cause === 'excess' ? (
                  'By the server'
                ) : (
                  <bdi>{requestedBy?.name ?? 'A former member, or a program'}</bdi>
                )}
              </span>
              {error !== null && <span className={styles.refused}>Razorpay says: “{error}”</span>}
            </span>
          ),
        },
        {
          title: 'State',
          cell: ({ state }) => <Tag tone={REFUND_STATES[state].tone}>{REFUND_STATES[state].word}</Tag>,
        },
        {
          title: 'When',
          from: 'tablet',
          cell: ({ createdAt }) => <time dateTime={createdAt}>{fullTime(createdAt)}</time>,
        },
        {
          title: 'Amount',
          align: 'end',
          cell: ({ amountMinor }) => <span className={styles.money}>{formatMinor(amountMinor, currency)}</span>,
        },
      ]}
    />
  )
}

function Deed({ deed }: { deed: PaymentDeed }) {
  const { at, actor, reason } = deed
  return (
    <>
      <span>
        {deedText(deed)}
        {reason !== undefined && (
          <>
            {' · '}
            <bdi>{reason}</bdi>
          </>
        )}
      </span>
      <small>
        <bdi>{actor?.name ?? 'The server'}</bdi>, <time dateTime={at}>{fullTime(at)}</time>
      </small>
    </>
  )
}
