import type { ChatError } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import { Logo } from '../shell/logo.js'
import { errorText } from '../text/error-text.js'
import styles from './session.module.css'

/** The server could not say who is signed in. */
export function UnreachablePage({ error, onRetry }: { error: ChatError; onRetry: () => Promise<void> }) {
  const [busy, setBusy] = useState(false)
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo size={40} />
        <h1 className={styles.title}>ChatDesk cannot start</h1>
        <p className={styles.lead} role="alert">
          {errorText(error)}
        </p>
        <Button
          size="md"
          loading={busy}
          onClick={async () => {
            setBusy(true)
            await onRetry()
            setBusy(false)
          }}
        >
          Try again
        </Button>
      </div>
    </main>
  )
}
