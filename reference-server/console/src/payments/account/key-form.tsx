import type { PaymentAccount, PaymentAccountSecretResponse } from '@chatdesk/protocol'
import { PasswordInput } from '@mantine/core'
import { useState } from 'react'
import admin from '../../admin/admin.module.css'
import { DialogForm } from '../../admin/dialog.js'
import { RefusableInput } from '../../admin/refusable-input.js'
import { useConsole } from '../../client/console-services.js'
import { ModeTag } from '../mode-tag.js'

/** Options of `KeyForm`. */
export interface KeyFormProps {
  /** Null: none is connected. */
  account: PaymentAccount | null
  onCancel: () => void
  onDone: (answer: PaymentAccountSecretResponse) => void
}

/** Asks for an API key. What is typed goes to the server, which never tells it again. */
export function KeyForm({ account, onCancel, onDone }: KeyFormProps) {
  const { admin: api } = useConsole()
  const [keyId, setKeyId] = useState('')
  const [keySecret, setKeySecret] = useState('')
  const mode = modeOf(keyId)
  return (
    <DialogForm
      submitLabel={account ? 'Replace the key' : 'Connect'}
      onCancel={onCancel}
      onSubmit={async () => onDone(await api.payments.connect({ keyId: keyId.trim(), keySecret: keySecret.trim() }))}
    >
      <p className={admin.dialogText}>
        Make a key at Razorpay under Account & Settings, API keys, and enter both halves of it here.
      </p>
      <RefusableInput
        field="keyId"
        label="Key id"
        placeholder="rzp_test_… or rzp_live_…"
        autoComplete="off"
        spellCheck={false}
        required
        maxLength={64}
        value={keyId}
        onChange={(event) => setKeyId(event.currentTarget.value)}
        data-autofocus
      />
      <PasswordInput
        label="Key secret"
        description="It is stored sealed, and nobody can read it here again."
        autoComplete="off"
        required
        maxLength={128}
        value={keySecret}
        onChange={(event) => setKeySecret(event.currentTarget.value)}
      />
      <output className={admin.row}>
        {mode && <ModeTag mode={mode} />}
        {mode === 'test' && 'No money moves with this key.'}
        {mode === 'live' && 'With this key visitors pay real money.'}
      </output>
      {account && mode && mode !== account.mode && (
        <p className={admin.noteLate}>
          This key is of the other mode, so another account begins: with a webhook of its own, and a secret to enter at
          Razorpay. What was asked for before is still followed.
        </p>
      )}
    </DialogForm>
  )
}

/** As the server tells it: by how a key begins. */
function modeOf(keyId: string): PaymentAccount['mode'] | undefined {
  const [, mode] = /^\s*rzp_(test|live)_/.exec(keyId) ?? []
  return mode as PaymentAccount['mode'] | undefined
}
