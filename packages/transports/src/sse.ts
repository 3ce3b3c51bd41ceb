import type { TransportFactory } from '@chatdesk/core'
import { defineTransport } from './define-transport.js'
import { sseWire } from './http-wire.js'
import type { HttpTransportOptions } from './polling.js'

/** Server-sent events at `<url>/sse`, and requests beside them: where WebSockets are refused. For visitors. */
export function sseTransport({ fetch = globalThis.fetch }: HttpTransportOptions = {}): TransportFactory {
  return defineTransport('sse', () => sseWire(fetch))
}
