import type { ChatError, CopilotDraft } from '@chatdesk/protocol'
import { type RefObject, useRef, useState } from 'react'
import { flushSync } from 'react-dom'
import { useAction } from '../admin/use-action.js'
import { useConsole } from '../client/console-services.js'

/** What is shown of a draft: `put`: it stands in the field. */
export interface ShownDraft {
  draft: CopilotDraft
  put: boolean
}

/** A draft of a reply, from asking for it to sending or leaving it. */
export interface ReplyDraft {
  busy: boolean
  error: ChatError | null
  shown: ShownDraft | null
  ask(): void
  /** Has these words stand in the field, whatever stood there. */
  use(words: string): void
  dismiss(): void
}

/** Where a draft goes. */
export interface ReplyDraftOptions {
  conversationId: string
  inputRef: RefObject<HTMLTextAreaElement | null>
  /** Has this stand in the field instead. */
  onChange: (text: string) => void
}

/** Asks for a draft and puts it into the field, if nothing stands there (B9). Nothing is ever sent by it. */
export function useDraft({ conversationId, inputRef, onChange }: ReplyDraftOptions): ReplyDraft {
  const { admin } = useConsole()
  const action = useAction()
  const [shown, setShown] = useState<ShownDraft | null>(null)
  /** What was sent or dismissed meanwhile is not shown any more. */
  const wanted = useRef(0)

  function put(words: string) {
    // It stands in the field before the next key is pressed.
    flushSync(() => onChange(words))
    const input = inputRef.current
    input?.focus()
    input?.setSelectionRange(words.length, words.length)
  }

  function ask() {
    if (action.busy) return
    const now = ++wanted.current
    setShown(null)
    void action.run(async () => {
      const draft = await admin.copilot.draft(conversationId)
      if (now !== wanted.current) return
      // As it stands by now: somebody may have begun to write.
      const isEmpty = !/\S/.test(inputRef.current?.value ?? '')
      const puts = draft.text !== null && isEmpty
      if (puts) put(draft.text as string)
      setShown({ draft, put: puts })
    })
  }

  return {
    busy: action.busy,
    error: action.error,
    shown,
    ask,
    use(words) {
      put(words)
      setShown((held) => held && { ...held, put: true })
    },
    dismiss() {
      wanted.current++
      action.clear()
      setShown(null)
    },
  }
}
