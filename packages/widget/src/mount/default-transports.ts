import type { TransportFactory } from '@chatdesk/core'
import { defineTransport } from '@chatdesk/transports/define-transport'
import { webSocketTransport } from '@chatdesk/transports/websocket'

const http = () => import('@chatdesk/transports/http-wire')

/** How a widget reaches its server, in order of preference. All but the first are fetched when they are needed. */
export const defaultTransports: readonly TransportFactory[] = [
  webSocketTransport(),
  defineTransport('sse', async () => (await http()).sseWire(fetch)),
  defineTransport('polling', async () => (await http()).pollingWire(fetch)),
]
