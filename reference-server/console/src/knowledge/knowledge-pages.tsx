import { BookOpen } from 'lucide-react'
import { Link, Redirect, Route, Switch } from 'wouter'
import admin from '../admin/admin.module.css'
import { AdminPage } from '../admin/admin-page.js'
import { EmptyNotice } from '../admin/empty-notice.js'
import { LoadView } from '../admin/load-view.js'
import { useLoaded } from '../admin/use-loaded.js'
import { mayAdminister, useConsole } from '../client/console-services.js'
import { EntriesPage } from './entries-page.js'
import { EntryPage } from './entry-page.js'
import { GapsPage } from './gaps-page.js'
import { GoldenPage } from './golden-page.js'
import { ImportPage } from './import-page.js'
import styles from './knowledge.module.css'
import { KnowledgeAreaProvider, knowledgePath } from './knowledge-area.js'
import { NewEntryPage } from './new-entry-page.js'

/** What widgets can answer: each has its own. */
export function KnowledgePages() {
  return (
    <div className={styles.area}>
      <Route path="/knowledge/:widgetId?/*?">{({ widgetId }) => <OfWidget widgetId={widgetId} />}</Route>
    </div>
  )
}

function OfWidget({ widgetId }: { widgetId: string | undefined }) {
  const { admin: api, current } = useConsole()
  const loaded = useLoaded(() => api.widgets.list())
  const widgets = loaded.state.status === 'loaded' ? loaded.state.value : []
  const widget = widgets.find(({ id }) => id === widgetId)
  const [first] = widgets
  if (widgetId === undefined && first) return <Redirect to={knowledgePath(first.id)} replace />
  if (!widget) {
    return (
      <AdminPage title="Knowledge" lead="What your widgets can answer by themselves.">
        <LoadView loaded={loaded}>
          {() => (
            <EmptyNotice
              icon={BookOpen}
              title={first ? 'There is no such widget' : 'No widgets yet'}
              text={
                first
                  ? 'It may have been deleted, and what it knew with it.'
                  : 'Each widget has its own knowledge. Create a widget first; it comes with a few entries.'
              }
            >
              <Link href={first ? '/knowledge' : '/widgets'} className={admin.link}>
                {first ? 'To the knowledge of another widget' : 'To the widgets'}
              </Link>
            </EmptyNotice>
          )}
        </LoadView>
      </AdminPage>
    )
  }
  return (
    // Another widget begins afresh.
    <KnowledgeAreaProvider key={widget.id} value={{ widget, widgets }}>
      <Switch>
        <Route path="/knowledge/:widgetId/gaps">
          <GapsPage />
        </Route>
        <Route path="/knowledge/:widgetId/golden">
          <GoldenPage />
        </Route>
        {mayAdminister(current) && (
          <Route path="/knowledge/:widgetId/import">
            <ImportPage />
          </Route>
        )}
        {mayAdminister(current) && (
          <Route path="/knowledge/:widgetId/new/:gapId?">
            {({ gapId }) => <NewEntryPage key={gapId} gapId={gapId} />}
          </Route>
        )}
        <Route path="/knowledge/:widgetId/entries/:id">{({ id }) => <EntryPage key={id} id={id} />}</Route>
        <Route>
          <EntriesPage />
        </Route>
      </Switch>
    </KnowledgeAreaProvider>
  )
}
