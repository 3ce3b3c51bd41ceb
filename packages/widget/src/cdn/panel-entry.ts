import { defineTransport } from '@chatdesk/transports/define-transport'
import { webSocketTransport } from '@chatdesk/transports/websocket'
import type { CreatePanel } from '../launcher/panel-port.js'
import { createBrowserClient } from '../mount/create-browser-client.js'
import { createPanelView } from '../panel/create-panel-view.jsx'

const socketIoTransport = defineTransport('socket-io', async () => (await import('./socket-io.js')).openWire)

/** The panel of a page that installed the widget by its snippet. socket.io is a chunk, fetched when it is needed. */
export const createPanel: CreatePanel = (context) => {
  const client = createBrowserClient(context.options, [webSocketTransport(), socketIoTransport])
  const view = createPanelView(client, context)
  return {
    ...view,
    destroy() {
      view.destroy()
      void client.dispose()
    },
  }
}
