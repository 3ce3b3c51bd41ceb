import type { ComponentChildren } from 'preact'
import { formatCount, formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'

/**
 * Says that the other side types.
 *
 * @param props.children the avatar of who types.
 */
export function TypingIndicator(props: PanelProps & { name: string; count: number; children: ComponentChildren }) {
  const { panel, name, count, children } = props
  const { texts, locale } = panel
  return (
    <div {...part('typing')}>
      {children}
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span class="sr-only">
        {count > 1 ? formatCount(texts.typingMany, count, locale) : formatText(texts.typing, { name })}
      </span>
    </div>
  )
}
