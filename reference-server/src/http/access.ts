import type { parseWith } from '@chatdesk/protocol/schemas'
import type { RequestHandler } from 'express'
import type { Action } from '../organizations/policy.js'

/** What checks an input, or says what an answer is. */
export type InputSchema<T = unknown> = Parameters<typeof parseWith<T>>[0]

/** Who may call a route. */
export type Access =
  /** Whoever reaches the server; `because` says why nothing is lost by that. */
  | { for: 'everybody'; because: string }
  /** Whoever holds a visitor's session token and may do this. */
  | { for: 'visitor'; action: Action }
  /** Whoever a site has proved to be signed in there, by the site's own token (S13), and may do this. */
  | { for: 'user'; action: Action }
  /** Either of the two. */
  | { for: 'user or member'; action: Action }
  /** Whoever is signed in, or brings an API token, and may do this; `session`: whoever is signed in, as it concerns only themselves. */
  | { for: 'member'; action: Action | 'session' }

/** What a route reads of a request beside its path; what is left out it does not read. */
export interface RouteInput {
  body?: InputSchema | undefined
  query?: InputSchema | undefined
}

/** What is known of a route without calling it. */
export interface RouteFacts {
  access: Access
  /** Undefined: nobody said what it takes. */
  input: RouteInput | undefined
  /** The body of its success; undefined: it has none. */
  answer: InputSchema | undefined
}

const FACTS = new WeakMap<RequestHandler, RouteFacts>()

/**
 * Writes beside a handler who may call it, what it takes and what it answers. It checks nothing: the matrix of all routes and
 * roles and the corpus of bad input do, and fail for a route that says nothing (threat 31).
 */
export function declareAccess<Params>(
  access: Access,
  handler: RequestHandler<Params>,
  input?: RouteInput,
  answer?: InputSchema,
): RequestHandler<Params> {
  FACTS.set(handler as RequestHandler, { access, input, answer })
  return handler
}

/** What was written beside a handler. */
export function factsOf(handler: RequestHandler): RouteFacts | undefined {
  return FACTS.get(handler)
}
