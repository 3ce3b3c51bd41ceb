import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { Avatar } from '../frame/avatar.js'
import { usePanel } from '../panel-environment.js'
import { useStore } from '../use-store.js'
import { authorName } from './message-group.js'

/** Says that the other side types. */
export function TypingIndicator() {
  const { client, texts } = usePanel()
  const [author, ...others] = useStore(client.$typing)
  if (!author) return null
  const name = authorName(author, texts)
  return (
    <div {...part('typing')}>
      <Avatar name={name} avatarUrl={author.avatarUrl} />
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="sr-only">
        {others.length > 0
          ? formatText(texts.typingMany, { count: others.length + 1 })
          : formatText(texts.typing, { name })}
      </span>
    </div>
  )
}
