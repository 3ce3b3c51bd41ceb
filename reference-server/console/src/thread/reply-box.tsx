import type { AgentConversation } from '@chatdesk/core/agent'
import { ChatError, LIMITS, type MessagePart } from '@chatdesk/protocol'
import { ActionIcon, Textarea, Tooltip } from '@mantine/core'
import { Eye, ListPlus, Reply, SendHorizontal, StickyNote } from 'lucide-react'
import {
  type Dispatch,
  type KeyboardEvent,
  type ReactNode,
  type SetStateAction,
  useEffect,
  useId,
  useRef,
  useState,
} from 'react'
import { mayWrite, useConsole } from '../client/console-services.js'
import { useCommands } from '../commands/command-store.js'
import { MacroMenu } from '../macros/macro-menu.js'
import { ReplyMenu } from '../replies/reply-menu.js'
import { useCannedReplies } from '../replies/use-canned-replies.js'
import { useShortcut } from '../shell/shortcuts.js'
import { messageText } from '../text/message-text.js'
import { mayOffer, withAnswers } from './answer-choices.js'
import { AnswersField } from './answers-field.js'
import { ColleagueQuestion, useColleagueTyping } from './colleague-typing.js'
import { AttachButton } from './files/attach-button.js'
import fileStyles from './files/files.module.css'
import { StagedList } from './files/staged-list.js'
import { useDroppedFiles } from './files/use-dropped-files.js'
import { useReplyFiles } from './files/use-reply-files.js'
import { NoteComposer } from './notes/note-composer.js'
import type { Notes } from './notes/use-notes.js'
import styles from './reply-box.module.css'
import { type WriteMode, WriteTabs } from './write-tabs.js'

/** From here on the count of characters is shown. */
const SHOW_COUNT_FROM = LIMITS.textLength - 500

/** Options of `ReplyBox`. */
export interface ReplyBoxProps {
  conversation: AgentConversation
  visitorName: string
  resolved: boolean
  notes: Notes
}

/** Where an agent writes; a member who only reads finds a line that says so (C6). */
export function ReplyBox(props: ReplyBoxProps) {
  const { current } = useConsole()
  if (mayWrite(current)) return <WriteBox {...props} />
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

/** A reply or a note; what is begun of one is there again after a look at the other. */
function WriteBox({ conversation, visitorName, resolved, notes }: ReplyBoxProps) {
  const [mode, setMode] = useState<WriteMode>('reply')
  const [answers, setAnswers] = useState<string | null>(null)
  const boxRef = useRef<HTMLDivElement>(null)
  const turned = useRef(false)
  const focus = () => boxRef.current?.querySelector('textarea')?.focus()
  // biome-ignore lint/correctness/useExhaustiveDependencies: the other field stands there only now
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
  return (
    <div className={styles.reply} ref={boxRef}>
      {resolved && mode === 'reply' && (
        <p className={styles.endedNote}>This conversation has ended. It reopens when the visitor writes again.</p>
      )}
      {mode === 'note' ? (
        <NoteComposer conversationId={conversationId} notes={notes} tabs={tabs} />
      ) : (
        <Composer {...{ conversation, visitorName, answers, setAnswers, tabs }} />
      )}
    </div>
  )
}

/** Options of `Composer`. */
interface ComposerProps extends Pick<ReplyBoxProps, 'conversation' | 'visitorName'> {
  /** Null: none are offered, and the field for them is not there. */
  answers: string | null
  setAnswers: Dispatch<SetStateAction<string | null>>
  tabs: ReactNode
}

function Composer({ conversation, visitorName, answers, setAnswers, tabs }: ComposerProps) {
  const { drafts } = useConsole()
  const { conversationId } = conversation
  const [text, setText] = useState(() => drafts.get(conversationId))
  const inputRef = useRef<HTMLTextAreaElement>(null)
  const hintId = useId()
  const tooLong = text.length > LIMITS.textLength
  const attached = useReplyFiles(conversationId)
  const [waiting, setWaiting] = useState(false)
  const colleague = useColleagueTyping(conversation)
  const dragging = useDroppedFiles(attach)
  const hasWords = /\S/.test(text)
  // Answers need words to be answers to.
  const enough = hasWords || (attached.files.length > 0 && !answers?.trim())
  const canSend = enough && !tooLong && mayOffer(answers ?? '') && !waiting

  useEffect(() => () => conversation.setTyping(false), [conversation])

  function write(next: string) {
    setText(next)
    drafts.set(conversationId, next)
  }

  function change(next: string) {
    write(next)
    conversation.setTyping(/\S/.test(next))
  }

  function attach(chosen: FileList) {
    attached.add(chosen)
    inputRef.current?.focus()
  }

  const canned = useCannedReplies({ conversationId, text, inputRef, onChange: change })

  async function send() {
    if (!canSend || !attached.canSend || colleague.asksFirst()) return
    inputRef.current?.focus()
    if (attached.files.length === 0) return say(text.trim())
    setWaiting(true)
    const ready = await attached.ready()
    setWaiting(false)
    if (!ready) return
    // As it stands by now.
    const words = (inputRef.current?.value ?? '').trim()
    say(words, ready.parts)
    attached.staged.forget(ready.files)
  }

  function say(words: string, files: readonly MessagePart[] = []) {
    const parts = [...withAnswers(words, answers ?? ''), ...files]
    const said = messageText(parts)
    conversation.sendMessage(parts).catch((error: unknown) => {
      // A refusal stands in the thread, with a way on; what was given up was not wanted. What never got there comes back.
      const stands = conversation.$timeline
        .get()
        .some((entry) => entry.type === 'message' && entry.seq === undefined && messageText(entry.parts) === said)
      const givenUp = ChatError.isInstance(error) && error.code === 'ABORTED'
      if (stands || givenUp) return
      write([words, drafts.get(conversationId)].filter(Boolean).join('\n'))
      setAnswers((later) => later ?? answers)
    })
    change('')
    setAnswers(null)
  }

  function onKeyDown(event: KeyboardEvent) {
    if (canned.onKeyDown(event)) return
    // Safari ends a composition before the key that ended it; 229 is how that key then looks.
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if (event.key !== 'Enter' || event.shiftKey || composing) return
    event.preventDefault()
    void send()
  }

  return (
    <div className={styles.composer}>
      {tabs}
      <ColleagueQuestion colleague={colleague} onSend={() => void send()} />
      <ReplyMenu {...canned.menu} />
      <StagedList staged={attached.staged} files={attached.files} />
      <p className={fileStyles.notice} role="status">
        {attached.notice}
      </p>
      {dragging && <div className={fileStyles.dropZone}>Drop files to attach them</div>}
      <Textarea
        ref={inputRef}
        variant="unstyled"
        aria-label={`Reply to ${visitorName}`}
        aria-describedby={hintId}
        error={tooLong}
        placeholder="Write a reply…"
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={(event) => change(event.currentTarget.value)}
        onBlur={() => conversation.setTyping(false)}
        onKeyDown={onKeyDown}
        {...canned.inputProps}
        classNames={{ root: styles.field ?? '', input: styles.input ?? '' }}
        dir="auto"
      />
      {answers !== null && <AnswersField value={answers} onChange={setAnswers} />}
      <div className={styles.composerFoot}>
        <AttachButton onFiles={attach} />
        <MacroMenu conversationId={conversationId} />
        <span id={hintId} className={styles.hint}>
          <span className={styles.keysHint}>Enter sends, Shift + Enter starts a new line</span>
        </span>
        {text.length >= SHOW_COUNT_FROM && (
          <span className={styles.count} data-over={tooLong || undefined} role="status">
            {text.length.toLocaleString('en')} of {LIMITS.textLength.toLocaleString('en')} characters
          </span>
        )}
        <Tooltip label="Offer answers to choose from">
          <ActionIcon
            variant="subtle"
            color="gray"
            size={32}
            onClick={() => setAnswers(answers === null ? '' : null)}
            aria-label="Offer answers to choose from"
            aria-pressed={answers !== null}
          >
            <ListPlus size={18} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="Send (Enter)">
          <ActionIcon
            variant="filled"
            color="brand"
            size={32}
            onClick={() => void send()}
            aria-label="Send"
            aria-disabled={!canSend}
            {...(canSend ? {} : { 'data-disabled': true })}
          >
            <SendHorizontal size={18} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  )
}
