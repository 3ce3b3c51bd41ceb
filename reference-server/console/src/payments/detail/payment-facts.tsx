import type { Payment } from '@chatdesk/protocol'
import { Link } from 'wouter'
import { CopyButton } from '../../admin/copy-button.js'
import { fullTime } from '../../text/format-time.js'
import { formatMinor } from '../money.js'
import { isAwaited } from '../payment-words.js'
import styles from '../payments.module.css'

/** Who asked whom for what, and where it is paid. */
export function PaymentFacts({ payment }: { payment: Payment }) {
  const { id, visitorName, conversationId, requestedBy, requestedAs, createdAt, updatedAt, expiresAt } = payment
  const { state, kind, url, failures, partial, paidMinor, currency } = payment
  return (
    <dl className={styles.facts}>
      <div>
        <dt>Visitor</dt>
        <dd>
          <bdi>{visitorName ?? 'Erased'}</bdi>
        </dd>
      </div>
      <div>
        <dt>Conversation</dt>
        <dd>
          {conversationId === null ? (
            'Erased: its payments stay'
          ) : (
            <Link href={`/conversations/${conversationId}`}>Open the conversation</Link>
          )}
        </dd>
      </div>
      <div>
        <dt>Requested</dt>
        <dd>
          <time dateTime={createdAt}>{fullTime(createdAt)}</time>
          {requestedAs === 'assistant' && ', by the assistant'}
          {requestedAs === 'api' && ', by a program'}
          {requestedBy && (
            <>
              , by <bdi>{requestedBy.name}</bdi>
            </>
          )}
        </dd>
      </div>
      {isAwaited(state) && (
        <div>
          <dt>Ends</dt>
          <dd>{expiresAt === null ? 'Never' : <time dateTime={expiresAt}>{fullTime(expiresAt)}</time>}</dd>
        </div>
      )}
      <div>
        <dt>Paid so far</dt>
        <dd>
          {formatMinor(paidMinor, currency)}
          {partial && ', may be paid in parts'}
        </dd>
      </div>
      <div>
        <dt>Tries that failed</dt>
        <dd>{failures}</dd>
      </div>
      <div>
        <dt>How it is paid</dt>
        <dd>
          {kind === 'link' ? 'At Razorpay’s own page' : 'In Razorpay’s window over the page'}
          {url !== null && (
            <span className={styles.link}>
              <code>{url}</code>
              <CopyButton text={url} what="Payment link" />
            </span>
          )}
        </dd>
      </div>
      <div>
        <dt>Changed</dt>
        <dd>
          <time dateTime={updatedAt}>{fullTime(updatedAt)}</time>
        </dd>
      </div>
      <div>
        <dt>Id</dt>
        <dd>
          <code>{id}</code>
        </dd>
      </div>
    </dl>
  )
}
