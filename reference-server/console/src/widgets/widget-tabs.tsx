import { ArrowLeft } from 'lucide-react'
import { Link } from 'wouter'
import styles from './widgets.module.css'

/** From one page of a widget to the others, and back to all widgets. */
export function WidgetTabs({ widgetId, current }: { widgetId: string; current: 'settings' | 'install' }) {
  return (
    <nav className={styles.tabs} aria-label="Widget">
      <Link href="/widgets" className={styles.back}>
        <ArrowLeft size={16} strokeWidth={1.75} aria-hidden />
        All widgets
      </Link>
      <Link href={`/widgets/${widgetId}`} aria-current={current === 'settings' ? 'page' : undefined}>
        Settings
      </Link>
      <Link href={`/knowledge/${widgetId}`}>Knowledge</Link>
      <Link href={`/widgets/${widgetId}/install`} aria-current={current === 'install' ? 'page' : undefined}>
        Install
      </Link>
    </nav>
  )
}
