import type { ExtraTexts } from '../../text/en.js'
import { part } from '../anatomy.js'
import { EXPAND, Icon, SHRINK } from '../icon.js'

/** Makes the panel larger, or as it was. */
export function ExpandButton(props: { texts: ExtraTexts; expanded: boolean; onClick: () => void }) {
  const { texts, expanded, onClick } = props
  return (
    <button
      {...part('header-action')}
      data-action="expand"
      type="button"
      aria-label={expanded ? texts.shrink : texts.expand}
      onClick={onClick}
    >
      <Icon shape={expanded ? SHRINK : EXPAND} size={18} />
    </button>
  )
}
