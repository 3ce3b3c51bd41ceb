import { ChatError, type CurrentMember } from '@chatdesk/protocol'
import { currentMember, type ParseResult, parseWith } from '@chatdesk/protocol/schemas'

/** Reads who is signed in from an answer; throws `INTERNAL` for one of another shape. */
export function readMember(answer: unknown): CurrentMember {
  return believed(parseWith(currentMember, answer))
}

/** The value of an answer that has the shape that was expected. */
export function believed<T>(result: ParseResult<T>): T {
  if (!result.ok) throw new ChatError('INTERNAL', `The server's answer has an unknown shape: ${result.error.message}`)
  return result.value
}
