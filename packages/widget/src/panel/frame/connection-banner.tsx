import type { ConnectionState } from '@chatdesk/core'
import { useEffect, useState } from 'preact/hooks'
import type { PanelTexts } from '../../text/en.js'
import { part } from '../anatomy.js'
import { Icon } from '../icon.js'
import { usePanel } from '../panel-environment.js'
import { useStore } from '../use-store.js'

/** Milliseconds that a first connection may take before anybody is told. */
const QUIET_MS = 1000

/** What is wrong with the connection, in words; nothing when all is well. */
export function connectionProblem(
  connection: ConnectionState,
  texts: PanelTexts,
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
      return texts[`error${connection.error.code}`]
  }
}

/** One line on the state of the connection, when there is something to say. */
export function ConnectionBanner() {
  const { client, texts } = usePanel()
  const connection = useStore(client.$connection)
  const problem = connectionProblem(connection, texts, useStore(client.$persistence))
  const connecting = connection.status === 'connecting'
  const [patient, setPatient] = useState(true)

  useEffect(() => {
    if (!connecting) return setPatient(connection.status === 'online' || connection.status === 'idle')
    const timer = setTimeout(() => setPatient(false), QUIET_MS)
    return () => clearTimeout(timer)
  }, [connecting, connection.status])

  const shown = problem && !(connecting && patient)
  return (
    <div role="status" class="banner-slot">
      {shown && (
        <p {...part('banner')} data-status={connection.status}>
          <Icon name={connection.status === 'failed' ? 'alert' : 'clock'} size={16} />
          {problem}
        </p>
      )}
    </div>
  )
}
