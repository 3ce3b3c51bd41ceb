import { ChatError } from '@chatdesk/protocol'
import type { Request, RequestHandler } from 'express'

/**
 * Lets in only what the server's own pages send (threat 16): a browser says by `Sec-Fetch-Site` and `Origin` where a
 * request comes from, and no page can change either. Programs that are no browser send neither.
 * `publicUrl` names the server's own origin; without it, it is the one that the request was sent to.
 */
export function requireOwnOrigin(publicUrl: URL | undefined): RequestHandler {
  return (request, _response, next) => {
    const site = request.headers['sec-fetch-site']
    const { origin } = request.headers
    const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
    const isForeignOrigin = origin !== undefined && origin !== ownOrigin(request, publicUrl)
    if (isForeignSite || isForeignOrigin)
      throw new ChatError('FORBIDDEN', 'Only pages of this server may do this. Its own address is CHATDESK_PUBLIC_URL.')
    next()
  }
}

function ownOrigin(request: Request, publicUrl: URL | undefined): string {
  return publicUrl?.origin ?? `${request.protocol}://${request.headers.host}`
}
