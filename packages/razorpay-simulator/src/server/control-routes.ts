import type { IncomingMessage, ServerResponse } from 'node:http'
import * as z from 'zod/mini'
import type { ControlInput } from '../core/inputs.js'
import { brokenInvariants } from '../core/invariants.js'
import { linkRedirect } from '../core/link-redirect.js'
import { OUTCOME_NAMES, outcomeNamed } from '../core/outcomes.js'
import type { ControlRoute } from './control-route.js'
import {
  attemptSchema,
  clockSchema,
  faultSchema,
  forgerySchema,
  paymentMoveSchema,
  refundMoveSchema,
  releaseSchema,
  replaySchema,
  resetSchema,
  settingsSchema,
  webhookChangeSchema,
  webhookSchema,
} from './control-schemas.js'
import type { Engine } from './engine.js'
import { readBody, sendJson } from './http.js'
import { describeControl } from './openapi.js'
import { snapshot, withoutSecret } from './snapshot.js'

/** What the control plane needs beside the engine. */
export interface ControlDependencies {
  engine: Engine
  now: () => number
  reset: (seed?: string) => void
}

function route<Schema extends z.ZodMiniType>(
  method: string,
  path: string,
  summary: string,
  schema: Schema,
  run: (ids: readonly [string, string], body: z.infer<Schema>) => unknown,
): ControlRoute {
  return { method, path, summary, schema, run }
}

/** Something that cannot be done as it was asked for: answered by 400 or 404. */
class ControlFault extends Error {}

/** Values that may be left out, as the core has them: absent, and never undefined. */
function present<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, part]) => part !== undefined)) as T
}

/** The controls, which tests of anyone drive and look into the simulator with. */
function controlRoutes({ engine, now, reset }: ControlDependencies): ControlRoute[] {
  const control = (input: object) => engine.control(present(input) as ControlInput)
  const pay = (target: { orderId: string } | { linkId: string }, name: string, body: object) => {
    const outcome = outcomeNamed(name)
    if (!outcome) throw new ControlFault(`There is no outcome ${name}. There are ${OUTCOME_NAMES.join(', ')}.`)
    return engine.attempt({ ...present(body), ...target, outcome })
  }
  const nothing = z.strictObject({})
  return [
    route('POST', 'reset', 'Forget everything and begin again', resetSchema, (_, { seed }) => {
      reset(seed)
      return { ok: true }
    }),
    route('GET', 'clock', 'What time it is, in milliseconds', nothing, () => ({ now: now() })),
    route('POST', 'clock', 'Let time pass, and do all that is due', clockSchema, async (_, { advance }) => {
      await engine.advance(advance)
      return { now: now() }
    }),
    route('PATCH', 'settings', 'Change what an account chooses', settingsSchema, (_, settings) =>
      control({ type: 'settings.change', settings: present(settings) }),
    ),
    route('GET', 'faults', 'The faults that are ordered', nothing, () => [...engine.state().faults.values()]),
    route('POST', 'faults', 'Order a fault', faultSchema, (_, fault) =>
      control({ type: 'fault.add', fault: present(fault) }),
    ),
    route('DELETE', 'faults', 'Take every fault away', nothing, () => control({ type: 'fault.remove' })),
    route('DELETE', 'faults/:', 'Take a fault away', nothing, ([id]) => control({ type: 'fault.remove', id })),
    route('GET', 'webhooks', 'The endpoints', nothing, () => [...engine.state().webhooks.values()].map(withoutSecret)),
    route('POST', 'webhooks', 'Add an endpoint', webhookSchema, (_, webhook) =>
      control({ type: 'webhook.add', ...webhook }),
    ),
    route('PATCH', 'webhooks/:', 'Change an endpoint, its secret too', webhookChangeSchema, ([id], changes) =>
      control({ type: 'webhook.change', id, ...changes }),
    ),
    route('DELETE', 'webhooks/:', 'Take an endpoint away', nothing, ([id]) => control({ type: 'webhook.remove', id })),
    route('GET', 'events', 'Everything that happened', nothing, () => [...engine.state().events.values()]),
    route('POST', 'events', 'Send what never happened, or not so, rightly signed', forgerySchema, (_, forgery) =>
      control({ type: 'event.forge', ...forgery }),
    ),
    route('POST', 'events/:/replay', 'Send an event once more', replaySchema, ([eventId], how) =>
      (control({ type: 'delivery.replay', eventId, ...how }) as object[]).map(withoutSecret),
    ),
    route('GET', 'deliveries', 'What was sent, and what came of it', nothing, () =>
      [...engine.state().deliveries.values()].map(withoutSecret),
    ),
    route('POST', 'deliveries/release', 'Let go of what is held', releaseSchema, (_, which) =>
      control({ type: 'delivery.release', ...which }),
    ),
    route('POST', 'deliveries/settle', 'Wait until nothing is on its way', nothing, async () => {
      await engine.idle()
      return { ok: true }
    }),
    route('GET', 'alerts', 'The e-mails about endpoints that were given up', nothing, () => engine.state().alerts),
    route('POST', 'checkout/:/:', 'Pay an order, with an outcome', attemptSchema, ([orderId, outcome], body) =>
      pay({ orderId }, outcome, body),
    ),
    route('POST', 'links/:/:', 'Pay a link, with an outcome', attemptSchema, ([linkId, outcome], body) => {
      const result = pay({ linkId }, outcome, body)
      return result.ok ? { ...result, redirect: linkRedirect(engine.state(), linkId, result.paymentId) } : result
    }),
    route('POST', 'payments/:/transition', 'Move a payment', paymentMoveSchema, ([paymentId], move) =>
      control({ type: 'payment.move', paymentId, ...move }),
    ),
    route('POST', 'refunds/:/transition', 'Move a refund', refundMoveSchema, ([refundId], move) =>
      control({ type: 'refund.move', refundId, ...move }),
    ),
    route('GET', 'snapshot', 'All that the simulator knows, but for secrets', nothing, () => snapshot(engine.state())),
    route('GET', 'invariants', 'What should hold and does not', nothing, () => brokenInvariants(engine.state())),
  ]
}

/** Serves the control plane at `/__sim`. */
export function createControlRoutes(
  dependencies: ControlDependencies,
): (request: IncomingMessage, response: ServerResponse, url: URL) => Promise<void> {
  const routes = controlRoutes(dependencies)
  return async (request, response, url) => {
    const segments = url.pathname.split('/').slice(2)
    if (segments.join('/') === 'openapi') return sendJson(response, 200, describeControl(routes))
    const found = routes.find(({ method, path }) => method === request.method && fits(path.split('/'), segments))
    if (!found) return sendJson(response, 404, { error: `There is no ${request.method} ${url.pathname}.` })
    try {
      const text = await readBody(request)
      const body = (found.schema ?? z.unknown()).parse(text === '' ? {} : JSON.parse(text))
      const ids = segments.filter((_, at) => found.path.split('/')[at] === ':')
      sendJson(response, 200, await found.run([ids[0] ?? '', ids[1] ?? ''], body as never))
    } catch (error) {
      sendJson(response, 400, { error: error instanceof z.core.$ZodError ? z.prettifyError(error) : String(error) })
    }
  }
}

function fits(pattern: readonly string[], segments: readonly string[]): boolean {
  return pattern.length === segments.length && pattern.every((part, at) => part === ':' || part === segments[at])
}
