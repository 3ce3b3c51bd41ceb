import type { MessageView } from '@chatdesk/core'
import { part } from '../anatomy.js'
import { ALERT, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { errorText } from './error-text.js'

/** Why a message was not sent, and what can be done. */
export function Failure({ panel, message }: PanelProps & { message: MessageView }) {
  const { client, texts } = panel
  // The entry itself says how a retry ended.
  const retry = () => void client.retryMessage(message.key).catch(() => {})
  return (
    <div {...part('failure')}>
      <span class="reason">
        <Icon shape={ALERT} size={14} />
        <span>
          {texts.deliveryFailed}. {message.error && errorText(panel, message.error)}
        </span>
      </span>
      <button type="button" onClick={retry}>
        {texts.retry}
      </button>
      <button type="button" onClick={() => void client.discardMessage(message.key)}>
        {texts.discard}
      </button>
    </div>
  )
}
