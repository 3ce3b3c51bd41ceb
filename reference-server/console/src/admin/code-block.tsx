import styles from './admin.module.css'
import { CopyButton } from './copy-button.js'

/** Something to paste elsewhere. `what` names it. */
export function CodeBlock({ text, what }: { text: string; what: string }) {
  return (
    <div className={styles.codeBlock}>
      <div className={styles.codeHead}>
        <span>{what}</span>
        <CopyButton text={text} what={what} />
      </div>
      <section aria-label={what}>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
        <pre className={styles.code} tabIndex={0}>
          <code>{text}</code>
        </pre>
      </section>
    </div>
  )
}

/** A secret or link on one line. */
export function CodeLine({ text, what }: { text: string; what: string }) {
  return (
    <div className={styles.secret}>
      <code>{text}</code>
      <CopyButton text={text} what={what} />
    </div>
  )
}
