import { LIMITS } from '@chatdesk/protocol'
import type { TargetedKeyboardEvent } from 'preact'
import { useLayoutEffect, useRef, useState } from 'preact/hooks'
import { keep, recall } from '../../launcher/browser-tab-memory.js'
import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { Icon } from '../icon.js'
import { usePanel } from '../panel-environment.js'
import { useStore } from '../use-store.js'

/** Characters before the limit at which the counter appears. */
const COUNTER_FROM = 500
/** Code that browsers give to keys which belong to an input method; Safari sends it after the composition has ended. */
const IME_KEY_CODE = 229

/** Where the visitor writes. */
export function Composer() {
  const { client, texts, widgetKey, $open, takesFocus } = usePanel()
  const open = useStore($open)
  const { status } = useStore(client.$conversation)
  const draftKey = `chatdesk.draft.${widgetKey}`
  const [text, setText] = useState(() => recall(draftKey))
  const input = useRef<HTMLTextAreaElement>(null)
  // What stands in the box now, for answers that come later.
  const current = useRef(text)
  current.current = text

  const write = (next: string) => {
    setText(next)
    keep(draftKey, next)
  }

  useLayoutEffect(() => {
    const element = input.current
    if (!element) return
    // Measured from nothing, because a box never reports less than its own height.
    element.style.height = '0'
    element.style.height = `${element.scrollHeight}px`
  }, [text, open])
  useLayoutEffect(() => {
    if (open && takesFocus()) input.current?.focus()
  }, [open])

  const left = LIMITS.textLength - text.length
  const sendable = /\S/.test(text) && left >= 0

  const send = () => {
    input.current?.focus()
    if (!sendable) return
    write('')
    client.setTyping(false)
    client.sendMessage(text).catch(() => {
      // A refused message stays in the thread with a way on. If it never got there, its text comes back here.
      const kept = client.$timeline.get().some((entry) => {
        return entry.type === 'message' && entry.delivery === 'failed' && entry.parts.some((sent) => sent.text === text)
      })
      if (!kept) write(current.current ? `${text}\n${current.current}` : text)
    })
  }

  const onKeyDown = (event: TargetedKeyboardEvent<HTMLTextAreaElement>) => {
    const composing = event.isComposing || event.keyCode === IME_KEY_CODE
    if (event.key !== 'Enter' || event.shiftKey || composing) return
    event.preventDefault()
    send()
  }

  return (
    <form
      {...part('composer')}
      onSubmit={(event) => {
        event.preventDefault()
        send()
      }}
    >
      <textarea
        {...part('input')}
        ref={input}
        rows={1}
        dir="auto"
        enterkeyhint="send"
        aria-label={texts.composerLabel}
        aria-invalid={left < 0}
        placeholder={status === 'resolved' ? texts.composerReopen : texts.composerPlaceholder}
        value={text}
        onInput={({ currentTarget }) => {
          write(currentTarget.value)
          client.setTyping(currentTarget.value !== '')
        }}
        onBlur={() => client.setTyping(false)}
        onKeyDown={onKeyDown}
      />
      <button {...part('send')} type="submit" aria-label={texts.send} aria-disabled={!sendable}>
        <Icon name="send" />
      </button>
      {left <= COUNTER_FROM && (
        <p {...part('counter')} role="status" data-over={left < 0}>
          {formatText(left < 0 ? texts.charactersOver : texts.charactersLeft, { count: Math.abs(left) })}
        </p>
      )}
    </form>
  )
}
