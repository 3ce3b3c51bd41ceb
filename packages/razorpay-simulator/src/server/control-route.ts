import type * as z from 'zod/mini'

/** One control: method, path with `:` for ids, what it does in words, and how. */
export interface ControlRoute {
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly schema?: z.ZodMiniType
  readonly run: (ids: readonly [string, string], body: never) => unknown
}
