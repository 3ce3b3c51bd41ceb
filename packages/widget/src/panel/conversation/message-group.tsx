import type { MessageView } from '@chatdesk/core'
import type { Author } from '@chatdesk/protocol'
import type { PanelTexts } from '../../text/en.js'
import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { Avatar } from '../frame/avatar.js'
import { Icon } from '../icon.js'
import { usePanel } from '../panel-environment.js'
import { DeliveryMark } from './delivery-mark.js'
import { MessageText } from './message-text.js'
import type { MessageGroup } from './thread-rows.js'

/** What to call an author who is not oneself. */
export function authorName({ kind, name }: Author, texts: PanelTexts): string {
  if (name) return name
  if (kind === 'assistant') return texts.assistantFallback
  return kind === 'system' ? texts.systemFallback : texts.agentFallback
}

function Failure({ message }: { message: MessageView }) {
  const { client, texts } = usePanel()
  // The entry itself says how a retry ended.
  const retry = () => void client.retryMessage(message.key).catch(() => {})
  return (
    <div {...part('failure')}>
      <span class="reason">
        <Icon name="alert" size={14} />
        <span>
          {texts.deliveryFailed}. {message.error && texts[`error${message.error.code}`]}
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

/** Messages of one author in one minute. */
export function MessageGroupRow({ group }: { group: MessageGroup }) {
  const { texts, time } = usePanel()
  const { own, author, messages, createdAt } = group
  const name = own ? texts.you : authorName(author, texts)
  const last = messages.at(-1)
  return (
    <div {...part('group')} data-own={own}>
      {!own && <Avatar name={name} avatarUrl={author.avatarUrl} />}
      <div class="bubbles">
        <span class="sr-only">{formatText(texts.says, { name, time: time.short(createdAt) })}</span>
        {messages.map((message) => (
          <div key={message.key} class="message">
            <div {...part('bubble')} data-delivery={message.delivery}>
              <MessageText parts={message.parts} />
            </div>
            {message.delivery === 'failed' && <Failure message={message} />}
          </div>
        ))}
        <div {...part('meta')}>
          <span aria-hidden="true">{!own && name}</span>
          <time dateTime={createdAt} title={time.exact(createdAt)} aria-hidden="true">
            {time.short(createdAt)}
          </time>
          {own && last && last.delivery !== 'failed' && <DeliveryMark delivery={last.delivery} />}
        </div>
      </div>
    </div>
  )
}
