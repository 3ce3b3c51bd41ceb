import type { CopilotSource } from '@chatdesk/protocol'
import { BookOpen } from 'lucide-react'
import { safeLink } from '../text/safe-link.js'
import styles from './copilot.module.css'

/** Entries of the knowledge base that something rests on; nothing where there are none. */
export function SourceList({ sources }: { sources: readonly CopilotSource[] }) {
  if (sources.length === 0) return null
  return (
    <ul className={styles.sources} aria-label="Sources">
      {sources.map(({ id, question, url }) => {
        const link = url === null ? null : safeLink(url)
        return (
          <li key={id}>
            <BookOpen size={14} strokeWidth={1.75} aria-hidden />
            {link ? (
              <a href={link.href} target="_blank" rel="noopener noreferrer" dir="auto">
                {question}
              </a>
            ) : (
              <span dir="auto">{question}</span>
            )}
          </li>
        )
      })}
    </ul>
  )
}
