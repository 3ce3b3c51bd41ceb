import { Button } from '@mantine/core'
import { Plus } from 'lucide-react'
import { Link } from 'wouter'
import { LoadView } from '../../admin/load-view.js'
import { mayAdminister, useConsole } from '../../client/console-services.js'
import slot from '../../tickets/tickets.module.css'
import { formatMinor } from '../money.js'
import { StateTag } from '../state-tag.js'
import styles from './conversation.module.css'
import type { ConversationPayments as Payments } from './use-conversation-payments.js'

/** Options of `ConversationPayments`. */
export interface ConversationPaymentsProps {
  payments: Payments
  /** Null: nobody can ask for money here. */
  onRequest: (() => void) | null
}

/** What was asked for in a conversation, the newest first, and the way to ask for more. */
export function ConversationPayments({ payments: { loaded }, onRequest }: ConversationPaymentsProps) {
  return (
    <section className={slot.slot} aria-label="Payments">
      <div className={slot.slotHead}>
        <h3>Payments</h3>
        {onRequest && (
          <Button
            variant="default"
            size="compact-sm"
            fz={13}
            leftSection={<Plus size={14} strokeWidth={2} aria-hidden />}
            onClick={onRequest}
          >
            Request a payment
          </Button>
        )}
      </div>
      <LoadView loaded={loaded}>
        {({ payments, accountMode }) =>
          payments.length === 0 ? (
            <None isConnected={accountMode !== null} />
          ) : (
            <ul className={styles.list}>
              {payments.map(({ id, purpose, amountMinor, currency, state }) => (
                <li key={id}>
                  <Link href={`/payments/${id}`}>
                    <strong>{formatMinor(amountMinor, currency)}</strong>
                    <span dir="auto" title={purpose}>
                      {purpose}
                    </span>
                  </Link>
                  <StateTag state={state} />
                </li>
              ))}
            </ul>
          )
        }
      </LoadView>
    </section>
  )
}

function None({ isConnected }: { isConnected: boolean }) {
  const { current } = useConsole()
  if (isConnected) return <p className={slot.slotNone}>None in this conversation.</p>
  return (
    <p className={slot.slotNone}>
      No account is connected to take money.
      {mayAdminister(current) && !current.visiting && (
        <>
          {' '}
          <Link href="/settings/payments" className={styles.connect}>
            Connect one
          </Link>
        </>
      )}
    </p>
  )
}
