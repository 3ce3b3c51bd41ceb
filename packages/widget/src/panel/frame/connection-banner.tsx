import { useEffect, useState } from 'preact/hooks'
import { part } from '../anatomy.js'
import { Icon } from '../icon.js'
import { usePanel } from '../panel-environment.js'
import { useStore } from '../use-store.js'
import { connectionProblem } from './connection-problem.js'

/** Milliseconds that a first connection may take before anybody is told. */
const QUIET_MS = 1000

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
