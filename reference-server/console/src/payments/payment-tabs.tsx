import { Link } from 'wouter'
import tabs from '../widgets/widgets.module.css'

/** Between the list of payments and the report on them. */
export function PaymentTabs({ current }: { current: 'list' | 'reconciliation' }) {
  return (
    <nav className={tabs.tabs} aria-label="Payments">
      <Link href="/payments" aria-current={current === 'list' ? 'page' : undefined}>
        All payments
      </Link>
      <Link href="/payments/reconciliation" aria-current={current === 'reconciliation' ? 'page' : undefined}>
        Reconciliation
      </Link>
    </nav>
  )
}
