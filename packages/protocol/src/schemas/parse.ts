import type * as z from 'zod/mini'
import type { WireError } from '../chat-error.js'
import { LIMITS } from '../limits.js'
import type { ClientFrame } from '../types.js'
import { clientFrame } from './client-frames.js'

/** A value that fits its schema, or why not. */
export type ParseResult<T> = { ok: true; value: T } | { ok: false; error: WireError }

/** Checks `input` against `schema` and names the first offending field (E2). */
export function parseWith<T>(schema: z.ZodMiniType<T>, input: unknown): ParseResult<T> {
  const result = schema.safeParse(input)
  if (result.success) return { ok: true, value: result.data }
  const issue = withinUnion(result.error.issues[0], input)
  const field = issue?.path.join('.') ?? ''
  return {
    ok: false,
    error: { code: 'VALIDATION_FAILED', message: `${field || 'body'}: ${issue?.message ?? 'invalid'}`, field },
  }
}

/** A union only says that none of its members fits: the complaint of the member that the sender seems to have meant. */
function withinUnion(issue: z.core.$ZodIssue | undefined, input: unknown): z.core.$ZodIssue | undefined {
  if (issue?.code !== 'invalid_union') return issue
  const complaints = issue.errors.flatMap(([first]) =>
    first ? [{ ...first, path: [...issue.path, ...first.path] }] : [],
  )
  return complaints.find(({ path }) => valueAt(input, path) !== undefined) ?? complaints[0] ?? issue
}

function valueAt(input: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown> | undefined | null)?.[key], input)
}

/** Depth of nested objects and arrays, counted only as far as `limit + 1` so that a hostile tree costs nothing more. */
function exceedsDepth(value: unknown, limit: number): boolean {
  if (typeof value !== 'object' || value === null) return false
  return limit === 0 || Object.values(value).some((child) => exceedsDepth(child, limit - 1))
}

/**
 * Reads one frame from a client: text of at most `LIMITS.frameBytes` (F5), JSON, of a known shape.
 * `commandId` is given back with a failure where it could be read, so that the refusal can name its command.
 */
export function parseClientFrame(text: string): ParseResult<ClientFrame> & { commandId?: string } {
  const refuse = (code: WireError['code'], message: string) => ({ ok: false, error: { code, message } }) as const
  // A UTF-16 code unit is at most three bytes of UTF-8, so only lengths in between need to be encoded.
  if (text.length > LIMITS.frameBytes || (text.length * 3 > LIMITS.frameBytes && utf8Length(text) > LIMITS.frameBytes))
    return refuse('PAYLOAD_TOO_LARGE', `A frame has at most ${LIMITS.frameBytes} bytes.`)
  let input: unknown
  try {
    input = JSON.parse(text)
  } catch {
    return refuse('BAD_FRAME', 'A frame is JSON.')
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return refuse('BAD_FRAME', 'A frame is a JSON object.')
  if (exceedsDepth(input, LIMITS.frameDepth)) return refuse('BAD_FRAME', 'A frame is nested too deeply.')
  const { commandId, type } = input as { commandId?: unknown; type?: unknown }
  const named = typeof commandId === 'string' && commandId.length <= 64 ? { commandId } : {}
  if (typeof type !== 'string' || !CLIENT_FRAME_TYPES.has(type))
    return { ...refuse('BAD_FRAME', 'No such frame type.'), ...named }
  return { ...parseWith(clientFrame, input), ...named }
}

const CLIENT_FRAME_TYPES: ReadonlySet<string> = new Set(
  clientFrame._zod.def.options.flatMap((option) => option._zod.def.shape.type._zod.def.values),
)

function utf8Length(text: string): number {
  return new TextEncoder().encode(text).length
}
