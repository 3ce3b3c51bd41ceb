import { request } from 'node:http'
import type { Delivery, DeliveryOutcome } from './engine.js'

/** How long an endpoint has for its answer; more is a failure. */
export const DELIVERY_TIMEOUT = 5_000

/**
 * Sends a delivery, bytes as they were signed, over a connection of its own: one that was kept from before may have ended since, which
 * would be a failure of ours. Redirects are not followed. Never throws: what goes wrong is an outcome.
 */
export function deliverByHttp({ url, headers, body }: Delivery, timeout: number): Promise<DeliveryOutcome> {
  const bytes = Buffer.from(body)
  return new Promise((resolve) => {
    const options = {
      method: 'POST',
      agent: false,
      headers: { ...headers, 'content-length': bytes.length },
      signal: AbortSignal.timeout(timeout),
    }
    const sent = request(url, options, (response) => {
      response.resume()
      resolve({ status: response.statusCode ?? null, error: null })
    })
    sent.on('error', (error) => resolve({ status: null, error: reasonOf(error) }))
    sent.end(bytes)
  })
}

function reasonOf(error: Error & { code?: string }): string {
  return error.code === 'ABORT_ERR' ? 'timeout' : (error.code ?? error.message)
}
