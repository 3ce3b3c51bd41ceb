import { ChatError } from '@chatdesk/protocol'
import { parseWith, serverId } from '@chatdesk/protocol/schemas'
import { json, type RequestHandler } from 'express'

/** Largest body, in bytes: that of a frame (F5). */
const BODY_BYTES = 64 * 1024

const parseJson = json({ limit: BODY_BYTES, inflate: false, type: 'application/json' })

/** Reads a JSON body. Anything else that has a body is refused: a form of a foreign page can send no JSON (threat 16). */
export const jsonBody: RequestHandler = (request, response, next) => {
  const hasBody =
    request.headers['transfer-encoding'] !== undefined || Number(request.headers['content-length'] ?? 0) > 0
  if (hasBody && !request.is('application/json')) throw new ChatError('BAD_FRAME', 'Send application/json.')
  parseJson(request, response, next)
}

/** The input as its schema gives it; throws `VALIDATION_FAILED` and names the field (E2). */
export function parseInput<T>(schema: Parameters<typeof parseWith<T>>[0], input: unknown): T {
  const result = parseWith(schema, input)
  if (!result.ok) throw ChatError.fromWire(result.error)
  return result.value
}

/** An id out of a path: ours, or what `schema` takes. What is no id names nothing: `NOT_FOUND`. */
export function parseId(
  id: unknown,
  what = 'conversation',
  schema: Parameters<typeof parseWith<string>>[0] = serverId,
) {
  const result = parseWith(schema, id)
  if (!result.ok) throw new ChatError('NOT_FOUND', `No such ${what}.`)
  return result.value
}
