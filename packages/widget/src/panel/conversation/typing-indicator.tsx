import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { authorName } from '../frame/author-look.js'
import { Avatar } from '../frame/avatar.js'
import type { PanelProps } from '../panel-model.js'

/** Says that the other side types. */
export function TypingIndicator({ panel }: PanelProps) {
  const { client, texts } = panel
  const { 0: author, length: count } = client.$typing.get()
  if (!author) return null
  const name = authorName(author, texts)
  return (
    <div {...part('typing')}>
      <Avatar panel={panel} name={name} avatarUrl={author.avatarUrl} />
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="sr-only">{formatText(count > 1 ? texts.typingMany : texts.typing, { name, count })}</span>
    </div>
  )
}
