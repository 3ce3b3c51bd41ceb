import type { AgentConversation } from '@chatdesk/core/agent'
import { ChatError, LIMITS, type SaidPart } from '@chatdesk/protocol'
import { ActionIcon, Textarea, Tooltip } from '@mantine/core'
import { ListPlus, SendHorizontal } from 'lucide-react'
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
import { useConsole } from '../client/console-services.js'
import { DraftButton } from '../copilot/draft-button.js'
import { DraftNotice } from '../copilot/draft-notice.js'
import { useDraft } from '../copilot/use-draft.js'
import { ReplyMenu } from '../replies/reply-menu.js'
import { useCannedReplies } from '../replies/use-canned-replies.js'
import { messageText } from '../text/message-text.js'
import { mayOffer, withAnswers } from './answer-choices.js'
import { AnswersField } from './answers-field.js'
import { ColleagueQuestion, useColleagueTyping } from './colleague-typing.js'
import { AttachButton } from './files/attach-button.js'
import fileStyles from './files/files.module.css'
import { StagedList } from './files/staged-list.js'
import { useDroppedFiles } from './files/use-dropped-files.js'
import { useReplyFiles } from './files/use-reply-files.js'
import styles from './reply-box.module.css'

/** From here on the count of characters is shown. */
const SHOW_COUNT_FROM = LIMITS.textLength - 500

/** Options of `ReplyBox`. */
export interface ReplyBoxProps {
  conversation: AgentConversation
  visitorName: string
  /** Null: none are offered, and the field for them is not there. */
  answers: string | null
  setAnswers: Dispatch<SetStateAction<string | null>>
  tabs: ReactNode
  macros: ReactNode
  /** Files were chosen, or a draft was asked for, perhaps while the note was shown: this is to be seen. */
  onShow: () => void
}

/** Where an agent writes what the visitor reads. */
export function ReplyBox({ conversation, visitorName, answers, setAnswers, tabs, macros, onShow }: ReplyBoxProps) {
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
    onShow()
  }

  const canned = useCannedReplies({ conversationId, text, inputRef, onChange: change })
  const draft = useDraft({ conversationId, inputRef, onChange: change })

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

  function say(words: string, files: readonly SaidPart[] = []) {
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
    draft.dismiss()
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
      <DraftNotice draft={draft} />
      <div className={styles.composerFoot}>
        <AttachButton onFiles={attach} />
        {macros}
        <DraftButton draft={draft} onShow={onShow} />
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
