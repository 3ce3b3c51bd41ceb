import { ChatError, type InitRequest, toWireError } from '@chatdesk/protocol'
import type { Network } from '../network/network.js'
import type { Host } from '../world.js'

/** The `fetch` of one page, as far as the client uses it: JSON to `/api/widget/init`. */
export function simulatedFetch(network: Network, page: Host): typeof globalThis.fetch {
  const fetch = async (_url: string, init: RequestInit): Promise<Pick<Response, 'ok' | 'status' | 'json'>> => {
    const request: InitRequest = JSON.parse(String(init.body))
    try {
      const body = await network.request(page, (server) => server.init(request), init.signal)
      return { ok: true, status: 200, json: async () => JSON.parse(JSON.stringify(body)) }
    } catch (error) {
      if (!ChatError.isInstance(error)) throw error
      const wire = toWireError(error)
      // The body says which error; the status only that it is one.
      return { ok: false, status: 500, json: async () => ({ error: wire }) }
    }
  }
  return fetch as unknown as typeof globalThis.fetch
}
