import { Button, Modal } from '@mantine/core'
import type { FormEvent, ReactNode } from 'react'
import styles from './admin.module.css'
import { ErrorLine } from './error-line.js'
import { RefusalProvider } from './refusal.js'
import { useAction } from './use-action.js'

/** Options of `Dialog`. */
export interface DialogProps {
  opened: boolean
  onClose: () => void
  title: string
  /** Mounted while it is open only, so each opening begins afresh. */
  children: ReactNode
}

/** A window over the page. */
export function Dialog({ opened, onClose, title, children }: DialogProps) {
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={title}
      size={480}
      // A press beside it would cost what was written.
      closeOnClickOutside={false}
      closeButtonProps={{ 'aria-label': 'Close' }}
    >
      {children}
    </Modal>
  )
}

/** Options of `DialogForm`. */
export interface DialogFormProps {
  submitLabel: string
  /** `Cancel` where it is not given. */
  cancelLabel?: string
  tone?: 'danger'
  disabled?: boolean
  /** Rejects with the refusal, which then stands in the dialog, and beside the field that asks `useRefusal` for it. */
  onSubmit: () => Promise<unknown>
  onCancel: () => void
  children: ReactNode
}

/** What a dialog asks, and its one answer. Whoever is told of a success closes it. */
export function DialogForm({
  submitLabel,
  cancelLabel = 'Cancel',
  tone,
  disabled,
  onSubmit,
  onCancel,
  children,
}: DialogFormProps) {
  const action = useAction()
  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    // React tells it to the form that asks as well, though on the page this one stands outside of it.
    event.stopPropagation()
    await action.run(onSubmit)
  }
  return (
    <form onSubmit={submit} className={styles.stack}>
      <RefusalProvider value={action.error}>{children}</RefusalProvider>
      <ErrorLine error={action.error} />
      <div className={styles.dialogActions}>
        <Button variant="default" onClick={onCancel}>
          {cancelLabel}
        </Button>
        <Button
          type="submit"
          loading={action.busy}
          disabled={disabled ?? false}
          {...(tone === 'danger' ? { color: 'var(--chatdesk-danger)' } : {})}
        >
          {submitLabel}
        </Button>
      </div>
    </form>
  )
}
