import type { IncomingMessage, Server, ServerResponse } from 'node:http'
import type { Duplex } from 'node:stream'
import { type Endpoint, refuseUpgrade } from './endpoints/endpoint.js'

/**
 * Puts the endpoints below `base` on a server that the host owns; the answer takes them off again.
 * Plain requests on their paths are taken before the host's listeners, so those must be there already.
 */
export function mount(server: Server, base: string, endpoints: readonly Endpoint[]): () => void {
  const byPath = new Map(endpoints.map((endpoint) => [base.replace(/\/+$/, '') + endpoint.path, endpoint]))
  const endpointOf = (request: IncomingMessage) => byPath.get(request.url?.split('?', 1)[0] ?? '')

  const onUpgrade = (request: IncomingMessage, socket: Duplex, head: Buffer) => {
    const endpoint = endpointOf(request)
    if (endpoint) endpoint.handleUpgrade(request, socket, head)
    // Another listener may still want it, however late. Without one nobody would ever answer.
    else if (server.listenerCount('upgrade') === 1) refuseUpgrade(socket, '404 Not Found')
  }

  const hostListeners = server.listeners('request') as ((request: IncomingMessage, response: ServerResponse) => void)[]
  const onRequest = (request: IncomingMessage, response: ServerResponse) => {
    const endpoint = endpointOf(request)
    if (endpoint?.handleRequest) endpoint.handleRequest(request, response)
    else for (const listener of hostListeners) listener.call(server, request, response)
  }

  server.removeAllListeners('request')
  server.on('request', onRequest)
  server.on('upgrade', onUpgrade)
  return () => {
    server.off('upgrade', onUpgrade)
    server.off('request', onRequest)
    for (const listener of hostListeners) server.on('request', listener)
  }
}
