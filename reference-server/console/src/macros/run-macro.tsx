import type { Macro, MacroRun } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { DialogForm } from '../admin/dialog.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { useConsole } from '../client/console-services.js'
import { newServerId } from '../client/new-server-id.js'
import { actionText } from './macro-text.js'
import styles from './macros.module.css'
import { useMacroNames } from './use-macro-names.js'

/** Options of `RunMacro`. */
export interface RunMacroProps {
  macro: Macro
  conversationId: string
  onClose: () => void
}

/** What a macro will do, then what it could not. A second try after a broken connection is the same run. */
export function RunMacro({ macro, conversationId, onClose }: RunMacroProps) {
  const { admin: api } = useConsole()
  const [runId] = useState(newServerId)
  const [stoppedAt, setStoppedAt] = useState<MacroRun['stoppedAt']>(null)
  if (stoppedAt) {
    return (
      <div className={admin.stack}>
        <Steps macro={macro} stoppedAt={stoppedAt.index} />
        <p className={admin.error} role="alert">
          It stopped at step {stoppedAt.index + 1}: {stoppedAt.message} What stands before it was done.
        </p>
        <div className={admin.dialogActions}>
          <Button data-autofocus onClick={onClose}>
            Close
          </Button>
        </div>
      </div>
    )
  }
  return (
    <DialogForm
      submitLabel="Run it"
      onCancel={onClose}
      onSubmit={async () => {
        const run = await api.desk.macros.run(conversationId, macro.id, runId)
        if (run.stoppedAt) setStoppedAt(run.stoppedAt)
        else onClose()
      }}
    >
      <Steps macro={macro} />
    </DialogForm>
  )
}

function Steps({ macro, stoppedAt }: { macro: Macro; stoppedAt?: number }) {
  const names = useLoaded(useMacroNames())
  return (
    <LoadView loaded={names}>
      {(known) => (
        <ol className={styles.steps}>
          {macro.actions.map((action, index) => (
            <li
              // biome-ignore lint/suspicious/noArrayIndexKey: a list that never changes
              key={index}
              dir="auto"
              data-state={
                stoppedAt === undefined
                  ? undefined
                  : index < stoppedAt
                    ? 'done'
                    : index === stoppedAt
                      ? 'refused'
                      : 'left'
              }
            >
              {actionText(action, known)}
            </li>
          ))}
        </ol>
      )}
    </LoadView>
  )
}
