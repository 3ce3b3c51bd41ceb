import './theme/styles.js'
import { createRoot } from 'react-dom/client'
import { useHashLocation } from 'wouter/use-hash-location'
import { createConsoleApi } from './api/console-api.js'
import { serverUrl } from './api/server-url.js'
import { App } from './app.js'
import { createConsoleServices } from './client/create-console-services.js'
import { claimTabId } from './client/tab-id.js'
import { createSession } from './session/session.js'

const url = serverUrl(window.location)
const session = createSession(createConsoleApi({ url, fetch: window.fetch.bind(window) }))
const tabId = await claimTabId({ storage: sessionStorage, locks: navigator.locks })
const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root.')
createRoot(root).render(
  <App
    session={session}
    locationHook={useHashLocation}
    createServices={(current) => createConsoleServices({ url, session, current, tabId })}
  />,
)
