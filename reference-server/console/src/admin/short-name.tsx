import styles from './admin.module.css'

/** A person's name on one line of a table; a long one is cut, and whole on hover. */
export function ShortName({ name }: { name: string }) {
  return (
    <bdi className={styles.shortName} title={name}>
      {name}
    </bdi>
  )
}
