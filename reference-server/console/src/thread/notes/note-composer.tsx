import { ChatError, LIMITS } from '@chatdesk/protocol'
import { ActionIcon, Textarea, Tooltip } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Lock, StickyNote } from 'lucide-react'
import { type KeyboardEvent, type ReactNode, useId, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useConsole } from '../../client/console-services.js'
import { newServerId } from '../../client/new-server-id.js'
import { errorText } from '../../text/error-text.js'
import replyStyles from '../reply-box.module.css'
import { MentionMenu } from './mention-menu.js'
import { type MentionQuery, mentionQuery, mentionsIn } from './mentions.js'
import styles from './notes.module.css'
import type { Notes } from './use-notes.js'

/** Options of `NoteComposer`. */
export interface NoteComposerProps {
  conversationId: string
  notes: Notes
  /** Where one chooses between reply and note. */
  tabs: ReactNode
  macros: ReactNode
}

/** Where a member writes what only the team reads. `@` names a colleague. */
export function NoteComposer({ conversationId, notes, tabs, macros }: NoteComposerProps) {
  const { drafts, directory } = useConsole()
  const { members } = useStore(directory.$directory)
  const draftKey = `${conversationId}.note`
  const [text, setText] = useState(() => drafts.get(draftKey))
  const [mention, setMention] = useState<MentionQuery | null>(null)
  const [active, setActive] = useState(0)
  const [error, setError] = useState<ChatError | null>(null)
  const [busy, setBusy] = useState(false)
  const inputRef = useRef<HTMLTextAreaElement>(null)
  /** Another try of the same words is the same note. */
  const attempt = useRef({ id: '', text: '' })
  const listId = useId()
  const hintId = useId()
  const tooLong = text.length > LIMITS.textLength
  const canSave = /\S/.test(text) && !tooLong && !busy
  const found = mention
    ? members.filter(({ name }) => name.toLowerCase().includes(mention.query.toLowerCase())).slice(0, 6)
    : []

  function write(next: string) {
    setText(next)
    drafts.set(draftKey, next)
  }

  function change(next: string, caret: number) {
    write(next)
    setMention(mentionQuery(next, caret))
    setActive(0)
  }

  function name(person: { name: string } | undefined) {
    const input = inputRef.current
    if (!person || !mention || !input) return
    const end = mention.from + 1 + mention.query.length
    const next = `${text.slice(0, mention.from)}@${person.name} ${text.slice(end)}`
    const caret = mention.from + person.name.length + 2
    // The text stands in the field before the next key is pressed: what is typed goes where the caret is.
    flushSync(() => {
      write(next)
      setMention(null)
    })
    input.setSelectionRange(caret, caret)
  }

  async function save() {
    if (!canSave) return
    const saved = text
    const words = saved.trim()
    if (attempt.current.text !== words) attempt.current = { id: newServerId(), text: words }
    setBusy(true)
    setError(null)
    try {
      await notes.add({ id: attempt.current.id, text: words, mentions: mentionsIn(words, members).slice(0, 20) })
      attempt.current = { id: '', text: '' }
      // What was written meanwhile stays.
      const now = inputRef.current?.value ?? saved
      write(now.startsWith(saved) ? now.slice(saved.length).trimStart() : now)
    } catch (refusal) {
      if (!ChatError.isInstance(refusal)) throw refusal
      setError(refusal)
    } finally {
      setBusy(false)
      inputRef.current?.focus()
    }
  }

  /** Whether the key was for the menu of names. */
  function menuTakes(key: string): boolean {
    if (found.length === 0) return false
    if (key === 'ArrowDown') setActive((active + 1) % found.length)
    else if (key === 'ArrowUp') setActive((active - 1 + found.length) % found.length)
    else if (key === 'Enter' || key === 'Tab') name(found[active])
    else if (key === 'Escape') setMention(null)
    else return false
    return true
  }

  function onKeyDown(event: KeyboardEvent) {
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if (composing) return
    if (menuTakes(event.key)) event.preventDefault()
    else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      void save()
    }
  }

  return (
    <div className={replyStyles.composer} data-note>
      {tabs}
      {found.length > 0 && <MentionMenu id={listId} people={found} active={active} onHover={setActive} onPick={name} />}
      <Textarea
        ref={inputRef}
        variant="unstyled"
        aria-label="Note for the team"
        aria-describedby={hintId}
        aria-autocomplete="list"
        {...(found.length > 0 ? { 'aria-controls': listId, 'aria-activedescendant': `${listId}-${active}` } : {})}
        error={tooLong}
        placeholder="Write a note for the team, @ names a colleague…"
        autosize
        minRows={2}
        maxRows={10}
        value={text}
        onChange={(event) => change(event.currentTarget.value, event.currentTarget.selectionStart)}
        onBlur={() => setMention(null)}
        onKeyDown={onKeyDown}
        classNames={{ root: replyStyles.field ?? '', input: replyStyles.input ?? '' }}
        dir="auto"
      />
      {error && (
        <p className={styles.error} role="alert">
          Not saved. {errorText(error)}
        </p>
      )}
      <div className={replyStyles.composerFoot}>
        {macros}
        <span id={hintId} className={`${replyStyles.hint} ${styles.hint}`}>
          <Lock size={14} strokeWidth={2} aria-hidden />
          Only the team sees it
        </span>
        {tooLong && (
          <span className={replyStyles.count} data-over role="status">
            {text.length.toLocaleString('en')} of {LIMITS.textLength.toLocaleString('en')} characters
          </span>
        )}
        <Tooltip label="Add the note (Enter)">
          <ActionIcon
            variant="filled"
            color="var(--chatdesk-note)"
            c="var(--chatdesk-surface)"
            size={32}
            loading={busy}
            onClick={() => void save()}
            aria-label="Add the note"
            aria-disabled={!canSave}
            {...(canSave ? {} : { 'data-disabled': true })}
          >
            <StickyNote size={18} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </div>
    </div>
  )
}
