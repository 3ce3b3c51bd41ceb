import { part } from '../anatomy.js'
import { ALERT, CLOCK, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'

/** One line on the state of the connection, when there is something to say. */
export function ConnectionBanner({ panel: { client, texts, extras, patient } }: PanelProps) {
  const connection = client.$connection.get()
  const problem = extras
    ? extras.connectionProblem(connection, extras.texts, client.$persistence.get())
    : connection.status !== 'failed' && texts.connecting
  return (
    <div role="status">
      {problem && !patient && (
        <p {...part('banner')} data-status={connection.status}>
          <Icon shape={connection.status === 'failed' ? ALERT : CLOCK} size={16} />
          {problem}
        </p>
      )}
    </div>
  )
}
