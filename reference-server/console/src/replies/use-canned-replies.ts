import { type CannedReply, type ConversationVisitor, fillReply } from '@chatdesk/protocol'
import { type KeyboardEvent, type RefObject, useEffect, useId, useLayoutEffect, useState } from 'react'
import { orNull } from '../api/or-null.js'
import { useConsole } from '../client/console-services.js'
import { offeredReplies } from './offered-replies.js'
import { findTrigger } from './reply-trigger.js'
import { replyValues } from './reply-values.js'

/** Where replies are put in. */
export interface CannedRepliesOptions {
  conversationId: string
  /** What stands in the field. */
  text: string
  inputRef: RefObject<HTMLTextAreaElement | null>
  /** Has this stand in the field instead. */
  onChange: (text: string) => void
}

/** What the menu shows. */
export interface ReplyMenuState {
  id: string
  /** Null: it is closed. */
  offered: readonly CannedReply[] | null
  active: number
  /** What one of them says here. */
  wordsOf(reply: CannedReply): string
  /** What stands there instead of replies. */
  notice: string | null
  choose(reply: CannedReply): void
  look(index: number): void
}

/** The menu of canned replies of a field, which `/` opens at the beginning of a word. */
export function useCannedReplies({ conversationId, text, inputRef, onChange }: CannedRepliesOptions) {
  const { admin, current } = useConsole()
  const id = useId()
  const [caret, setCaret] = useState(0)
  const [active, setActive] = useState(0)
  /** Where a `/` stands that was sent away with Escape. */
  const [dismissed, setDismissed] = useState<number | null>(null)
  const [known, setKnown] = useState<{ replies: CannedReply[]; visitor: ConversationVisitor | null } | null>(null)
  const [failed, setFailed] = useState(false)
  /** Where the caret goes once the text stands there. */
  const [caretAfter, setCaretAfter] = useState<number | null>(null)

  const trigger = findTrigger(text, caret)
  const isOpen = trigger !== null && trigger.from !== dismissed
  useEffect(() => {
    if (trigger === null) setDismissed(null)
  }, [trigger])
  // biome-ignore lint/correctness/useExhaustiveDependencies: what is typed begins the list anew
  useEffect(() => setActive(0), [trigger?.query])
  // biome-ignore lint/correctness/useExhaustiveDependencies: the caret moves with the text
  useLayoutEffect(() => {
    const input = inputRef.current
    if (caretAfter !== null) input?.setSelectionRange(caretAfter, caretAfter)
    setCaretAfter(null)
    setCaret(input?.selectionStart ?? 0)
  }, [text, inputRef])
  useEffect(() => {
    if (!isOpen) return
    let wanted = true
    // Without the visitor there are replies all the same, with what stands for a name that is not known.
    const visitor = admin.conversations.visitor(conversationId).catch(orNull)
    Promise.all([admin.desk.replies.list(), visitor]).then(
      ([replies, visitor]) => {
        if (!wanted) return
        setKnown({ replies, visitor })
        setFailed(false)
      },
      (error) => {
        orNull(error)
        if (wanted) setFailed(true)
      },
    )
    return () => {
      wanted = false
    }
  }, [isOpen, admin, conversationId])

  const offered =
    isOpen && known
      ? offeredReplies(known.replies, {
          query: trigger.query,
          language: known.visitor?.locale ?? null,
          departmentId: known.visitor?.department?.id ?? null,
        })
      : null

  const values = replyValues(known?.visitor ?? null, current)
  const wordsOf = (reply: CannedReply) => fillReply(reply.text, values)

  function choose(reply: CannedReply): void {
    if (!trigger) return
    const words = wordsOf(reply)
    onChange(text.slice(0, trigger.from) + words + text.slice(caret))
    setCaretAfter(trigger.from + words.length)
    inputRef.current?.focus()
  }

  const isLoading = isOpen && !known && !failed

  /** Whether the key was for the menu. */
  function onKeyDown(event: KeyboardEvent): boolean {
    const composing = event.nativeEvent.isComposing || event.keyCode === 229
    if ((!offered && !isLoading) || composing || event.shiftKey || !menuTakes(event)) return false
    event.preventDefault()
    return true
  }

  function menuTakes(event: KeyboardEvent): boolean {
    const length = offered?.length ?? 0
    const step = event.key === 'ArrowDown' ? 1 : event.key === 'ArrowUp' ? -1 : 0
    const isChoice = event.key === 'Enter' || event.key === 'Tab'
    const chosen = isChoice ? offered?.[active] : undefined
    if (event.key === 'Escape') setDismissed(trigger?.from ?? null)
    else if (step !== 0 && length > 0) setActive((active + step + length) % length)
    else if (chosen) choose(chosen)
    // Whoever types a shortcut faster than the list comes does not mean to send its name.
    else return isChoice && isLoading
    return true
  }

  const none = offered?.length === 0 && trigger?.query === ''
  const menu: ReplyMenuState = {
    ...{ id, offered: offered && offered.length > 0 ? offered : null, active, wordsOf, choose, look: setActive },
    notice: isOpen && failed ? 'Canned replies did not load.' : none ? NONE : null,
  }
  const inputProps = {
    onSelect: () => setCaret(inputRef.current?.selectionStart ?? 0),
    'aria-autocomplete': 'list' as const,
    ...(menu.offered ? { 'aria-controls': id, 'aria-activedescendant': `${id}-${active}` } : {}),
  }
  return { menu, onKeyDown, inputProps }
}

const NONE = 'No canned replies yet. They are made under Settings › Canned replies.'
