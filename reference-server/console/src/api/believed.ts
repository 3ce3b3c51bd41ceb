import { ChatError, type CurrentMember } from '@chatdesk/protocol'
import { currentMember, parseWith } from '@chatdesk/protocol/schemas'

/** What checks an answer. */
export type AnswerSchema<T> = Parameters<typeof parseWith<T>>[0]

/** An answer that has the shape which the protocol says it has; throws `INTERNAL` for any other. */
export function believed<T>(schema: AnswerSchema<T>, answer: unknown): T {
  const result = parseWith(schema, answer)
  if (!result.ok) throw new ChatError('INTERNAL', `The server's answer has an unknown shape: ${result.error.message}`)
  return result.value
}

/** Reads who is signed in from an answer. */
export function readMember(answer: unknown): CurrentMember {
  return believed(currentMember, answer)
}
