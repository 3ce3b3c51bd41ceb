/**
 * A schema boiled down to what a client needs to read a frame safely: which fields are there and of which type.
 * Made from the zod schemas by `scripts/make-guard.ts`, so that no zod reaches the page.
 *
 * What `typeof` says of a scalar · `['=', …]` one of these values · `['a', S]` array · `['r', S]` record ·
 * `['?', S]` S or null · `['|', …]` one of these · an object: its fields, `name?` when optional.
 */
export type Shape =
  | 'string'
  | 'number'
  | 'boolean'
  | readonly ['=', ...(string | number | boolean)[]]
  | readonly ['a' | 'r' | '?', Shape]
  | readonly ['|', ...Shape[]]
  | { readonly [field: string]: Shape }

/** Whether `value` has this shape. Unknown fields are no obstacle (F3). */
export function hasShape(value: unknown, shape: Shape): boolean {
  if (typeof shape === 'string') return typeof value === shape
  if (Array.isArray(shape)) {
    const [kind, ...rest] = shape as [string, ...Shape[]]
    if (kind === '=') return (rest as unknown[]).includes(value)
    if (kind === '|') return rest.some((option) => hasShape(value, option))
    const inner = rest[0] as Shape
    if (kind === '?') return value === null || hasShape(value, inner)
    if (typeof value !== 'object' || value === null || Array.isArray(value) !== (kind === 'a')) return false
    return Object.values(value).every((item) => hasShape(item, inner))
  }
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(shape).every(([field, inner]) => {
    const name = field.replace('?', '')
    const item = (value as Record<string, unknown>)[name]
    return item === undefined ? field !== name : hasShape(item, inner)
  })
}
