import type { AgentConversation } from '@chatdesk/core/agent'
import type { Author } from '@chatdesk/protocol'
import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { useEffect, useState } from 'react'
import { useConsole } from '../client/console-services.js'
import styles from './colleague-typing.module.css'

/** A reply that was held back, and how it stands with the colleague for whose sake it was. */
interface Held {
  name: string
  /** They type, they have answered, or they have stopped without. */
  is: 'typing' | 'faster' | 'gone'
}

/** Whether a colleague is about to answer as well. */
export interface ColleagueTyping {
  held: Held | null
  /** True: the reply waits, for the question is shown now. A second try is the answer to it. */
  asksFirst(): boolean
  dismiss(): void
}

/**
 * Asks once before a reply goes out beside that of a colleague who types. What was held back says so until its author decides:
 * also when the colleague has answered, or types no more.
 */
export function useColleagueTyping(conversation: AgentConversation): ColleagueTyping {
  const { current } = useConsole()
  const isColleague = ({ kind, id }: Author) => kind === 'agent' && id !== current.member.id
  const colleague = useStore(conversation.$typing).find(isColleague)
  const answer = useStore(conversation.$timeline)
    .flatMap((entry) =>
      entry.type === 'message' && entry.seq !== undefined && isColleague(entry.author)
        ? [{ seq: entry.seq, name: entry.author.name }]
        : [],
    )
    .at(-1)
  const answered = answer?.seq ?? 0
  const [state, setState] = useState<'quiet' | 'agreed' | { name: string; answered: number }>('quiet')
  const isTyping = colleague !== undefined
  useEffect(() => {
    if (!isTyping) setState((last) => (last === 'agreed' ? 'quiet' : last))
  }, [isTyping])
  const held = typeof state === 'object' ? state : null
  const isFaster = held !== null && answered > held.answered
  return {
    held: held && {
      name: (isFaster && answer?.name) || held.name,
      is: isFaster ? 'faster' : isTyping ? 'typing' : 'gone',
    },
    asksFirst() {
      if (held) setState(isTyping ? 'agreed' : 'quiet')
      if (held || !colleague || state === 'agreed') return false
      setState({ name: colleague.name ?? 'A colleague', answered })
      return true
    },
    dismiss: () => setState('quiet'),
  }
}

const WORDS: Record<Held['is'], { says: string; send: string; wait: string }> = {
  typing: { says: 'is typing an answer. Send yours too?', send: 'Send mine too', wait: 'Wait' },
  faster: { says: 'answered meanwhile. Yours was not sent.', send: 'Send it anyway', wait: 'Keep it' },
  gone: { says: 'types no more. Yours was not sent yet.', send: 'Send it', wait: 'Keep it' },
}

/** The question, above what was written. */
export function ColleagueQuestion({ colleague, onSend }: { colleague: ColleagueTyping; onSend: () => void }) {
  const { held } = colleague
  return (
    <div role="status">
      {held && (
        <div className={styles.question}>
          <span>
            <bdi>{held.name}</bdi> {WORDS[held.is].says}
          </span>
          <Button size="compact-sm" fz={13} onClick={onSend}>
            {WORDS[held.is].send}
          </Button>
          <Button size="compact-sm" fz={13} variant="default" onClick={colleague.dismiss}>
            {WORDS[held.is].wait}
          </Button>
        </div>
      )}
    </div>
  )
}
