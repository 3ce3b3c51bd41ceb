import type { RequestHandler } from 'express'
import type { Action } from '../organizations/policy.js'

/** Who may call a route. */
export type Access =
  /** Whoever reaches the server; `because` says why nothing is lost by that. */
  | { for: 'everybody'; because: string }
  /** Whoever holds a visitor's session token and may do this. */
  | { for: 'visitor'; action: Action }
  /** Whoever is signed in, or brings an API token, and may do this; `session`: whoever is signed in, as it concerns only themselves. */
  | { for: 'member'; action: Action | 'session' }

const ACCESS = new WeakMap<RequestHandler, Access>()

/**
 * Writes beside a handler who may call it. It checks nothing: the matrix of all routes and roles does, and fails for a
 * route that says nothing (threat 31).
 */
export function declareAccess<Params>(access: Access, handler: RequestHandler<Params>): RequestHandler<Params> {
  ACCESS.set(handler as RequestHandler, access)
  return handler
}

/** What was written beside a handler. */
export function accessOf(handler: RequestHandler): Access | undefined {
  return ACCESS.get(handler)
}
