import type { InputSchema } from '../../src/http/access.js'
import { at, merged, type Shape, shapeOf } from './samples.js'

/** A value in place of a valid one. */
export interface BadInput {
  /** What is bad, and where. */
  label: string
  input: unknown
  /** Whether the schema must refuse it; else it may be taken, as text or as a number that means something. */
  mustBeRefused: boolean
}

/** One thing that is bad, and where. */
interface BadValue {
  label: string
  path: PropertyKey[]
  value: unknown
  mustBeRefused: boolean
}

/** In place of a value: takes its property away. */
const ABSENT = Symbol('absent')
/** Longer than any text that is asked for, and shorter than a body may be. */
const LONG = 'x'.repeat(64_000)
/** What has meant something else to some parser. */
const STRANGE_TEXTS = new Map([
  ['NUL', 'a\u0000b'],
  ['half a surrogate', 'a\ud800b'],
  ['SQL', "'; drop table events; --"],
  ['HTML', '<img src=x onerror=alert(1)><script>alert(1)</script>'],
  ['a template', '%s%n{{7*7}}'],
  ['nothing', ''],
  ['white space', ' \t\n'],
  ['text from right to left', '\u202Etxt.exe'],
])
const STRANGE_NUMBERS = [-1, 1.5, 2 ** 31, 2 ** 53, 1e308]
/** What is of another type, by the type that is asked for. */
const OF_ANOTHER_TYPE: Record<string, readonly unknown[]> = {
  string: [42, null, true, {}, ['text']],
  number: ['text', null, true, {}, []],
  boolean: ['yes', null, 1, {}],
  array: ['text', null, 1, { 0: 'a' }],
  object: ['text', null, 1, []],
}

/** Everything bad that can be made of a valid input: one thing at a time, so that it is what is refused. */
export function* badInputs(schema: InputSchema, valid: unknown): Generator<BadInput> {
  for (const { label, path, value, mustBeRefused } of badValues(shapeOf(schema), valid, []))
    yield { label: `${label} at ${path.join('.') || 'the top'}`, input: replaced(valid, path, value), mustBeRefused }
}

function* badValues(given: Shape, value: unknown, path: PropertyKey[]): Generator<BadValue> {
  const shape = merged(given)
  const options = optionsOf(shape)
  if (options.length > 0) return yield* badOfOptions(options, value, path)
  const type = shape.type === 'integer' ? 'number' : shape.type
  const bad = (label: string, instead: unknown, must = true): BadValue => ({
    label,
    path,
    value: instead,
    mustBeRefused: must && !shape.lenient,
  })
  for (const instead of OF_ANOTHER_TYPE[type ?? ''] ?? [])
    yield bad(`${JSON.stringify(instead)} for a ${type}`, instead)
  if (type === 'string') yield* badTexts(shape, bad)
  if (type === 'number') for (const number of STRANGE_NUMBERS) yield bad(String(number), number, false)
  if (type === 'array') yield* badLists(shape, value as unknown[], path, bad)
  if (type === 'object') yield* badObjects(shape, value as Record<string, unknown>, path, bad)
}

type Bad = (label: string, instead: unknown, must?: boolean) => BadValue

function* badTexts({ enum: known, const: only, format }: Shape, bad: Bad): Generator<BadValue> {
  yield bad('too long a text', LONG)
  if (known ?? only ?? format) yield bad('a text that is none of them', 'no such thing')
  for (const [label, text] of STRANGE_TEXTS) yield bad(label, text, false)
}

function* badLists({ prefixItems, items }: Shape, list: unknown[], path: PropertyKey[], bad: Bad): Generator<BadValue> {
  const first = list[0] ?? 'x'
  const length = Math.floor(LONG.length / (JSON.stringify(first).length + 1))
  yield bad(
    'too long a list',
    Array.from({ length }, () => first),
  )
  if (list.length > 0) yield* badValues(prefixItems?.[0] ?? items ?? {}, first, [...path, 0])
}

function* badObjects(
  shape: Shape,
  object: Record<string, unknown>,
  path: PropertyKey[],
  bad: Bad,
): Generator<BadValue> {
  for (const key of shape.required ?? []) yield { ...bad('nothing', ABSENT), path: [...path, key] }
  yield { ...bad('one field more', 'x', shape.additionalProperties === false), path: [...path, 'one_field_more'] }
  for (const [key, of] of Object.entries(shape.properties ?? {}))
    if (Object.hasOwn(object, key)) yield* badValues(of, object[key], [...path, key])
}

/** Of a union, what none of its members takes. */
function* badOfOptions(options: readonly Shape[], value: unknown, path: PropertyKey[]): Generator<BadValue> {
  const fitting = options.find((option) => fits(option, value))
  if (!fitting) return
  for (const bad of badValues(fitting, value, path))
    if (bad.path.length > path.length || !options.some((option) => fits(option, bad.value))) yield bad
}

function optionsOf({ anyOf, oneOf }: Shape): readonly Shape[] {
  return (anyOf ?? oneOf ?? []).flatMap((option) => ((option.anyOf ?? option.oneOf) ? optionsOf(option) : [option]))
}

/** Whether it is of this type, as far as is seen from its outside. */
function fits({ type, const: only, properties }: Shape, value: unknown): boolean {
  if (only !== undefined) return value === only
  if (value === null) return type === 'null'
  if (Array.isArray(value)) return type === 'array'
  if (type === 'integer') return typeof value === 'number'
  if (typeof value !== 'object') return type === typeof value
  return type === 'object' && Object.keys(value).every((key) => !properties || Object.hasOwn(properties, key))
}

function replaced(input: unknown, path: readonly PropertyKey[], value: unknown): unknown {
  if (path.length === 0) return value
  const copy = structuredClone(input)
  const holder = at(copy, path.slice(0, -1)) as Record<PropertyKey, unknown>
  const key = path.at(-1) as PropertyKey
  if (value === ABSENT) delete holder[key]
  else holder[key] = value
  return copy
}
