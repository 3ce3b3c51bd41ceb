import type { ChatError } from '@chatdesk/protocol'
import styles from './admin.module.css'
import { refusalText } from './refusal.js'

/** A refusal in words, and where the server has named the field, its own words for developers. */
export function ErrorLine({ error }: { error: ChatError | null }) {
  return (
    // Always there: what is said is announced only in a region that stood before.
    <div role="alert" className={styles.errorPlace}>
      {error && <p className={styles.error}>{refusalText(error)}</p>}
    </div>
  )
}
