import { part } from '../anatomy.js'
import { EXPAND, Icon, SHRINK } from '../icon.js'
import type { PanelProps } from '../panel-model.js'

/** The panel's own buttons, before the one that closes it. */
export function HeaderActions({ panel }: PanelProps) {
  const { texts, expanded } = panel
  return (
    <button
      {...part('header-action')}
      data-action="expand"
      type="button"
      aria-label={expanded ? texts.shrink : texts.expand}
      onClick={() => panel.update({ expanded: !expanded })}
    >
      <Icon shape={expanded ? SHRINK : EXPAND} size={18} />
    </button>
  )
}
