import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import styles from './admin.module.css'

/** Options of `EmptyNotice`. */
export interface EmptyNoticeProps {
  icon: LucideIcon
  title: string
  /** What would stand here, and how it comes to. */
  text: string
  children?: ReactNode
}

/** A page with nothing on it yet, which teaches. */
export function EmptyNotice({ icon: Icon, title, text, children }: EmptyNoticeProps) {
  return (
    <div className={styles.notice}>
      <Icon size={28} strokeWidth={1.5} aria-hidden />
      <strong>{title}</strong>
      <p>{text}</p>
      {children}
    </div>
  )
}
