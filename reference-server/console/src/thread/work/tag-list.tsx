import { useStore } from '@nanostores/react'
import { useConsole } from '../../client/console-services.js'
import styles from './work.module.css'

/** Tags by their names; one that is gone, or not known yet, is left out. */
export function TagList({ tagIds }: { tagIds: readonly string[] }) {
  const { directory } = useConsole()
  const { tags } = useStore(directory.$directory)
  const named = tags.filter(({ id }) => tagIds.includes(id))
  if (named.length === 0) return null
  return (
    <ul className={styles.tags} aria-label="Tags">
      {named.map(({ id, name }) => (
        <li key={id} dir="auto">
          {name}
        </li>
      ))}
    </ul>
  )
}
