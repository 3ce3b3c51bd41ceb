import type { AgentConversation } from '@chatdesk/core/agent'
import { Eye, Reply, StickyNote } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { mayWrite, useConsole } from '../client/console-services.js'
import { useCommands } from '../commands/command-store.js'
import { MacroMenu } from '../macros/macro-menu.js'
import { RequestButton } from '../payments/conversation/request-button.js'
import { useShortcut } from '../shell/shortcuts.js'
import { NoteComposer } from './notes/note-composer.js'
import type { Notes } from './notes/use-notes.js'
import { ReplyBox } from './reply-box.js'
import styles from './reply-box.module.css'
import { type WriteMode, WriteTabs } from './write-tabs.js'

/** Options of `WriteBox`. */
export interface WriteBoxProps {
  conversation: AgentConversation
  visitorName: string
  resolved: boolean
  notes: Notes
  /** Asks the visitor for money; null: nobody can here. */
  onRequestPayment: (() => void) | null
}

/** Where an agent writes; a member who only reads finds a line that says so (C6). */
export function WriteBox(props: WriteBoxProps) {
  const { current } = useConsole()
  if (mayWrite(current)) return <WriteBoxes {...props} />
  return (
    <p className={styles.readOnly}>
      <Eye size={16} strokeWidth={1.75} aria-hidden />
      {current.visiting === null
        ? 'You can read this conversation. Replying needs the role of an agent.'
        : 'You can read this conversation. Only members of the organization reply in its name.'}
    </p>
  )
}

const WRITE_ICON = { size: 16, strokeWidth: 1.75 } as const

/** A reply or a note. Both stay: a reply may wait for its files, and another try of a note is the same note. */
function WriteBoxes({ conversation, visitorName, resolved, notes, onRequestPayment }: WriteBoxProps) {
  const [mode, setMode] = useState<WriteMode>('reply')
  const [answers, setAnswers] = useState<string | null>(null)
  const boxRef = useRef<HTMLDivElement>(null)
  const turned = useRef(false)
  const focus = () => boxRef.current?.querySelector<HTMLElement>('[data-shown] textarea')?.focus()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other field is seen only now
  useEffect(() => {
    if (turned.current) focus()
  }, [mode])
  function turnTo(next: WriteMode) {
    turned.current = true
    setMode(next)
    focus()
  }
  useShortcut(['r', 'n'], ({ key }) => {
    turnTo(key.toLowerCase() === 'n' ? 'note' : 'reply')
    return true
  })
  const group = 'Conversation'
  useCommands([
    {
      ...{ id: 'reply', group, label: 'Write a reply', shortcut: 'R' },
      icon: <Reply {...WRITE_ICON} />,
      run: () => turnTo('reply'),
    },
    {
      ...{ id: 'note', group, label: 'Write a note', shortcut: 'N' },
      icon: <StickyNote {...WRITE_ICON} />,
      run: () => turnTo('note'),
    },
  ])
  const tabs = <WriteTabs mode={mode} onChange={turnTo} />
  const { conversationId } = conversation
  // What a macro says to whom it says itself, wherever it is begun.
  const macrosOf = (here: WriteMode) => <MacroMenu conversationId={conversationId} shown={mode === here} />
  return (
    <div className={styles.reply} ref={boxRef}>
      {resolved && mode === 'reply' && (
        <p className={styles.endedNote}>This conversation has ended. It reopens when the visitor writes again.</p>
      )}
      <div className={styles.mode} data-shown={mode === 'reply' || undefined}>
        <ReplyBox
          {...{ conversation, visitorName, answers, setAnswers, tabs }}
          macros={
            <>
              {macrosOf('reply')}
              {onRequestPayment && <RequestButton onClick={onRequestPayment} />}
            </>
          }
          onShow={() => turnTo('reply')}
        />
      </div>
      <div className={styles.mode} data-shown={mode === 'note' || undefined}>
        <NoteComposer conversationId={conversationId} notes={notes} tabs={tabs} macros={macrosOf('note')} />
      </div>
    </div>
  )
}
