import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { InputSchema } from '../../src/http/access.js'
import { badInputs } from './bad-inputs.js'
import { type Answer, bodyOf, changed, isFault, lowestCallerOf, pathOf, send } from './calls.js'
import type { DeclaredRoute } from './expected.js'
import { validInput } from './samples.js'
import { createStage, type Stage } from './stage.js'

let stage: Stage
beforeAll(async () => {
  stage = await createStage('Postgres')
})
afterAll(() => stage.close())

/** Says what is wrong with an answer to what cannot be taken. */
function wrongRefusal({ status, code, field, text }: Answer): string[] {
  if (status >= 500) return [`a fault of ours: ${status} ${text.slice(0, 200)}`]
  if (status < 400) return [`taken: ${status}`]
  if (code === undefined) return [`a refusal without a code: ${status} ${text.slice(0, 200)}`]
  return code === 'VALIDATION_FAILED' && field === undefined ? ['a refusal without a field'] : []
}

/** Sends each, eight at a time, and answers with what is wrong. */
async function sendAll<T>(inputs: readonly T[], judge: (input: T) => Promise<string[]>): Promise<string[]> {
  const queue = [...inputs]
  const wrong: string[] = []
  const work = async () => {
    for (let input = queue.shift(); input !== undefined; input = queue.shift()) wrong.push(...(await judge(input)))
  }
  await Promise.all(Array.from({ length: 8 }, work))
  return wrong
}

/** What is no JSON object of any shape, as text; the deep one is as deep as a body can be. */
const RAW_BODIES: Record<string, string> = {
  'no JSON': '{"a":',
  nothing: '',
  null: 'null',
  'a list': '[]',
  'a text': '"text"',
  'a number': '7',
  'nesting without end': '[{"a":'.repeat(10_000),
  'deep nesting': `${'{"a":'.repeat(9_000)}1${'}'.repeat(9_000)}`,
  'too much': JSON.stringify({ a: 'x'.repeat(70_000) }),
}

/** Whether a text is a body that the schema takes. */
function isTaken(schema: InputSchema, body: string): boolean {
  try {
    return schema.safeParse(body === '' ? {} : JSON.parse(body)).success
  } catch {
    return false
  }
}

/** Every bad body of one route: what is wrong with the answers, in sentences. */
async function tryBodies(route: DeclaredRoute, schema: InputSchema): Promise<string[]> {
  const { headers } = lowestCallerOf(stage, route)
  const path = pathOf(route, () => stage.own)
  const digests = async () => [await stage.snapshot.digest(stage.ownId), await stage.snapshot.digest(stage.foreignId)]
  const before = await digests()
  const changes = async () => (await digests()).flatMap((digest, index) => changed(before[index] ?? {}, digest))
  const inputs = [...badInputs(schema, bodyOf(route, stage.own))]
  const taken = inputs.filter(({ input }) => schema.safeParse(input).success)
  const bodies = [
    ...inputs
      .filter((input) => !taken.includes(input))
      .map(({ label, input }) => [label, JSON.stringify(input)] as const),
    ...Object.entries(RAW_BODIES).filter(([, body]) => !isTaken(schema, body)),
  ]
  const wrong = taken.filter(({ mustBeRefused }) => mustBeRefused).map(({ label }) => `the schema takes ${label}`)
  const refusals = await sendAll(bodies, async ([label, body]) =>
    wrongRefusal(await send(stage, route, { path, body }, headers)).map((text) => `${label}: ${text}`),
  )
  wrong.push(...refusals, ...(await changes()))
  await stage.snapshot.restore()
  for (const { label, input } of taken) {
    const { status, text } = await send(stage, route, { path, body: JSON.stringify(input) }, headers)
    if (isFault(status)) wrong.push(`${label}: ${status} ${text.slice(0, 200)}`)
    else if (status < 300) await stage.snapshot.restore()
    else wrong.push(...(await changes()).map((change) => `${label} was refused, but ${change}`))
  }
  return wrong.map((text) => `${route.method} ${route.path}: ${text}`)
}

describe('bad input', () => {
  it('bodies: whatever the schema does not take is refused with a code and a field, and nothing is half written', async () => {
    const deviations: string[] = []
    for (const route of stage.routes)
      if (route.input.body) deviations.push(...(await tryBodies(route, route.input.body)))
    expect(deviations).toEqual([])
  }, 300_000)

  it('queries: what no schema takes is refused, what it takes is answered, and nothing is a fault of ours', async () => {
    const texts = ['', 'x', '-1', '1.5', '1e309', '2147483648', '9007199254740993', '9'.repeat(400), 'x'.repeat(5_000)]
    const strange = [
      'a\u0000b',
      "'; drop table events; --",
      '<script>',
      '[object Object]',
      '../../etc/passwd',
      '🙂',
      'null',
    ]
    const deviations: string[] = []
    for (const route of stage.routes.filter(({ method }) => method === 'get')) {
      const { headers } = lowestCallerOf(stage, route)
      const path = pathOf(route, () => stage.own)
      const valid = route.input.query ? (validInput(route.input.query, () => undefined) as object | undefined) : {}
      const names = [...Object.keys(valid ?? {}), 'one_field_more', '__proto__', 'constructor']
      const queries = names.flatMap((name) => [
        ...[...texts, ...strange].map((text) => `${name}=${encodeURIComponent(text)}`),
        `${name}=1&${name}=2`,
        `${name}[]=1`,
        `${name}[a][b]=1`,
        `${name}=%00`,
        `${name}=%ff`,
        `${name}=%`,
      ])
      const wrong = await sendAll(queries, async (query) => {
        const { status, code, text } = await send(stage, route, { path: `${path}?${query}`, body: undefined }, headers)
        if (status >= 500) return [`${query.slice(0, 80)}: ${status} ${text.slice(0, 200)}`]
        return status >= 400 && code === undefined ? [`${query.slice(0, 80)}: a refusal without a code`] : []
      })
      deviations.push(...wrong.map((text) => `${route.path}: ${text}`))
    }
    expect(deviations).toEqual([])
  }, 300_000)

  it('paths: what is no id names nothing', async () => {
    const ids = [
      'x',
      '0',
      '-1',
      '%00',
      '%ff',
      "'%20or%201=1--",
      '..%2f..',
      '%F0%9F%99%82',
      'null',
      '__proto__',
      'x'.repeat(3_000),
    ]
    const deviations: string[] = []
    for (const route of stage.routes.filter(({ path }) => path.includes('/:'))) {
      const { headers } = lowestCallerOf(stage, route)
      const body = bodyOf(route, stage.own)
      for (const id of ids) {
        const path = route.path.replace(/:\w+/g, id)
        const { status, code, text } = await send(stage, route, { path, body }, headers)
        // What cannot be decoded is refused before any route is found.
        if (code !== 'NOT_FOUND' && code !== 'BAD_FRAME')
          deviations.push(`${route.method} ${path.slice(0, 80)}: ${status} ${text.slice(0, 200)}`)
      }
    }
    expect(deviations).toEqual([])
    await stage.snapshot.restore()
  }, 300_000)
})
