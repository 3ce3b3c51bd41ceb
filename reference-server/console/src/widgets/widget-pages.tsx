import { Route, Switch } from 'wouter'
import { EditorPage } from './editor/editor-page.js'
import { InstallPage } from './install/install-page.js'
import styles from './widgets.module.css'
import { WidgetsPage } from './widgets-page.js'

/** All widgets, and the pages of each. */
export function WidgetPages() {
  return (
    <Switch>
      <Route path="/widgets">
        <div className={styles.area}>
          <WidgetsPage />
        </div>
      </Route>
      <Route path="/widgets/:id/install">
        {({ id }) => (
          <div className={styles.area}>
            <InstallPage key={id} widgetId={id} />
          </div>
        )}
      </Route>
      <Route path="/widgets/:id/:section?">
        {({ id, section }) => <EditorPage key={id} widgetId={id} section={section} />}
      </Route>
    </Switch>
  )
}
