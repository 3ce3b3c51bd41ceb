import type { AgentConversation } from '@chatdesk/core/agent'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { useEffect, useState } from 'react'
import { useConsole } from '../client/console-services.js'
import styles from './colleague-typing.module.css'

/** Whether a colleague is about to answer as well. */
export interface ColleagueTyping {
  /** Who, as long as that is asked. */
  asked: string | null
  /** True: the reply waits, for the question is shown now. A second try is the answer to it. */
  asksFirst(): boolean
  dismiss(): void
}

/** Asks once before a reply goes out beside that of a colleague who types. */
export function useColleagueTyping(conversation: AgentConversation): ColleagueTyping {
  const { current } = useConsole()
  const colleague = useStore(conversation.$typing).find(({ kind, id }) => kind === 'agent' && id !== current.member.id)
  const [state, setState] = useState<'quiet' | 'asked' | 'agreed'>('quiet')
  const isTyping = colleague !== undefined
  useEffect(() => {
    if (!isTyping) setState('quiet')
  }, [isTyping])
  return {
    asked: colleague && state === 'asked' ? (colleague.name ?? 'A colleague') : null,
    asksFirst() {
      if (!colleague || state === 'agreed') return false
      setState(state === 'asked' ? 'agreed' : 'asked')
      return state !== 'asked'
    },
    dismiss: () => setState('quiet'),
  }
}

/** The question, above what was written. */
export function ColleagueQuestion({ colleague, onSend }: { colleague: ColleagueTyping; onSend: () => void }) {
  return (
    <div role="status">
      {colleague.asked !== null && (
        <div className={styles.question}>
          <span>
            <bdi>{colleague.asked}</bdi> is typing an answer. Send yours too?
          </span>
          <Button size="compact-sm" fz={13} onClick={onSend}>
            Send mine too
          </Button>
          <Button size="compact-sm" fz={13} variant="default" onClick={colleague.dismiss}>
            Wait
          </Button>
        </div>
      )}
    </div>
  )
}
