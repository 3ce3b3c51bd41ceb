import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Answer, callsOf, changed, isFault, lowestCallerOf, send, withQuery } from './calls.js'
import { type DeclaredRoute, mayCross } from './expected.js'
import { type Caller, createStage, type Stage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await createStage('Postgres')
})
afterAll(() => stage.close())

/** How other servers are told whose data is meant. */
const NAMES = [
  'organizationId',
  'organization_id',
  'organization',
  'tenantId',
  'tenant',
  'orgId',
  'clientId',
  'client_id',
]
const HEADERS = [
  'x-organization-id',
  'x-tenant-id',
  'x-chatdesk-organization',
  'organization-id',
  'x-client-id',
  'x-org',
]

/** What an answer says, but for what is new in every one: ids, moments, secrets. */
function told({ status, text }: Answer): string {
  const body = text.slice(text.indexOf(']] ') + 3)
  const shape = body
    .replace(/"[^"]{20,}"/g, '"…"')
    .replace(/"\d{4}-\d\d-\d\dT[^"]*"/g, '"…"')
    .replace(/"Visitor [\da-f]{4}"/g, '"…"')
  return `${status} ${shape}`
}

/** One more thing that a request says. */
interface Claim {
  name: string
  query?: string
  headers?: Record<string, string>
  body?: Record<string, unknown>
}

/** Every way to name the other organization beside the credential. */
function claimsOf(caller: Caller): Claim[] {
  const { foreignId, ownId } = stage
  const headers = Object.fromEntries(HEADERS.map((header) => [header, foreignId]))
  const cookies = NAMES.map((name) => `${name}=${foreignId}`).join('; ')
  const [own, foreign] = [ownId, foreignId].map((id) => NAMES.map((name) => `${name}=${id}`).join('&'))
  const { cookie } = caller.headers
  return [
    { name: 'headers', headers },
    { name: 'a query', query: `${foreign}` },
    { name: 'a query that says both', query: `${own}&${foreign}` },
    { name: 'a query that says both, the other way round', query: `${foreign}&${own}` },
    { name: 'a query of lists', query: NAMES.map((name) => `${name}[]=${foreignId}`).join('&') },
    { name: 'cookies', headers: { cookie: cookie ? `${cookies}; ${cookie}` : cookies } },
    { name: 'cookies behind', headers: { cookie: cookie ? `${cookie}; ${cookies}` : cookies } },
    { name: 'a body', body: Object.fromEntries(NAMES.map((name) => [name, foreignId])) },
  ]
}

async function tryClaims(route: DeclaredRoute, caller: Caller): Promise<string[]> {
  const { snapshot, canary, foreignId } = stage
  const before = await snapshot.digest(foreignId)
  const [call] = callsOf(stage, route, 'own')
  if (!call || mayCross(route, caller.actor)) return []
  const ask = async ({ query, headers, body }: Omit<Claim, 'name'>) => {
    const path = withQuery(call.path, query)
    const said = body && call.body !== undefined ? { ...body, ...(call.body as object) } : call.body
    const answer = await send(stage, route, { path, body: said }, { ...caller.headers, ...headers })
    const wrong = changed(before, await snapshot.digest(foreignId))
    if (answer.text.includes(canary) || answer.text.includes(foreignId)) wrong.push('told of the other organization')
    if (answer.status < 300 && route.method !== 'get') await snapshot.restore()
    return { answer, wrong }
  }
  const plain = await ask({})
  const deviations: string[] = []
  for (const { name, ...claim } of claimsOf(caller)) {
    const { answer, wrong } = await ask(claim)
    // It may be refused for what it should not say; else it is answered as if it had not said so.
    const isRefused = answer.status >= 400 && !isFault(answer.status)
    if (!isRefused && told(answer) !== told(plain.answer))
      wrong.push(`${told(answer)}, instead of ${told(plain.answer)}`)
    deviations.push(...wrong.map((text) => `${caller.name}: ${route.method} ${route.path}, ${name}: ${text}`))
  }
  return deviations
}

it('threat 28: whose data is meant follows from the credential alone, whatever else a request says', async () => {
  const deviations: string[] = []
  for (const route of stage.routes) deviations.push(...(await tryClaims(route, lowestCallerOf(stage, route))))
  expect(deviations).toEqual([])
}, 300_000)
