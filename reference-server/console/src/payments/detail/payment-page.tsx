import type { PaymentDetail } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { ArrowLeft, RefreshCw } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import admin from '../../admin/admin.module.css'
import { AdminPage } from '../../admin/admin-page.js'
import { Dialog } from '../../admin/dialog.js'
import { ErrorLine } from '../../admin/error-line.js'
import { LoadView } from '../../admin/load-view.js'
import { useAction } from '../../admin/use-action.js'
import { type Loaded, useLoaded } from '../../admin/use-loaded.js'
import { mayWrite, useConsole } from '../../client/console-services.js'
import { CancelDialog } from '../conversation/cancel-dialog.js'
import { mayRefund } from '../may-refund.js'
import { ModeTag } from '../mode-tag.js'
import { formatMinor } from '../money.js'
import { canBeCancelled, isAwaited, STATE_MEANINGS } from '../payment-words.js'
import styles from '../payments.module.css'
import { StateTag } from '../state-tag.js'
import { PaymentBooks } from './payment-books.js'
import { PaymentFacts } from './payment-facts.js'
import { RefundForm } from './refund-form.js'
import { StrangePayments } from './strange-payments.js'

const ICON = { size: 16, strokeWidth: 1.75, 'aria-hidden': true } as const

/** One payment: how it stands, what can be done with it, and what has been. */
export function PaymentPage({ id }: { id: string }) {
  const { admin: api, client } = useConsole()
  const loaded = useLoaded(() => api.payments.get(id))
  const payment = loaded.state.status === 'loaded' ? loaded.state.value.payment : undefined
  const rows = useStore(client.$inbox)
  const told = rows.find((row) => row.id === payment?.conversationId)?.headSeq
  const { reload } = loaded
  // Each change of a payment is a message in its conversation.
  const before = useRef(told)
  useEffect(() => {
    if (told !== undefined && before.current !== undefined && told !== before.current) reload()
    before.current = told
  }, [told, reload])
  return (
    <AdminPage
      title={payment?.purpose ?? 'Payment'}
      lead={
        <Link href="/payments" className={styles.back}>
          <ArrowLeft {...ICON} /> All payments
        </Link>
      }
    >
      <LoadView loaded={loaded}>{(detail) => <Detail detail={detail} loaded={loaded} />}</LoadView>
    </AdminPage>
  )
}

function Detail({ detail, loaded }: { detail: PaymentDetail; loaded: Loaded<PaymentDetail> }) {
  const { admin: api, current } = useConsole()
  const [asking, setAsking] = useState<'cancel' | 'refund' | null>(null)
  const checking = useAction()
  const { payment, captures } = detail
  const { id, state, mode, amountMinor, currency, failure } = payment
  const mayAct = mayWrite(current)
  const mayReturn = mayRefund(current)
  const left = captures.filter(({ refundableMinor }) => refundableMinor > 0)
  const close = () => setAsking(null)
  const meaning = STATE_MEANINGS[state]
  return (
    <>
      <div className={styles.summary}>
        <div className={admin.row}>
          <strong>{formatMinor(amountMinor, currency)}</strong>
          <StateTag state={state} />
          {mode === 'test' && <ModeTag mode={mode} />}
        </div>
        {meaning && <p>{meaning}</p>}
        {failure !== null && isAwaited(state) && (
          <p>The last try failed. Razorpay says: {failure.replaceAll('_', ' ')}.</p>
        )}
        {mayAct && (
          <div className={admin.row}>
            {mayReturn && left.length > 0 && state !== 'disputed' && (
              <Button variant="default" onClick={() => setAsking('refund')}>
                Refund…
              </Button>
            )}
            <Button
              variant="default"
              leftSection={<RefreshCw {...ICON} />}
              loading={checking.busy}
              onClick={() =>
                checking.run(async () => {
                  await api.payments.check(id)
                  loaded.reload()
                })
              }
            >
              Ask Razorpay now
            </Button>
            {canBeCancelled(state) && (
              <Button variant="default" onClick={() => setAsking('cancel')}>
                Cancel the payment
              </Button>
            )}
          </div>
        )}
        {mayAct && !mayReturn && left.length > 0 && <p>An admin can refund it.</p>}
        <ErrorLine error={checking.error} />
      </div>
      <div className={styles.detail}>
        <div className={admin.stack}>
          {detail.strange.length > 0 && <StrangePayments detail={detail} onSettled={loaded.set} />}
          <PaymentBooks detail={detail} />
        </div>
        <PaymentFacts payment={payment} />
      </div>
      <CancelDialog opened={asking === 'cancel'} onClose={close} payment={payment} onCancelled={loaded.reload} />
      <Dialog opened={asking === 'refund'} onClose={close} title="Refund">
        <RefundForm
          payment={payment}
          captures={left}
          onCancel={close}
          onDone={(after) => {
            loaded.set(after)
            close()
          }}
        />
      </Dialog>
    </>
  )
}
