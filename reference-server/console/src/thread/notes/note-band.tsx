import type { Note } from '@chatdesk/protocol'
import { ActionIcon, Button } from '@mantine/core'
import { useStore } from '@nanostores/react'
import { Lock, Trash2 } from 'lucide-react'
import { useState } from 'react'
import { mayWrite, useConsole } from '../../client/console-services.js'
import { clockTime, fullTime } from '../../text/format-time.js'
import { splitMentions } from './mentions.js'
import styles from './notes.module.css'

/** A note, on a band of its own that cannot be taken for a reply. */
export function NoteBand({ note, onRemove }: { note: Note; onRemove: () => Promise<void> }) {
  const { current, directory } = useConsole()
  const { members } = useStore(directory.$directory)
  const [asking, setAsking] = useState(false)
  const isOwn = note.author.id === current.member.id && mayWrite(current)
  const named = members.filter(({ id }) => note.mentions.includes(id))
  return (
    <article className={styles.band} aria-label={`Note by ${note.author.name}`}>
      <header className={styles.head}>
        <Lock size={14} strokeWidth={2} aria-hidden />
        <strong dir="auto">{note.author.name}</strong>
        <span className={styles.soft}>
          <span className={styles.only}>Only the team sees this · </span>
          <time dateTime={note.createdAt} title={fullTime(note.createdAt)}>
            {clockTime(note.createdAt)}
          </time>
        </span>
        {isOwn && !asking && (
          <ActionIcon
            size={24}
            className={styles.remove ?? ''}
            aria-label="Delete the note"
            onClick={() => setAsking(true)}
          >
            <Trash2 size={14} strokeWidth={1.75} aria-hidden />
          </ActionIcon>
        )}
      </header>
      <p className={styles.words} dir="auto">
        {splitMentions(note.text, named).map(({ text, mention }, index) =>
          // biome-ignore lint/suspicious/noArrayIndexKey: a note never changes
          mention ? <strong key={index}>{text}</strong> : <span key={index}>{text}</span>,
        )}
      </p>
      {asking && (
        <p className={styles.ask}>
          Delete this note?
          <Button
            size="compact-sm"
            autoFocus
            color="var(--chatdesk-danger)"
            onClick={() => void onRemove().finally(() => setAsking(false))}
          >
            Delete
          </Button>
          <Button size="compact-sm" variant="default" onClick={() => setAsking(false)}>
            Keep
          </Button>
        </p>
      )}
    </article>
  )
}
