import type { ReactNode } from 'react'
import styles from './admin.module.css'

/** One word of state. */
export function Tag({ tone = 'quiet', children }: { tone?: 'quiet' | 'good' | 'late' | 'bad'; children: ReactNode }) {
  return (
    <span className={styles.tag} data-tone={tone}>
      {children}
    </span>
  )
}
