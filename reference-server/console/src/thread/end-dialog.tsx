import type { AgentConversation } from '@chatdesk/core/agent'
import { ChatError } from '@chatdesk/protocol'
import { Button, Modal } from '@mantine/core'
import { useState } from 'react'
import { errorText } from '../text/error-text.js'
import styles from './thread.module.css'

/** Options of `EndDialog`. */
export interface EndDialogProps {
  opened: boolean
  onClose: () => void
  conversation: AgentConversation
  visitorName: string
}

/** Asks once before the visitor is told that it is over. */
export function EndDialog({ opened, onClose, conversation, visitorName }: EndDialogProps) {
  const [busy, setBusy] = useState(false)
  const [error, setError] = useState<ChatError | null>(null)

  function close() {
    setError(null)
    onClose()
  }

  async function end() {
    setBusy(true)
    setError(null)
    try {
      await conversation.end()
      close()
    } catch (refusal) {
      if (!ChatError.isInstance(refusal)) throw refusal
      setError(refusal)
    } finally {
      setBusy(false)
    }
  }

  return (
    <Modal
      opened={opened}
      onClose={close}
      title="End the conversation?"
      size={400}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      <p className={styles.dialogText}>
        <bdi>{visitorName}</bdi> sees that it has ended. Writing again reopens it.
      </p>
      {error && (
        <p className={styles.dialogError} role="alert">
          {errorText(error)}
        </p>
      )}
      <div className={styles.dialogActions}>
        <Button variant="default" onClick={close}>
          Cancel
        </Button>
        <Button onClick={end} loading={busy} data-autofocus>
          End conversation
        </Button>
      </div>
    </Modal>
  )
}
