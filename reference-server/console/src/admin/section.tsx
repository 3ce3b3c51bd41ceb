import { type ReactNode, useId } from 'react'
import styles from './admin.module.css'

/** Options of `Section`. */
export interface SectionProps {
  title: string
  lead?: ReactNode
  tone?: 'danger'
  children: ReactNode
}

/** A part of a page or a form under its own heading. */
export function Section({ title, lead, tone, children }: SectionProps) {
  const id = useId()
  return (
    <section className={styles.section} aria-labelledby={id} data-tone={tone}>
      <h2 id={id}>{title}</h2>
      {lead !== undefined && <p className={styles.sectionLead}>{lead}</p>}
      {children}
    </section>
  )
}
