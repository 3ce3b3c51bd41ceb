import type { Delivery, DeliveryOutcome } from './engine.js'

/** How long an endpoint has for its answer; more is a failure. */
export const DELIVERY_TIMEOUT = 5_000

/** Sends a delivery, bytes as they were signed. Never throws: what goes wrong is an outcome. */
export async function deliverByHttp(
  { url, headers, body }: Delivery,
  timeout: number,
  send: typeof fetch = fetch,
): Promise<DeliveryOutcome> {
  try {
    const response = await send(url, {
      method: 'POST',
      headers: { ...headers },
      body,
      // Wherever it points, the answer is none of 2xx.
      redirect: 'manual',
      signal: AbortSignal.timeout(timeout),
    })
    await response.body?.cancel()
    return { status: response.status, error: null }
  } catch (error) {
    return { status: null, error: reasonOf(error) }
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  if (error.name === 'TimeoutError') return 'timeout'
  const { cause } = error
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message
}
