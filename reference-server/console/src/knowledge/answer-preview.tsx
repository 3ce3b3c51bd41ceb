import { useId } from 'react'
import { MessageParts } from '../thread/message-parts.js'
import styles from './knowledge.module.css'

const ASSISTANT = { kind: 'assistant', id: '', name: 'Assistant' } as const

/** An answer as visitors read it. */
export function AnswerPreview({ text }: { text: string }) {
  const id = useId()
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields, and nothing here is one
    <div role="group" className={styles.preview} aria-labelledby={id}>
      <p id={id} className={styles.previewName}>
        As visitors read it
      </p>
      {text.trim() === '' ? (
        <p className={styles.none}>What you write stands here as well.</p>
      ) : (
        <div className={styles.bubble}>
          <MessageParts message={{ author: ASSISTANT, parts: [{ type: 'text', text }], seq: 1 }} conversationId="" />
        </div>
      )}
    </div>
  )
}
