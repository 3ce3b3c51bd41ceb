import type { KnowledgeVersion } from '@chatdesk/protocol'
import admin from '../admin/admin.module.css'
import { languageName } from '../text/language-name.js'
import styles from './knowledge.module.css'

/** Options of `EntryContent`. */
export interface EntryContentProps {
  content: Omit<KnowledgeVersion['content'], 'published'>
}

/** What an entry says, for whoever only looks. */
export function EntryContent({ content }: EntryContentProps) {
  const { question, answer, phrasings, category, keywords, language, url, enabled } = content
  const lines: [string, string][] = [
    ['Other ways to ask it', phrasings.join('\n')],
    ['Category', category],
    ['Keywords', keywords.join(', ')],
    ['Language', languageName(language)],
    ['Source', url ?? ''],
    ['Use it in answers', enabled ? '' : 'No'],
  ]
  return (
    <div className={admin.stack}>
      <strong dir="auto">{question}</strong>
      <p className={styles.said} dir="auto">
        {answer}
      </p>
      <dl className={styles.content}>
        {lines
          .filter(([, value]) => value !== '')
          .map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd dir="auto">{value}</dd>
            </div>
          ))}
      </dl>
    </div>
  )
}
