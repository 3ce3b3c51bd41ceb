import { Logo } from '../shell/logo.js'
import styles from './session.module.css'

/** Stands while the server is asked who is signed in; shows itself after 300 ms, by its style sheet. */
export function LoadingPage() {
  return (
    <main className={styles.page}>
      <div className={styles.loading} role="status" aria-label="Loading ChatDesk">
        <Logo size={40} />
      </div>
    </main>
  )
}
