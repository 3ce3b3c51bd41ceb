import { formatCount } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { DOWN, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'

/** The way back to the newest message, and how many wait there. */
export function JumpButton(props: PanelProps & { unread: number; onClick: () => void }) {
  const { panel, unread, onClick } = props
  const { texts, locale } = panel
  return (
    <button {...part('jump')} type="button" onClick={onClick} aria-label={unread ? undefined : texts.jumpToNewest}>
      {unread > 0 && formatCount(texts.unread, unread, locale)}
      <Icon shape={DOWN} size={16} />
    </button>
  )
}
