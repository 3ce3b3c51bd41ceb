import type { TransportFactory } from '@chatdesk/core'
import { defineTransport } from './define-transport.js'
import { uplinkWire } from './http-wire.js'
import type { HttpTransportOptions } from './polling.js'

/**
 * For a tab that hears the news from another one: speaks by `<url>/poll`, and asks there what it has missed at its start and
 * at each `ping`. It listens to nobody, so alone it is no way to be served.
 */
export function uplinkTransport({ fetch = globalThis.fetch }: HttpTransportOptions = {}): TransportFactory {
  return defineTransport('uplink', () => uplinkWire(fetch))
}
