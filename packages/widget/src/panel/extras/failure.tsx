import type { MessageView } from '@chatdesk/core'
import { part } from '../anatomy.js'
import { ALERT, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { errorText } from './error-text.js'

/** Why a message was not sent, and what can be done. */
export function Failure({ panel, message }: PanelProps & { message: MessageView }) {
  const { client, texts, container } = panel
  // What is pressed goes away, and would take the focus along.
  const press = (run: () => Promise<unknown>) => () => {
    container.querySelector<HTMLElement>('.input')?.focus()
    // The entry itself says how it ended.
    run().catch(() => {})
  }
  return (
    <div {...part('failure')}>
      <span class="reason">
        <Icon shape={ALERT} size={14} />
        <span>
          {texts.deliveryFailed}. {message.error && errorText(panel, message.error)}
        </span>
      </span>
      <button type="button" onClick={press(() => client.retryMessage(message.key))}>
        {texts.retry}
      </button>
      <button type="button" onClick={press(() => client.discardMessage(message.key))}>
        {texts.discard}
      </button>
    </div>
  )
}
