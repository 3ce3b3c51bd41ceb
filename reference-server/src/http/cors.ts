import type { RequestHandler, Response } from 'express'

/** For what anybody may read: no credentials, no origin named. */
export const allowAnyOrigin: RequestHandler = (request, response, next) => {
  response.set('access-control-allow-origin', '*')
  response.set('cross-origin-resource-policy', 'cross-origin')
  if (request.method !== 'OPTIONS') return next()
  response.set('access-control-allow-methods', 'GET')
  response.sendStatus(204)
}

/**
 * For the widget's calls from its owners' pages (threat 23): the origin is repeated exactly when some widget names it, and
 * stays so only if the call's own widget does; credentials are never allowed, and caches are told that the answer depends on
 * the origin.
 */
export function allowKnownOrigins(isKnown: (origin: string) => Promise<boolean>): RequestHandler {
  return allowOrigins(isKnown)
}

/** Takes back what `allowKnownOrigins` has said: it knew only that some widget names the origin. */
export function withholdFromPage(response: Response): void {
  response.removeHeader('access-control-allow-origin')
  response.removeHeader('access-control-expose-headers')
}

/**
 * For `POST init`, which is where a wrong origin is refused: a page that may not read the refusal could only take it
 * for an outage and would try for ever. Without credentials there is nothing else to read than what any script gets.
 */
export const allowCallersOrigin: RequestHandler = allowOrigins(async (origin) => origin !== 'null')

function allowOrigins(isAllowed: (origin: string) => Promise<boolean>): RequestHandler {
  return async (request, response, next) => {
    response.vary('Origin')
    const { origin } = request.headers
    if (origin !== undefined && (await isAllowed(origin))) {
      response.set('access-control-allow-origin', origin)
      response.set('access-control-expose-headers', 'Retry-After, X-Request-Id')
      if (request.method === 'OPTIONS') {
        response.set('access-control-allow-methods', 'GET, POST, PUT, DELETE')
        response.set('access-control-allow-headers', 'authorization, content-type, x-widget-key')
        response.set('access-control-max-age', '600')
      }
    }
    if (request.method !== 'OPTIONS') return next()
    response.sendStatus(204)
  }
}
