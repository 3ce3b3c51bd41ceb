import { fillReply, type Macro, type MacroAction, type MacroRun, type ReplyValues } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useState } from 'react'
import admin from '../admin/admin.module.css'
import { DialogForm } from '../admin/dialog.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { orNull } from '../api/or-null.js'
import { useConsole } from '../client/console-services.js'
import { newServerId } from '../client/new-server-id.js'
import { replyValues } from '../replies/reply-values.js'
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
        <Steps macro={macro} conversationId={conversationId} stoppedAt={stoppedAt.index} />
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
      <Steps macro={macro} conversationId={conversationId} />
    </DialogForm>
  )
}

/** Options of `Steps`. */
interface StepsProps {
  macro: Macro
  conversationId: string
  /** Of the step that was refused. */
  stoppedAt?: number
}

/** Each with the words that it will say here, for the visitor reads no variables. */
function Steps({ macro, conversationId, stoppedAt }: StepsProps) {
  const { admin: api, current } = useConsole()
  const loadNames = useMacroNames()
  const loaded = useLoaded(async () => {
    // Without the visitor it runs all the same, with what stands for a name that is not known.
    const visitor = api.conversations.visitor(conversationId).catch(orNull)
    return { names: await loadNames(), values: replyValues(await visitor, current) }
  })
  return (
    <LoadView loaded={loaded}>
      {({ names, values }) => (
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
              {actionText(filled(action, values), names)}
            </li>
          ))}
        </ol>
      )}
    </LoadView>
  )
}

function filled(action: MacroAction, values: ReplyValues): MacroAction {
  return 'text' in action ? { ...action, text: fillReply(action.text, values) } : action
}
