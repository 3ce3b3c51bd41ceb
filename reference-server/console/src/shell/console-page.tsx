import { useStore } from '@nanostores/react'
import { useState } from 'react'
import { Route, Switch, useLocation } from 'wouter'
import { useConsole } from '../client/console-services.js'
import { unreadTotal } from '../inbox/inbox-filter.js'
import { InboxList } from '../inbox/inbox-list.js'
import { NoConversation } from '../thread/no-conversation.js'
import { ThreadPane } from '../thread/thread-pane.js'
import { ConnectionBanner } from './connection-banner.js'
import { KeysDialog } from './keys-dialog.js'
import { LiveAnnouncer } from './live-announcer.js'
import { NavigationRail } from './navigation-rail.js'
import styles from './shell.module.css'
import { useShortcut } from './shortcuts.js'
import { useDocumentTitle } from './use-document-title.js'

/** Rail, list, thread and details; below 1024 px one of the three is the page. */
export function ConsolePage() {
  const { client } = useConsole()
  const unread = unreadTotal(useStore(client.$inbox))
  const [location, navigate] = useLocation()
  const [keysShown, setKeysShown] = useState(false)
  const selectedId = /^\/conversations\/([^/]+)/.exec(location)?.[1]

  useDocumentTitle(unread > 0 ? `(${unread}) Inbox · ChatDesk` : 'Inbox · ChatDesk')
  useShortcut(['?'], () => {
    setKeysShown(true)
    return true
  })
  useShortcut(['Escape'], () => {
    if (selectedId === undefined) return false
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur()
    else navigate('/')
    return true
  })

  return (
    <div className={styles.shell} data-page={selectedId === undefined ? 'list' : 'thread'}>
      <NavigationRail unread={unread} onShowKeys={() => setKeysShown(true)} />
      <main className={styles.main}>
        <h1 className={styles.hidden}>Inbox</h1>
        <ConnectionBanner />
        <div className={styles.panes}>
          <InboxList selectedId={selectedId} />
          <Switch>
            <Route path="/conversations/:id">{({ id }) => <ThreadPane key={id} conversationId={id} />}</Route>
            <Route>
              <NoConversation />
            </Route>
          </Switch>
        </div>
      </main>
      <LiveAnnouncer />
      <KeysDialog opened={keysShown} onClose={() => setKeysShown(false)} />
    </div>
  )
}
