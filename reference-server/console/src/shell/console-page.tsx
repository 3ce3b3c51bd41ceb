import { useStore } from '@nanostores/react'
import { lazy, Suspense, useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { CommandBar } from '../commands/command-bar.js'
import { CommandStoreProvider, createCommandStore } from '../commands/command-store.js'
import { unreadTotal } from '../inbox/unread-total.js'
import { Notifier } from '../notify/notifier.js'
import { UrgentBanner } from '../notify/urgent-banner.js'
import { ConnectionBanner } from './connection-banner.js'
import { InboxPage } from './inbox-page.js'
import { KeysDialog } from './keys-dialog.js'
import { LiveAnnouncer } from './live-announcer.js'
import { NavigationRail } from './navigation-rail.js'
import { PAGES_BESIDE_INBOX } from './pages.js'
import styles from './shell.module.css'
import { useShortcut } from './shortcuts.js'
import { VisitBanner } from './visit-banner.js'

/** Agents who only answer never load the administration. */
const KnowledgePages = lazy(async () => ({ default: (await import('../knowledge/knowledge-pages.js')).KnowledgePages }))
const PaymentPages = lazy(async () => ({ default: (await import('../payments/payment-pages.js')).PaymentPages }))
const SettingsPages = lazy(async () => ({ default: (await import('../settings/settings-pages.js')).SettingsPages }))
const TicketPages = lazy(async () => ({ default: (await import('../tickets/ticket-pages.js')).TicketPages }))
const VisitorsPage = lazy(async () => ({ default: (await import('../visitors/visitors-page.js')).VisitorsPage }))
const WidgetPages = lazy(async () => ({ default: (await import('../widgets/widget-pages.js')).WidgetPages }))

/** The rail, and beside it the inbox or a page of the administration. */
export function ConsolePage() {
  const { client } = useConsole()
  const unread = unreadTotal(useStore(client.$inbox))
  const [location] = useLocation()
  const [keysShown, setKeysShown] = useState(false)
  const [commandsShown, setCommandsShown] = useState(false)
  const [commands] = useState(createCommandStore)
  const selectedId = /^\/conversations\/([^/]+)/.exec(location)?.[1]
  const isAdmin = PAGES_BESIDE_INBOX.test(location)

  useShortcut(['?'], () => {
    setKeysShown(true)
    return true
  })

  return (
    <CommandStoreProvider value={commands}>
      <div className={styles.shell} data-page={isAdmin ? 'admin' : selectedId === undefined ? 'list' : 'thread'}>
        <NavigationRail unread={unread} onShowKeys={() => setKeysShown(true)} />
        <main className={styles.main}>
          <VisitBanner />
          <ConnectionBanner />
          <UrgentBanner />
          <Suspense fallback={null}>
            <Switch>
              <Route path="/tickets/*?">
                <TicketPages />
              </Route>
              <Route path="/visitors">
                <VisitorsPage />
              </Route>
              <Route path="/payments/*?">
                <PaymentPages />
              </Route>
              <Route path="/knowledge/*?">
                <KnowledgePages />
              </Route>
              <Route path="/widgets/*?">
                <WidgetPages />
              </Route>
              <Route path="/settings/*?">
                <SettingsPages />
              </Route>
              <Route>
                <InboxPage selectedId={selectedId} />
              </Route>
            </Switch>
          </Suspense>
        </main>
        <LiveAnnouncer />
        <Notifier />
        <KeysDialog opened={keysShown} onClose={() => setKeysShown(false)} />
        <CommandBar
          opened={commandsShown}
          onOpen={() => setCommandsShown(document.querySelector('[role="dialog"]') === null)}
          onClose={() => setCommandsShown(false)}
        />
      </div>
    </CommandStoreProvider>
  )
}
