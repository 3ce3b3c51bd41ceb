import type { Request } from 'express'

/**
 * A link into the console. The secret stands behind the `#`: browsers send that to no server, so it is in no log and no
 * `Referer` (threat 8). Without a public address it is the one that the request was sent to, which is good enough for
 * an answer to whoever sent it, and never for a mail: anybody can send a request to an address of their choice.
 */
export function consoleLink(page: 'invite' | 'reset', token: string, base: string): string {
  return `${base.replace(/\/$/, '')}/console/${page}#${token}`
}

/** The address of the mount point, as the sender of this request has it. */
export function baseOf(request: Request): string {
  const path = request.originalUrl
  return `${request.protocol}://${request.headers.host}${path.slice(0, Math.max(0, path.indexOf('/api/')))}`
}
