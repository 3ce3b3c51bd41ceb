import type { ExtraTexts } from '../../text/en.js'
import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'

/** How many characters a message may still have, or has too many. */
export function CharacterCounter({ texts, left }: { texts: ExtraTexts; left: number }) {
  return (
    <p {...part('counter')} role="status" data-over={left < 0}>
      {formatText(left < 0 ? texts.charactersOver : texts.charactersLeft, { count: Math.abs(left) })}
    </p>
  )
}
