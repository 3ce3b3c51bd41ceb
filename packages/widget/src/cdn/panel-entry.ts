import { defineTransport } from '@chatdesk/transports/define-transport'
import type { CreatePanel } from '../launcher/panel-port.js'
import { createBrowserClient } from '../mount/create-browser-client.js'
import { defaultTransports } from '../mount/default-transports.js'
import { createPanelView } from '../panel/create-panel-view.jsx'

/** socket.io comes last: its client is the largest, and what it falls back to needs sticky sessions. */
const socketIoTransport = defineTransport('socket-io', async () => (await import('./socket-io.js')).openWire)

/** The panel of a page that installed the widget by its snippet. */
export const createPanel: CreatePanel = (context) => {
  const client = createBrowserClient(context.options, [...defaultTransports, socketIoTransport])
  const view = createPanelView(client, context)
  return {
    ...view,
    consent: client.consent,
    destroy() {
      view.destroy()
      void client.dispose()
    },
  }
}
