import { formatCount } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'

/** How many characters a message may still have, or has too many. */
export function CharacterCounter({ panel: { texts, locale }, left }: PanelProps & { left: number }) {
  return (
    <p {...part('counter')} role="status" data-over={left < 0}>
      {formatCount(left < 0 ? texts.charactersOver : texts.charactersLeft, Math.abs(left), locale)}
    </p>
  )
}
