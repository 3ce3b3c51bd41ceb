import type { MessageView } from '@chatdesk/core'
import type { PaymentPart } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { CreditCard } from 'lucide-react'
import { useState } from 'react'
import { Link } from 'wouter'
import { Tag } from '../../admin/tag.js'
import { mayWrite, useConsole } from '../../client/console-services.js'
import { clockTime, fullTime } from '../../text/format-time.js'
import threadStyles from '../../thread/message-list.module.css'
import { formatMinor } from '../money.js'
import { STATUS_NAMES, STATUS_TONES } from '../payment-words.js'
import { CancelDialog } from './cancel-dialog.js'
import styles from './conversation.module.css'

/** Options of `PaymentRow`. */
export interface PaymentRowProps {
  message: MessageView
  part: PaymentPart
  /** Nothing newer is known of this payment (M1). */
  newest: boolean
}

/** How a payment stood or stands: what is newest is a card, and what came before a line. */
export function PaymentRow({ message, part, newest }: PaymentRowProps) {
  const time = (
    <time dateTime={message.createdAt} title={fullTime(message.createdAt)}>
      {clockTime(message.createdAt)}
    </time>
  )
  if (newest) return <PaymentCard part={part} seq={message.seq} time={time} />
  return (
    <p className={threadStyles.quiet} data-seq={message.seq}>
      <bdi>{part.text}</bdi>
      {' · '}
      {time}
    </p>
  )
}

function PaymentCard({ part, seq, time }: { part: PaymentPart; seq: number | undefined; time: React.ReactNode }) {
  const { current } = useConsole()
  const [cancelling, setCancelling] = useState(false)
  const { intentId, purpose, status, amountMinor, currency, expiresAt } = part
  const amount = formatMinor(amountMinor, currency)
  const notes = notesOf(part)
  return (
    <article className={styles.card} data-seq={seq} aria-label={`Payment: ${purpose}, ${amount}`}>
      <header>
        <span className={styles.kind}>
          <CreditCard size={16} strokeWidth={1.75} aria-hidden />
          Payment
        </span>
        <Tag tone={STATUS_TONES[status]}>{STATUS_NAMES[status]}</Tag>
      </header>
      <strong>{amount}</strong>
      <p dir="auto">{purpose}</p>
      {notes.map((note) => (
        <small key={note}>{note}</small>
      ))}
      {status === 'awaiting_payment' && expiresAt !== undefined && (
        <small>
          Until <time dateTime={expiresAt}>{fullTime(expiresAt)}</time>
        </small>
      )}
      <footer>
        <Link href={`/payments/${intentId}`} aria-label={`Open the payment: ${purpose}`}>
          Open
        </Link>
        {status === 'awaiting_payment' && mayWrite(current) && (
          <Button size="compact-sm" fz={13} variant="default" onClick={() => setCancelling(true)}>
            Cancel the payment
          </Button>
        )}
        {time}
      </footer>
      <CancelDialog
        opened={cancelling}
        onClose={() => setCancelling(false)}
        payment={{ id: intentId, purpose, amountMinor, currency }}
      />
    </article>
  )
}

/** What the amount and the state do not say. */
function notesOf({ status, paidMinor, refundedMinor, failures, currency }: PaymentPart): string[] {
  const money = (minor: number) => formatMinor(minor, currency)
  return [
    ...(status === 'partially_paid' ? [`${money(paidMinor)} has come in`] : []),
    ...(refundedMinor > 0 ? [`${money(refundedMinor)} has gone back`] : []),
    ...(status === 'awaiting_payment' && failures > 0
      ? [failures === 1 ? 'One try has failed' : `${failures} tries have failed`]
      : []),
  ]
}
