import { type Request, type Response, Router } from 'express'
import type { Transaction } from 'kysely'
import { type AuditedAct, recordAct } from '../audit/index.js'
import type { Tables } from '../database/index.js'
import { declareAccess, type InputSchema } from '../http/access.js'
import { clientNetwork } from '../http/client-network.js'
import { jsonBody, parseInput } from '../http/input.js'
import type { MemberActor } from './actor.js'
import type { MemberGate } from './member-gate.js'
import { type Action, authorize } from './policy.js'

/** One call of a route, past gate and policy. */
export interface MemberCall<Body, Query> {
  actor: MemberActor
  /** Parts of the path; ids among them are still to be read by `parseId`. */
  params: Record<string, string>
  body: Body
  query: Query
  request: Request
  response: Response
  /** Writes the act into the trail of the actor's organization, in the transaction that does it. */
  record(transaction: Transaction<Tables>, act: Omit<AuditedAct, 'actor' | 'address' | 'action'>): Promise<void>
}

/** A route for members: what is called, who may, what it takes. */
export interface MemberRoute<Body = unknown, Query = unknown> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As Express reads it, below the family's path. */
  path: string
  /** `session`: whoever is signed in, as it concerns only themselves. */
  action: Action | 'session'
  body?: InputSchema<Body>
  query?: InputSchema<Query>
  /** Of a success with a body; 200 by default. */
  status?: number
  /** The answer's body; undefined: none, 204. */
  run(call: MemberCall<Body, Query>): Promise<unknown>
}

/** Types one route by its schemas. */
export function memberRoute<Body = undefined, Query = undefined>(route: MemberRoute<Body, Query>): MemberRoute {
  return route as MemberRoute
}

/** Mounts routes behind the gate: own pages only, signed in, allowed by the policy, checked by the schema, in this order. */
export function memberRoutes(
  { gate, clock }: { gate: MemberGate; clock: () => Date },
  routes: readonly MemberRoute[],
): Router {
  const router = Router()
  for (const { method, path, action, body, query, status = 200, run } of routes) {
    const reads = method === 'get'
    const call = async (request: Request, response: Response) => {
      response.set('cache-control', 'no-store')
      const { actor } = await (reads ? gate.requireSignedIn(request) : gate.requireCsrfToken(request))
      if (action !== 'session') authorize(actor, action)
      const address = request.ip === undefined ? null : clientNetwork(request.ip)
      const answer = await run({
        actor,
        params: request.params as Record<string, string>,
        body: body ? parseInput(body, request.body ?? {}) : undefined,
        query: query ? parseInput(query, request.query) : undefined,
        request,
        response,
        record: (transaction, act) => {
          if (action === 'session') throw new Error('What concerns only oneself is not in the trail.')
          return recordAct(transaction, actor.organizationId, { ...act, actor, address, action }, clock())
        },
      })
      if (answer === undefined) response.sendStatus(204)
      else response.status(status).json(answer)
    }
    const handler = declareAccess({ for: 'member', action }, call, { body, query })
    if (reads) router.get(path, handler)
    else router[method](path, gate.ownPagesOnly, jsonBody, handler)
  }
  return router
}
