import type { ExtraTexts } from '../../text/en.js'
import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import { DOWN, Icon } from '../icon.js'

/** The way back to the newest message, and how many wait there. */
export function JumpButton({ texts, unread, onClick }: { texts: ExtraTexts; unread: number; onClick: () => void }) {
  return (
    <button {...part('jump')} type="button" onClick={onClick} aria-label={unread ? undefined : texts.jumpToNewest}>
      {unread > 0 && (unread === 1 ? texts.unreadOne : formatText(texts.unreadMany, { count: unread }))}
      <Icon shape={DOWN} size={16} />
    </button>
  )
}
