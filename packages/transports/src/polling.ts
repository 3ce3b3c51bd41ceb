import type { TransportFactory } from '@chatdesk/core'
import { defineTransport } from './define-transport.js'
import { pollingWire } from './http-wire.js'

/** Options of the transports over plain HTTP. */
export interface HttpTransportOptions {
  /** The platform's own when absent. */
  fetch?: typeof globalThis.fetch | undefined
}

/** Long polling at `<url>/poll`: passes every proxy, and any node of the server answers. For visitors. */
export function pollingTransport({ fetch = globalThis.fetch }: HttpTransportOptions = {}): TransportFactory {
  return defineTransport('polling', () => pollingWire(fetch))
}
