import { Button } from '@mantine/core'
import { useEffect, useRef } from 'react'
import admin from '../../admin/admin.module.css'
import { ErrorLine } from '../../admin/error-line.js'
import { useAction } from '../../admin/use-action.js'
import { useConsole } from '../../client/console-services.js'
import { fullTime } from '../../text/format-time.js'
import { ModeTag } from '../mode-tag.js'
import { formatMinor } from '../money.js'
import styles from '../payments.module.css'
import type { Terms } from './request-form.js'

/** Options of `RequestReview`. */
export interface RequestReviewProps {
  terms: Terms
  visitorName: string
  mode: 'test' | 'live'
  onBack: () => void
  /** Rejects with the refusal, which then stands here. */
  onSend: () => Promise<void>
}

/** Exactly what will be sent, before it is. */
export function RequestReview({ terms, visitorName, mode, onBack, onSend }: RequestReviewProps) {
  const { current } = useConsole()
  const action = useAction()
  const sendRef = useRef<HTMLButtonElement>(null)
  const { purpose, amountMinor, currency, expiresAt } = terms
  const amount = formatMinor(amountMinor, currency)
  // The field that had the focus is gone.
  useEffect(() => sendRef.current?.focus(), [])
  return (
    <div className={admin.stack}>
      <p className={admin.dialogText}>This is sent to the visitor, and cannot be changed afterwards, only cancelled.</p>
      <dl className={styles.pairs}>
        <div>
          <dt>Amount</dt>
          <dd className={styles.amount}>{amount}</dd>
        </div>
        <div>
          <dt>What for</dt>
          <dd dir="auto">{purpose}</dd>
        </div>
        <div>
          <dt>From</dt>
          <dd>
            <bdi>{visitorName}</bdi>
          </dd>
        </div>
        <div>
          <dt>To</dt>
          <dd>
            <bdi>{current.organization.name}</bdi>, at Razorpay
          </dd>
        </div>
        <div>
          <dt>Ends</dt>
          <dd>{expiresAt === null ? 'Never' : <time dateTime={expiresAt}>{fullTime(expiresAt)}</time>}</dd>
        </div>
        <div>
          <dt>Mode</dt>
          <dd>
            <ModeTag mode={mode} /> {mode === 'test' && 'No money moves.'}
          </dd>
        </div>
      </dl>
      <ErrorLine error={action.error} />
      <div className={admin.dialogActions}>
        <Button variant="default" onClick={onBack} disabled={action.busy}>
          Back
        </Button>
        <Button ref={sendRef} loading={action.busy} onClick={() => action.run(onSend)}>
          Request {amount}
        </Button>
      </div>
    </div>
  )
}
