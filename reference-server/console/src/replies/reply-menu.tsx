import { useEffect, useRef } from 'react'
import styles from './replies.module.css'
import type { ReplyMenuState } from './use-canned-replies.js'

/** Canned replies above the field; the field keeps the focus. */
export function ReplyMenu({ id, offered, active, notice, wordsOf, choose, look }: ReplyMenuState) {
  const activeRef = useRef<HTMLDivElement>(null)
  // biome-ignore lint/correctness/useExhaustiveDependencies: another one is shown
  useEffect(() => {
    activeRef.current?.scrollIntoView({ block: 'nearest' })
  }, [active])
  if (notice !== null)
    return (
      <p className={styles.notice} role="status">
        {notice}
      </p>
    )
  if (!offered) return null
  return (
    <>
      <span className="chatdesk-hidden" role="status">
        {offered.length === 1 ? '1 canned reply' : `${offered.length} canned replies`}
      </span>
      <div id={id} role="listbox" aria-label="Canned replies" className={styles.menu}>
        {offered.map((reply, index) => (
          // biome-ignore lint/a11y/useKeyWithClickEvents: its keys are those of the field, which has the focus
          <div
            key={reply.id}
            ref={index === active ? activeRef : undefined}
            id={`${id}-${index}`}
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            className={styles.option}
            onMouseMove={() => look(index)}
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => choose(reply)}
          >
            <span className={styles.shortcut}>/{reply.shortcut}</span>
            <span className={styles.title} dir="auto">
              {reply.title}
            </span>
            <span className={styles.words} dir="auto">
              {wordsOf(reply)}
            </span>
            {reply.language && <span className={styles.language}>{reply.language}</span>}
          </div>
        ))}
      </div>
    </>
  )
}
