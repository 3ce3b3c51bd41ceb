import { Route, Switch } from 'wouter'
import { PaymentPage } from './detail/payment-page.js'
import { PaymentsPage } from './list/payments-page.js'
import styles from './payments.module.css'
import { ReconciliationPage } from './reconciliation/reconciliation-page.js'

/** The list of payments, each of them, and the report on how they were checked. */
export function PaymentPages() {
  return (
    <div className={styles.area}>
      <Switch>
        <Route path="/payments/reconciliation">
          <ReconciliationPage />
        </Route>
        <Route path="/payments/:id">{({ id }) => <PaymentPage key={id} id={id} />}</Route>
        <Route>
          <PaymentsPage />
        </Route>
      </Switch>
    </div>
  )
}
