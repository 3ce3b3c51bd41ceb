import styles from './reply-box.module.css'

/** What is written: to the visitor, or for the team. */
export type WriteMode = 'reply' | 'note'

/** Chooses between a reply and a note. */
export function WriteTabs({ mode, onChange }: { mode: WriteMode; onChange: (mode: WriteMode) => void }) {
  return (
    <fieldset className={styles.tabs} aria-label="What to write">
      <button type="button" aria-pressed={mode === 'reply'} onClick={() => onChange('reply')}>
        Reply
      </button>
      <button type="button" aria-pressed={mode === 'note'} onClick={() => onChange('note')}>
        Note
      </button>
    </fieldset>
  )
}
