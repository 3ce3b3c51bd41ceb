import { part } from '../anatomy.js'
import { Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { connectionProblem } from './connection-problem.js'

/** One line on the state of the connection, when there is something to say. */
export function ConnectionBanner({ panel: { client, texts, patient } }: PanelProps) {
  const connection = client.$connection.get()
  const problem = connectionProblem(connection, texts, client.$persistence.get())
  return (
    <div role="status">
      {problem && !patient && (
        <p {...part('banner')} data-status={connection.status}>
          <Icon name={connection.status === 'failed' ? 'alert' : 'clock'} size={16} />
          {problem}
        </p>
      )}
    </div>
  )
}
