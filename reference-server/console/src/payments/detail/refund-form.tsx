import type { Payment, PaymentCapture, PaymentDetail } from '@chatdesk/protocol'
import { NativeSelect, TextInput } from '@mantine/core'
import { useState } from 'react'
import admin from '../../admin/admin.module.css'
import { DialogForm } from '../../admin/dialog.js'
import { RefusableInput } from '../../admin/refusable-input.js'
import { useConsole } from '../../client/console-services.js'
import { newServerId } from '../../client/new-server-id.js'
import { fullTime } from '../../text/format-time.js'
import { decimalOf, formatMinor, readAmount } from '../money.js'

/** Options of `RefundForm`. */
export interface RefundFormProps {
  payment: Payment
  /** Of which something is left; at least one. */
  captures: readonly PaymentCapture[]
  onCancel: () => void
  onDone: (detail: PaymentDetail) => void
}

/** Sends money back. Whoever does it types the amount, whether it is all or a part: nothing goes by a mere press. */
export function RefundForm({ payment, captures, onCancel, onDone }: RefundFormProps) {
  const { admin: api } = useConsole()
  // Another try after a broken connection sends nothing twice.
  const [id] = useState(newServerId)
  const [paymentId, setPaymentId] = useState(captures[0]?.paymentId ?? '')
  const [amount, setAmount] = useState('')
  const [reason, setReason] = useState('')
  const { currency } = payment
  const money = (minor: number) => formatMinor(minor, currency)
  const left = captures.find((capture) => capture.paymentId === paymentId)?.refundableMinor ?? 0
  const { minor, problem } = readAmount(amount, currency)
  const tooMuch = minor !== null && minor > left
  const ready = minor !== null && !tooMuch
  return (
    <DialogForm
      submitLabel={ready ? `Refund ${money(minor)}` : 'Refund'}
      tone="danger"
      disabled={!ready || reason.trim() === ''}
      onCancel={onCancel}
      onSubmit={async () => {
        if (minor === null) return
        onDone(await api.payments.refund(payment.id, { id, paymentId, amountMinor: minor, reason: reason.trim() }))
      }}
    >
      <p className={admin.dialogText}>
        It goes back the way it came, to <bdi>{payment.visitorName ?? 'whoever has paid'}</bdi>, and cannot be called
        back. Banks take up to seven working days.
      </p>
      {captures.length > 1 && (
        <NativeSelect
          label="Of which payment"
          data={captures.map((capture) => ({
            value: capture.paymentId,
            label: `${money(capture.amountMinor)}, ${fullTime(capture.at)}`,
          }))}
          value={paymentId}
          onChange={(event) => setPaymentId(event.currentTarget.value)}
        />
      )}
      <RefusableInput
        field="amountMinor"
        label="Amount"
        description={`${money(left)} is left. Type ${decimalOf(left, currency)} for all of it, or less.`}
        inputMode="decimal"
        autoComplete="off"
        required
        value={amount}
        onChange={(event) => setAmount(event.currentTarget.value)}
        error={problem ?? (tooMuch ? `Only ${money(left)} is left.` : undefined)}
        data-autofocus
      />
      <TextInput
        label="Why"
        description="Your team reads it; the visitor does not."
        required
        maxLength={200}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
        dir="auto"
      />
      <output className={admin.dialogText}>
        {ready && (minor === left ? 'All that is left goes back.' : `${money(left - minor)} stays.`)}
      </output>
    </DialogForm>
  )
}
