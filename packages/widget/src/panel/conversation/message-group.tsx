import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { authorName } from '../frame/author-look.js'
import { Avatar } from '../frame/avatar.js'
import type { FullPanelProps } from '../full-panel.js'
import { MessageText } from './message-text.js'
import type { MessageGroup } from './thread-rows.js'

/** Messages of one author in one minute. */
export function MessageGroupRow({ panel, group }: FullPanelProps & { group: MessageGroup }) {
  const { texts, time, extras } = panel
  const { own, author, messages, createdAt } = group
  const name = own ? texts.you : authorName(author, texts)
  const last = messages.at(-1)
  return (
    <div {...part('group')} data-own={own}>
      {!own && <Avatar panel={panel} name={name} avatarUrl={author.avatarUrl} />}
      <div class="bubbles">
        <span class="sr-only">{formatText(texts.says, { name, time: time.short(createdAt) })}</span>
        {messages.map((message) => (
          <div key={message.key} class="message">
            <div {...part('bubble')} data-delivery={message.delivery}>
              <MessageText panel={panel} message={message} />
            </div>
            {extras && <extras.Aftermath panel={panel} message={message} />}
          </div>
        ))}
        <div {...part('meta')}>
          <span aria-hidden="true">{!own && name}</span>
          <time dateTime={createdAt} title={time.exact(createdAt)} aria-hidden="true">
            {time.short(createdAt)}
          </time>
          {extras && own && last && <extras.DeliveryMark panel={panel} delivery={last.delivery} />}
        </div>
      </div>
    </div>
  )
}
