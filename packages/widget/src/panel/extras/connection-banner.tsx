import { part } from '../anatomy.js'
import { ALERT, CLOCK, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { connectionProblem } from './connection-problem.js'
import { errorText } from './error-text.js'

/** One line on the state of the connection, when there is something to say. */
export function ConnectionBanner({ panel }: PanelProps) {
  const { client, texts } = panel
  const connection = client.$connection.get()
  const problem = connectionProblem(connection, texts, client.$persistence.get(), (error) => errorText(panel, error))
  if (!problem) return null
  return (
    <p {...part('banner')} data-status={connection.status}>
      <Icon shape={connection.status === 'failed' ? ALERT : CLOCK} size={16} />
      {problem}
    </p>
  )
}
