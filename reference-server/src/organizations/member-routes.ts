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
  /** Where the request comes from, as far as the proxies are trusted. */
  address: string | null
  /** Parts of the path; ids among them are still to be read by `parseId`. */
  params: Record<string, string>
  body: Body
  query: Query
  request: Request
  response: Response
  /** Writes the act into the trail of the actor's organization, in the transaction that does it. */
  record(transaction: Transaction<Tables>, act: Omit<AuditedAct, 'actor' | 'address' | 'action'>): Promise<void>
}

/** A route for members: what is called, who may, what it takes, what it answers. */
export interface MemberRoute<Body = unknown, Query = unknown, Answer = unknown> {
  method: 'get' | 'post' | 'put' | 'patch' | 'delete'
  /** As Express reads it, below the family's path. */
  path: string
  /** `session`: whoever is signed in, as it concerns only themselves; no API token is. */
  action: Action | 'session'
  body?: InputSchema<Body>
  query?: InputSchema<Query>
  /** The body of a success; without one there is none, 204. */
  answer?: InputSchema<Answer>
  /** Of a success with a body; 200 by default. */
  status?: number
  run(call: MemberCall<Body, Query>): Promise<NoInfer<Answer>>
}

/** Types one route by its schemas. */
export function memberRoute<Body = undefined, Query = undefined, Answer = void>(
  route: MemberRoute<Body, Query, Answer>,
): MemberRoute {
  return route as MemberRoute
}

async function findActor(
  gate: MemberGate,
  request: Request,
  { takesTokens, reads }: { takesTokens: boolean; reads: boolean },
): Promise<MemberActor> {
  if (takesTokens) return gate.requireMember(request, { changes: !reads })
  return (await (reads ? gate.requireSignedIn(request) : gate.requireCsrfToken(request))).actor
}

/** Of whatever is read by these actions a guest leaves a trace (threat 38): it is people's. */
const OF_PEOPLE: ReadonlySet<string> = new Set<Action>([
  'conversation.read',
  'conversation.list',
  'inbox.read',
  'note.list',
  'queue.list',
  'ticket.list',
  'ticket.read',
  'payment.list',
  'lead.list',
  'appointment.list',
  'webhook.read',
  'visitor.list',
  'knowledgeGap.list',
])

/** What a path is about: `/conversations/:id/messages` a conversation; without an id the organization. */
function targetOf(path: string, id: unknown, organizationId: string): { kind: string; id: string } {
  const [, noun = ''] = path.split('/')
  return typeof id === 'string' ? { kind: noun.replace(/s$/, ''), id } : { kind: 'organization', id: organizationId }
}

/**
 * Mounts routes behind the gate: own pages only, signed in, allowed by the policy, checked by the schema, in this order.
 * Programs come in by an API token, unless `signInsOnly`.
 */
export function memberRoutes(
  { gate, clock, signInsOnly = false }: { gate: MemberGate; clock: () => Date; signInsOnly?: boolean },
  routes: readonly MemberRoute[],
): Router {
  const router = Router()
  for (const { method, path, action, body, query, answer, status = 200, run } of routes) {
    const reads = method === 'get'
    const guestAction = reads && action !== 'session' && OF_PEOPLE.has(action) ? action : undefined
    const takesTokens = !signInsOnly && action !== 'session'
    const call = async (request: Request, response: Response) => {
      response.set('cache-control', 'no-store')
      const actor = await findActor(gate, request, { takesTokens, reads })
      if (action !== 'session') authorize(actor, action)
      const address = request.ip === undefined ? null : clientNetwork(request.ip)
      const answered = await run({
        actor,
        address,
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
      if (guestAction) {
        const target = targetOf(path, request.params.id, actor.organizationId)
        await gate.noteRead(actor, { action: guestAction, address, target })
      }
      if (answer) response.status(status).json(answered)
      else response.sendStatus(204)
    }
    const handler = declareAccess({ for: 'member', action }, call, { body, query }, answer)
    if (reads) router.get(path, handler)
    else router[method](path, takesTokens ? gate.ownPagesOrTokens : gate.ownPagesOnly, jsonBody, handler)
  }
  return router
}
