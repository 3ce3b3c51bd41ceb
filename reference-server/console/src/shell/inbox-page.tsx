import { Route, Switch, useLocation } from 'wouter'
import { InboxList } from '../inbox/inbox-list.js'
import { useFoundMessage } from '../inbox/use-found-message.js'
import { NoConversation } from '../thread/no-conversation.js'
import { ThreadPane } from '../thread/thread-pane.js'
import styles from './shell.module.css'
import { useShortcut } from './shortcuts.js'
import { useDocumentTitle } from './use-document-title.js'

/** List, thread and details; below 1024 px one of the three is the page. */
export function InboxPage({ selectedId }: { selectedId: string | undefined }) {
  const [location, navigate] = useLocation()
  const foundSeq = /\/at\/(\d+)$/.exec(location)?.[1]

  useFoundMessage(selectedId, foundSeq === undefined ? undefined : Number(foundSeq))
  useDocumentTitle('Inbox · ChatDesk')
  useShortcut(['Escape'], () => {
    if (selectedId === undefined) return false
    if (document.activeElement instanceof HTMLTextAreaElement) document.activeElement.blur()
    else navigate('/')
    return true
  })

  return (
    <>
      <h1 className={styles.hidden}>Inbox</h1>
      <div className={styles.panes}>
        <InboxList selectedId={selectedId} />
        <Switch>
          <Route path="/conversations/:id/*?">{({ id }) => <ThreadPane key={id} conversationId={id} />}</Route>
          <Route>
            <NoConversation />
          </Route>
        </Switch>
      </div>
    </>
  )
}
