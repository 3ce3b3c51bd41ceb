import type { KnowledgeEntry } from '@chatdesk/protocol'
import { Tag } from '../admin/tag.js'
import styles from './knowledge.module.css'

/** Whether an entry answers anybody. */
export function EntryState({ entry: { published, enabled, draft } }: { entry: KnowledgeEntry }) {
  return (
    <span className={styles.states}>
      {!enabled ? (
        <Tag tone="bad">Off</Tag>
      ) : published ? (
        <Tag tone="good">Published</Tag>
      ) : (
        <Tag tone="late">Draft</Tag>
      )}
      {published && draft !== null && <Tag tone="late">Draft</Tag>}
    </span>
  )
}
