import type { ChatError } from '@chatdesk/protocol'
import { errorText } from '../text/error-text.js'
import styles from './admin.module.css'

/** A refusal in words, and where the server has named the field, its own words for developers. */
export function ErrorLine({ error }: { error: ChatError | null }) {
  return (
    // Always there: what is said is announced only in a region that stood before.
    <div role="alert" className={styles.errorPlace}>
      {error && <p className={styles.error}>{refusalText(error)}</p>}
    </div>
  )
}

/** For a refused form the server's reason is worth more than a general sentence. */
function refusalText(error: ChatError): string {
  if (error.code !== 'VALIDATION_FAILED') return errorText(error)
  const { message, field } = error
  return field === undefined ? `Not accepted: ${message}` : `Not accepted: ${field}: ${message}`
}
