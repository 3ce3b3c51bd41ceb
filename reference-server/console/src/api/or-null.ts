import { ChatError } from '@chatdesk/protocol'

/** For what a page can do without: nothing, when the server refuses it or cannot be reached. A fault of the page's own is thrown on. */
export function orNull(error: unknown): null {
  if (!ChatError.isInstance(error)) throw error
  return null
}
