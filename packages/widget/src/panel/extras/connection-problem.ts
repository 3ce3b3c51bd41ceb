import type { ConnectionState } from '@chatdesk/core'
import type { ChatError } from '@chatdesk/protocol'
import type { Texts } from '../../text/en.js'

/** What is wrong with the connection, in words; nothing when all is well. `errorText`: has words for an error, or not yet. */
export function connectionProblem(
  connection: ConnectionState,
  texts: Texts,
  persistence: 'disk' | 'memory',
  errorText: (error: ChatError) => string | undefined,
): string | undefined {
  if (connection.status === 'failed') return errorText(connection.error) ?? texts.unreachable
  if (!('attempt' in connection)) return undefined
  // A further attempt is no news: a screen reader would say the same with every try.
  if (!connection.error) return texts.connecting
  if (connection.error.code !== 'OFFLINE') return texts.reconnecting
  return persistence === 'disk' ? texts.offline : texts.offlineMemory
}
