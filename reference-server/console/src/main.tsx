import './theme/styles.js'
import { createRoot } from 'react-dom/client'
import { useHashLocation } from 'wouter/use-hash-location'
import { createConsoleApi } from './api/console-api.js'
import { hashAddress } from './api/hash-address.js'
import { serverUrl } from './api/server-url.js'
import { App } from './app.js'
import { createConsoleServices } from './client/create-console-services.js'
import { claimTabId } from './client/tab-id.js'
import { createBrowserEnvironment } from './notify/browser-environment.js'
import { endPushWithSession } from './notify/end-push-with-session.js'
import { createSession } from './session/session.js'
import { trustStyles } from './theme/trust-styles.js'

// Before anything is drawn.
trustStyles(window)
// Before anything reads the address.
const address = hashAddress(window.location)
if (address !== null) window.history.replaceState(null, '', address)
const url = serverUrl(window.location)
const api = createConsoleApi({ url, fetch: window.fetch.bind(window) })
const session = createSession(api)
const notify = createBrowserEnvironment()
endPushWithSession(session.$state, notify.push)
const tabId = await claimTabId({ storage: sessionStorage, locks: navigator.locks })
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <App
    session={session}
    entry={api.entry}
    locationHook={useHashLocation}
    createServices={(current) => createConsoleServices({ url, session, send: api.send, current, tabId, notify })}
  />,
)
