import { useStore } from '@nanostores/react'
import { useConsole } from '../client/console-services.js'
import styles from './inbox.module.css'

/** Stands in for rows that have not come; shows itself after 300 ms, by its style sheet. Says so when they will not come yet. */
export function ListSkeleton() {
  const { client } = useConsole()
  const { status } = useStore(client.$connection)
  if (status === 'waiting' || status === 'failed') {
    return (
      <div className={styles.notice}>
        <strong>The inbox is not here yet</strong>
        <p>
          {status === 'waiting'
            ? 'It loads as soon as there is a connection.'
            : 'The server refuses the connection, so there is nothing to show.'}
        </p>
      </div>
    )
  }
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading the inbox">
      {[72, 54, 88, 62, 78, 50].map((width) => (
        <div key={width} className={styles.skeletonRow}>
          <span />
          <span style={{ inlineSize: `${width / 2}%` }} />
          <span style={{ inlineSize: `${width}%` }} />
        </div>
      ))}
    </div>
  )
}
