import * as z from 'zod/mini'
import type { ControlRoute } from './control-route.js'

/** The control plane as an OpenAPI document. The REST API has none: it is Razorpay's, and documented there. */
export function describeControl(routes: readonly ControlRoute[]): unknown {
  const paths: Record<string, Record<string, unknown>> = {}
  for (const { method, path, summary, schema } of routes) {
    const names = [...path.matchAll(/:/g)].map((_, at) => `id${at + 1}`)
    let at = 0
    const place = `/__sim/${path.replace(/:/g, () => `{${names[at++]}}`)}`
    paths[place] = {
      ...paths[place],
      [method.toLowerCase()]: {
        summary,
        parameters: names.map((name) => ({ name, in: 'path', required: true, schema: { type: 'string' } })),
        ...(schema && method !== 'GET'
          ? { requestBody: { content: { 'application/json': { schema: z.toJSONSchema(schema) } } } }
          : {}),
        responses: { 200: { description: 'Done' }, 400: { description: 'Refused, with the reason in `error`' } },
      },
    }
  }
  return { openapi: '3.1.0', info: { title: 'Razorpay simulator: control plane', version: '1' }, paths }
}
