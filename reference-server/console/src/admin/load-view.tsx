import { Button, Skeleton } from '@mantine/core'
import { CloudOff } from 'lucide-react'
import type { ReactNode } from 'react'
import { errorText } from '../text/error-text.js'
import styles from './admin.module.css'
import type { Loaded } from './use-loaded.js'

/** What was fetched; before, its shape, after 300 ms; and where it failed, why, and another try. */
export function LoadView<T>({ loaded, children }: { loaded: Loaded<T>; children: (value: T) => ReactNode }) {
  const { state, reload } = loaded
  if (state.status === 'loaded') return children(state.value)
  if (state.status === 'loading') {
    return (
      <div role="status" aria-label="Loading" className={styles.skeleton}>
        {[72, 100, 88, 100].map((width, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: four lines that never move
          <Skeleton key={index} height={20} width={`${width}%`} />
        ))}
      </div>
    )
  }
  return (
    <div className={styles.notice} role="alert">
      <CloudOff size={28} strokeWidth={1.5} aria-hidden />
      <strong>This did not load</strong>
      <p>{errorText(state.error)}</p>
      <Button variant="default" onClick={reload}>
        Try again
      </Button>
    </div>
  )
}
