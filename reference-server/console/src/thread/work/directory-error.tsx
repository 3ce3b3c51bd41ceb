import { Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { useConsole } from '../../client/console-services.js'
import styles from './work.module.css'

/** Says that names did not load, with another try; nothing while all is well. */
export function DirectoryError() {
  const { directory } = useConsole()
  const { error } = useStore(directory.$directory)
  if (!error) return null
  return (
    <p className={styles.directoryError} role="alert">
      Names did not load.
      <Button size="compact-sm" variant="default" onClick={() => void directory.refresh()}>
        Try again
      </Button>
    </p>
  )
}
