import { Route, Switch } from 'wouter'
import { TicketPage } from './ticket-page.js'
import styles from './tickets.module.css'
import { TicketsPage } from './tickets-page.js'

/** The list of tickets, and each of them. */
export function TicketPages() {
  return (
    <div className={styles.area}>
      <Switch>
        <Route path="/tickets/:id">{({ id }) => <TicketPage key={id} id={id} />}</Route>
        <Route>
          <TicketsPage />
        </Route>
      </Switch>
    </div>
  )
}
