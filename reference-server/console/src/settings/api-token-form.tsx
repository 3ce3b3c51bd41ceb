import type { ApiScope } from '@chatdesk/protocol'
import { Button, Checkbox, NativeSelect } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { CodeLine } from '../admin/code-block.js'
import { DialogForm } from '../admin/dialog.js'
import { NameField } from '../admin/name-field.js'
import { useConsole } from '../client/console-services.js'
import { SCOPE_NOUNS } from './scopes.js'
import styles from './settings.module.css'

const LIFETIMES = [
  { value: '30', label: '30 days' },
  { value: '90', label: '90 days' },
  { value: '365', label: 'A year' },
  { value: '', label: 'No end' },
]

/** Asks what a token is for and what it may do, then shows its secret once. */
export function ApiTokenForm({ onDone }: { onDone: () => void }) {
  const { admin: api } = useConsole()
  const [name, setName] = useState('')
  const [days, setDays] = useState('90')
  const [scopes, setScopes] = useState<ApiScope[]>([])
  const [secret, setSecret] = useState<string | null>(null)
  const toggle = (scope: ApiScope, on: boolean) =>
    setScopes((before) => (on ? [...before, scope] : before.filter((other) => other !== scope)))

  if (secret !== null) {
    return (
      <div className={admin.stack}>
        <p className={admin.dialogText}>
          This is the token. It is shown only now: keep it where your program reads it.
        </p>
        <CodeLine text={secret} what="Token" />
        <div className={admin.dialogActions}>
          <Button onClick={onDone}>Done</Button>
        </div>
      </div>
    )
  }
  return (
    <DialogForm
      submitLabel="Make the token"
      disabled={scopes.length === 0}
      onCancel={onDone}
      onSubmit={async () => {
        const lifetime = days === '' ? {} : { expiresInDays: Number(days) }
        setSecret((await api.apiTokens.create({ name: name.trim(), scopes, ...lifetime })).secret)
      }}
    >
      <NameField description="The program that it is for." value={name} onChange={setName} focused />
      <NativeSelect
        label="Ends after"
        value={days}
        data={LIFETIMES}
        onChange={(event) => setDays(event.currentTarget.value)}
      />
      <fieldset className={styles.scopes}>
        <legend>What it may do</legend>
        {SCOPE_NOUNS.map(({ name: title, scopes: offered }) => (
          <fieldset key={title} className={styles.scope}>
            <legend>{title}</legend>
            {offered.map((scope) => (
              <Checkbox
                key={scope}
                className={styles[scope.endsWith(':read') ? 'read' : 'write'] ?? ''}
                label={scope.endsWith(':read') ? 'Read' : 'Write'}
                checked={scopes.includes(scope)}
                onChange={(event) => toggle(scope, event.currentTarget.checked)}
              />
            ))}
          </fieldset>
        ))}
      </fieldset>
    </DialogForm>
  )
}
