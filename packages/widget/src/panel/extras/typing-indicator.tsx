import type { ComponentChildren } from 'preact'
import type { ExtraTexts } from '../../text/en.js'
import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'

/**
 * Says that the other side types.
 *
 * @param props.children the avatar of who types.
 */
export function TypingIndicator(props: {
  texts: ExtraTexts
  name: string
  count: number
  children: ComponentChildren
}) {
  const { texts, name, count, children } = props
  return (
    <div {...part('typing')}>
      {children}
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="sr-only">{formatText(count > 1 ? texts.typingMany : texts.typing, { name, count })}</span>
    </div>
  )
}
