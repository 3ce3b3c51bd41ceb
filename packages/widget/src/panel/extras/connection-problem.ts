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
  switch (connection.status) {
    case 'idle':
    case 'online':
      return undefined
    case 'connecting':
      return connection.attempt > 1 ? texts.reconnecting : texts.connecting
    case 'waiting':
      if (connection.error.code === 'OFFLINE') return persistence === 'disk' ? texts.offline : texts.offlineMemory
      return texts.reconnecting
    case 'failed':
      return errorText(connection.error) ?? texts.unreachable
  }
}
