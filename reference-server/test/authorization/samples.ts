import { toJSONSchema } from 'zod'
import type { InputSchema } from '../../src/http/access.js'

/** A schema as JSON Schema has it, as far as it is read here. */
export interface Shape {
  type?: string
  const?: unknown
  enum?: unknown[]
  anyOf?: Shape[]
  oneOf?: Shape[]
  allOf?: Shape[]
  properties?: Record<string, Shape>
  required?: string[]
  additionalProperties?: boolean | Shape
  propertyNames?: Shape
  items?: Shape
  prefixItems?: Shape[]
  minItems?: number
  minLength?: number
  minimum?: number
  exclusiveMinimum?: number
  maximum?: number
  format?: string
  pattern?: string
  /** What does not fit is left out, and nothing is refused. */
  lenient?: boolean
}

/** Names ids that stand in a body: `departmentIds` are those of departments. */
export type IdOf = (property: string) => string | undefined

/** What texts look like that more than a length is asked of. */
const TEXTS: readonly string[] = [
  'sample-12345678',
  '#0b5d4b',
  '09:00',
  '17:00',
  '2026-12-25',
  'Europe/Berlin',
  'en',
  'https://sample.example.test',
  'sample@example.test',
  '+49301234567',
  '1',
  'sample',
  'c2FtcGxlLXNhbXBsZS1zYW1wbGUtc2FtcGxlLXNhbXBsZQ',
]

/** By format, as JSON Schema names them. */
const FORMATS: Record<string, string> = {
  uuid: '01900000-0000-7000-8000-000000000001',
  email: 'sample@example.test',
  uri: 'https://sample.example.test/page',
  'date-time': '2026-06-01T12:00:00.000Z',
  date: '2026-12-25',
  time: '09:00:00',
}

/** By the property's name, where no schema says it. */
const BY_NAME: Record<string, string> = {
  timeZone: 'Europe/Berlin',
  allowedOrigins: 'https://sample.example.test',
  origin: 'https://sample.example.test',
  email: 'sample@example.test',
  reason: 'because this is a test',
}

/** What a schema takes. */
export function shapeOf(schema: InputSchema): Shape {
  return toJSONSchema(schema, {
    io: 'input',
    unrepresentable: 'any',
    reused: 'inline',
    override({ zodSchema, jsonSchema }) {
      if (zodSchema._zod.def.type === 'catch') (jsonSchema as Shape).lenient = true
    },
  }) as Shape
}

/** An input that the schema takes, with all that it may hold; undefined: none was found. */
export function validInput(schema: InputSchema, idOf: IdOf): unknown {
  const input = sample(shapeOf(schema), '', idOf)
  for (;;) {
    const result = schema.safeParse(input)
    if (result.success) return input
    const path = result.error.issues[0]?.path ?? []
    // What no rule of thumb fits is left out, if it may be.
    const before = JSON.stringify(input)
    for (let length = path.length; length > 0 && JSON.stringify(input) === before; length--) {
      const holder = at(input, path.slice(0, length - 1))
      const key = path[length - 1] as PropertyKey
      if (Array.isArray(holder)) holder.splice(Number(key), 1)
      else if (typeof holder === 'object' && holder !== null) delete (holder as Record<PropertyKey, unknown>)[key]
    }
    if (JSON.stringify(input) === before) return undefined
  }
}

/** What stands beside `allOf`, and in it, in one: patterns of which the last is kept. */
export function merged({ allOf = [], ...shape }: Shape): Shape {
  return Object.assign(shape, ...allOf)
}

function sample(given: Shape, name: string, idOf: IdOf): unknown {
  const shape = merged(given)
  if (shape.const !== undefined) return shape.const
  if (shape.enum) return shape.enum[0]
  const options = shape.anyOf ?? shape.oneOf
  if (options) return sample(options.find(({ type }) => type !== 'null') ?? {}, name, idOf)
  if (shape.type === 'string') return sampleText(shape, name, idOf)
  if (shape.type === 'array') return sampleList(shape, name, idOf)
  if (shape.type === 'object') return sampleObject(shape, idOf)
  if (shape.type === 'boolean') return true
  const isNumber = shape.type === 'integer' || shape.type === 'number'
  return isNumber ? Math.max(shape.minimum ?? 1, (shape.exclusiveMinimum ?? 0) + 1) : 'sample'
}

function sampleList({ minItems = 1, prefixItems = [], items = {} }: Shape, name: string, idOf: IdOf): unknown[] {
  const length = Math.max(minItems, prefixItems.length, 1)
  return Array.from({ length }, (_, index) => sample(prefixItems[index] ?? items, name, idOf))
}

function sampleObject({ properties = {}, propertyNames, additionalProperties }: Shape, idOf: IdOf): object {
  const entries = Object.entries(properties).map(([key, shape]) => [key, sample(shape, key, idOf)])
  if (entries.length === 0 && typeof additionalProperties === 'object')
    entries.push([sample(propertyNames ?? { type: 'string' }, '', idOf), sample(additionalProperties, '', idOf)])
  return Object.fromEntries(entries)
}

function sampleText({ format, pattern, minLength = 0 }: Shape, name: string, idOf: IdOf): string {
  const id = idOf(name)
  if (id !== undefined) return id
  if (format && FORMATS[format]) return FORMATS[format]
  const candidates = [...(BY_NAME[name] ? [BY_NAME[name]] : []), ...TEXTS]
  const fits = (text: string) => text.length >= minLength && (!pattern || new RegExp(pattern, 'u').test(text))
  return candidates.find(fits) ?? 'sample text '.repeat(20).slice(0, Math.max(minLength, 12))
}

/** What stands at the end of a path. */
export function at(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined)?.[key], input)
}
