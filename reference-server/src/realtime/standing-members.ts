import type { WireError } from '@chatdesk/protocol'
import type { MemberActor } from '../organizations/actor.js'
import type { Logger } from '../platform/logger.js'
import type { RealtimeBackend } from './backend.js'

const CHANGED: WireError = { code: 'UNAUTHENTICATED', message: 'The sign-in has ended, or changed.' }

/** A connection, as far as its member concerns us. */
export interface MemberConnection {
  /** Absent: a visitor's, or nobody's yet. */
  readonly member: MemberActor | undefined
  end(error: WireError): void
}

/**
 * Ends the connections of members whose sign-in has ended or is another now: removed, signed out, in another role, in
 * another organization (threat 33). One question for all of them, and none when no member is connected; on every node, so
 * that nobody has to tell another. Their next command is refused before that: each asks by itself. Rejects never.
 */
export async function endFallenMembers(
  connections: Iterable<MemberConnection>,
  backend: Pick<RealtimeBackend, 'findStandingMembers'>,
  logger: Logger,
): Promise<void> {
  const held = [...connections].flatMap((connection) =>
    connection.member ? [{ connection, member: connection.member }] : [],
  )
  if (held.length === 0) return
  try {
    const standing = await backend.findStandingMembers(held.map(({ member }) => member))
    for (const { connection, member } of held) if (!standing.has(member)) connection.end(CHANGED)
  } catch (error) {
    logger.warn({ err: error }, 'the sign-ins of connected members could not be checked')
  }
}
