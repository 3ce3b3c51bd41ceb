import type { IncomingMessage, ServerResponse } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import type { RespondEffect } from '../core/inputs.js'
import type { Engine } from './engine.js'
import { readBody, send } from './http.js'

/** Serves the REST API, accidents included. */
export function createApiRoutes(
  engine: Engine,
): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  /** Keys of refunds that are answered late: until then, the same key is refused by 409. */
  const inFlight: string[] = []

  return async (request, response, url) => {
    const key = request.headers['x-refund-idempotency']
    const refundKey = typeof key === 'string' ? key : undefined
    const answer = engine.request({
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.search.slice(1),
      headers: { authorization: request.headers.authorization, 'x-refund-idempotency': refundKey },
      body: await readBody(request),
      refundKeysInFlight: inFlight,
    })
    if (answer.delay > 0) {
      if (refundKey !== undefined) inFlight.push(refundKey)
      await waitFor(answer.delay, response)
      if (refundKey !== undefined) inFlight.splice(inFlight.indexOf(refundKey), 1)
    }
    give(response, answer)
  }
}

/** Waits, but no longer than somebody waits for the answer. */
async function waitFor(milliseconds: number, response: ServerResponse): Promise<void> {
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  await wait(milliseconds, undefined, { ref: false, signal: gone.signal }).catch(() => {})
}

function give(response: ServerResponse, { accident, status, contentType, body }: RespondEffect): void {
  switch (accident) {
    case 'none':
      send(response, status, contentType, body)
      return
    case 'hang':
      return
    case 'reset':
      response.socket?.resetAndDestroy()
      return
    case 'truncate': {
      const bytes = Buffer.from(body)
      response.writeHead(status, { 'content-type': contentType, 'content-length': bytes.length })
      response.write(bytes.subarray(0, Math.floor(bytes.length / 2)), () => response.destroy())
    }
  }
}
