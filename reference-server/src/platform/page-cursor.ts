import { ChatError } from '@chatdesk/protocol'
import { serverId } from '@chatdesk/protocol/schemas'

/** A place between two rows of a list that is ordered by a moment, and where that is the same by id. */
export interface PageCursor {
  at: Date
  id: string
}

/** As a client keeps it, without knowing what it means. */
export function encodeCursor({ at, id }: PageCursor): string {
  return `${at.getTime()}.${id}`
}

/** Throws `VALIDATION_FAILED` for what is none. */
export function decodeCursor(cursor: string): PageCursor {
  const [, digits, id] = /^(\d{1,15})\.(.{36})$/.exec(cursor) ?? []
  const at = new Date(Number(digits))
  if (!serverId.safeParse(id).success || id === undefined || Number.isNaN(at.getTime()))
    throw new ChatError('VALIDATION_FAILED', 'Not a cursor of this list.', { field: 'cursor' })
  return { at, id }
}
