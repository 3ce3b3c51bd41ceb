import type { ConnectionState } from '@chatdesk/core'
import type { Texts } from '../../text/en.js'

/** What is wrong with the connection, in words; nothing when all is well. */
export function connectionProblem(
  connection: ConnectionState,
  texts: Texts,
  persistence: 'disk' | 'memory',
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
      return texts[`error${connection.error.code}`] ?? texts.unreachable
  }
}
