import type { ReactNode } from 'react'
import styles from '../session/session.module.css'
import { Logo } from '../shell/logo.js'
import { useDocumentTitle } from '../shell/use-document-title.js'

/** A page for somebody who is not inside yet. */
export function EntryCard({ title, lead, children }: { title: string; lead: ReactNode; children?: ReactNode }) {
  useDocumentTitle(`${title} · ChatDesk`)
  return (
    <main className={styles.page}>
      <div className={styles.card}>
        <Logo size={40} />
        <h1 className={styles.title}>{title}</h1>
        <p className={styles.lead}>{lead}</p>
        {children}
      </div>
    </main>
  )
}
