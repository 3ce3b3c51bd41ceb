import { afterAll, beforeAll, expect, it } from 'vitest'
import { addressOf, bodyOf, send } from './calls.js'
import type { DeclaredRoute } from './expected.js'
import { createStage, type Stage } from './stage.js'

/** What no made-up input gets done: they ask for a secret, a site, or what must be so beforehand. Their own tests read the answers. */
const NOT_BY_SAMPLE = [
  'post /api/auth/sign-in',
  'post /api/auth/invite',
  'post /api/auth/invite/accept',
  'post /api/auth/reset',
  'post /api/auth/first-run',
  'post /api/auth/password',
  'delete /api/auth/sessions/:id',
  'delete /api/chat-widget/organizations/:id',
  'post /api/chat-widget/upload',
  'put /api/chat-widget/upload/:id',
  'delete /api/chat-widget/upload/:id',
  'post /api/chat-widget/widgets/:id/knowledge/site',
  'post /api/chat-widget/payments/:id/refunds',
  'post /api/chat-widget/payments/:id/settle',
]

let stage: Stage
beforeAll(async () => {
  stage = await createStage('PGlite')
})
afterAll(() => stage.close())

/** Who calls a route that is for these. */
const CALLER: Record<DeclaredRoute['access']['for'], string> = {
  everybody: 'nobody',
  visitor: 'visitor',
  user: 'user',
  'user or member': 'super_admin',
  member: 'super_admin',
}

const nameOf = ({ method, path }: DeclaredRoute) => `${method} ${path}`

/** What is wrong with the answer to a good request, in sentences. */
async function judge(route: DeclaredRoute): Promise<string[]> {
  // Nobody visits where they are at home.
  const body = bodyOf(route, route.path.endsWith('/visit') ? stage.foreign : stage.own)
  const caller = stage.caller(CALLER[route.access.for])
  const { status, text } = await send(stage, route, { path: addressOf(route, () => stage.own), body }, caller.headers)
  if (status >= 300) return NOT_BY_SAMPLE.includes(nameOf(route)) ? [] : [`${status} ${text}`]
  if (route.method !== 'get') await stage.snapshot.restore()
  if (!route.answer) return status === 204 ? [] : [`${status}, and nobody said what it answers`]
  const answer: unknown = JSON.parse(text.slice(text.indexOf(']] ') + 3))
  const result = route.answer.safeParse(answer)
  if (!result.success) return [result.error.message]
  // What a schema does not name it leaves out: nothing is told that the protocol does not say.
  return JSON.stringify(sorted(result.data)) === JSON.stringify(sorted(answer)) ? [] : [`more than was said: ${text}`]
}

/** With its keys in one order. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, of]) => [key, sorted(of)]),
  )
}

it('every route for members answers what the protocol says, and no more', async () => {
  const routes = stage.routes.filter(({ path }) => /^\/api\/(auth|chat-widget|support)\/(?!public\/)/.test(path))
  expect(routes.length).toBeGreaterThan(45)
  const wrong: string[] = []
  for (const route of routes) wrong.push(...(await judge(route)).map((text) => `${nameOf(route)}: ${text}`))
  expect(wrong).toEqual([])
}, 120_000)
