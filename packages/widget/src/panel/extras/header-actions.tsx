import { part } from '../anatomy.js'
import { EXPAND, Icon, MORE, SHRINK } from '../icon.js'
import type { RichPanel } from '../rich-panel.js'
import { PopupButton } from './popup-button.jsx'
import { Receive } from './receive.jsx'

/** The panel's own buttons, before the one that closes it. */
export function HeaderActions({ panel }: { panel: RichPanel }) {
  const { texts, expanded } = panel
  const load = () => import('../menu/menu.js')
  return (
    <>
      <Receive panel={panel} />
      <button
        {...part('header-action')}
        data-action="expand"
        type="button"
        aria-label={expanded ? texts.shrink : texts.expand}
        onClick={() => {
          panel.update({ expanded: !expanded })
          panel.events.emit('expand', { expanded: !expanded })
        }}
      >
        <Icon shape={expanded ? SHRINK : EXPAND} size={18} />
      </button>
      <PopupButton panel={panel} name="header-action" kind="menu" label={texts.menu} shape={MORE} load={load} />
    </>
  )
}
