import { socketIoTransport } from '@chatdesk/transports/socket-io'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import type { CreatePanel } from '../launcher/panel-port.js'
import { createBrowserClient } from '../mount/create-browser-client.js'
import { createPanelView } from '../panel/create-panel-view.jsx'

/** The panel of a page that installed the widget by its snippet. socket.io's client is a chunk, fetched when it is needed. */
export const createPanel: CreatePanel = (context) => {
  const client = createBrowserClient(context.options, [webSocketTransport(), socketIoTransport()])
  const view = createPanelView(client, context)
  return {
    ...view,
    destroy() {
      view.destroy()
      void client.dispose()
    },
  }
}
