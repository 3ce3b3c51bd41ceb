import type { ChatError, CopilotSummary } from '@chatdesk/protocol'
import { useState } from 'react'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'

/** A summary of a conversation, once it was asked for. */
export interface Summary {
  /** A guest has what they read written down, and is not offered one (B10). */
  offered: boolean
  value: CopilotSummary | null
  busy: boolean
  error: ChatError | null
  ask(): void
  dismiss(): void
}

export function useSummary(conversationId: string): Summary {
  const { admin, current } = useConsole()
  const action = useAction()
  const [value, setValue] = useState<CopilotSummary | null>(null)
  return {
    offered: current.visiting === null,
    ...{ value, busy: action.busy, error: action.error },
    ask() {
      if (action.busy) return
      void action.run(async () => setValue(await admin.copilot.summarise(conversationId)))
    },
    dismiss() {
      action.clear()
      setValue(null)
    },
  }
}
