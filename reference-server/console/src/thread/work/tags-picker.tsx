import { useStore } from '@nanostores/react'
import { Plus } from 'lucide-react'
import { useConsole } from '../../client/console-services.js'
import { Picker } from '../../picker/picker.js'
import { DirectoryError } from './directory-error.js'
import type { ConversationWork } from './use-conversation-work.js'
import styles from './work.module.css'

/** Longest name of a tag. */
const LONGEST = 40

/** Which tags a conversation has; one that is typed and not there yet can be made. */
export function TagsPicker({ work }: { work: ConversationWork }) {
  const { directory } = useConsole()
  const { tags } = useStore(directory.$directory)
  const chosen = new Set(work.row?.tagIds)
  const toggle = (id: string) => {
    const after = new Set(chosen)
    if (!after.delete(id)) after.add(id)
    work.setTags([...after])
  }
  return (
    <Picker
      label="Tags"
      placeholder="Tag it…"
      multiple
      emptyText={tags.length === 0 ? 'No tags yet. Type one to make it.' : 'Nothing fits.'}
      options={tags.map(({ id, name }) => ({
        id,
        label: name,
        icon: <span className={styles.dot} data-on={chosen.has(id) || undefined} />,
        selected: chosen.has(id),
        run: () => toggle(id),
      }))}
      typed={(query) =>
        query.length > LONGEST || tags.some(({ name }) => name.toLowerCase() === query.toLowerCase())
          ? []
          : [
              {
                id: 'new',
                label: `Make the tag “${query}”`,
                icon: <Plus size={16} strokeWidth={1.75} />,
                run: () => work.createTag(query),
              },
            ]
      }
      footer={<DirectoryError />}
    />
  )
}
