import type { ReactNode } from 'react'
import { useArrivalFocus } from '../shell/use-arrival-focus.js'
import { useDocumentTitle } from '../shell/use-document-title.js'
import styles from './admin.module.css'

/** Options of `AdminPage`. */
export interface AdminPageProps {
  title: string
  /** What this page is for, in one sentence. */
  lead: ReactNode
  /** The one thing to do here. */
  action?: ReactNode
  /** Takes all the width that there is. */
  wide?: boolean
  children: ReactNode
}

/** Every page of the administration: title, one sentence, one primary action. */
export function AdminPage({ title, lead, action, wide = false, children }: AdminPageProps) {
  useDocumentTitle(`${title} · ChatDesk`)
  const headingRef = useArrivalFocus()
  return (
    <div className={styles.page} data-wide={wide || undefined}>
      <header className={styles.head}>
        <div className={styles.titles}>
          <h1 ref={headingRef} tabIndex={-1} dir="auto">
            {title}
          </h1>
          <p>{lead}</p>
        </div>
        {action}
      </header>
      {children}
    </div>
  )
}
