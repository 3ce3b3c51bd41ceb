import { SMILE } from '../icon.js'
import type { PanelProps } from '../panel-model.js'
import { PopupButton } from './popup-button.jsx'

/** What one may put into a message beside words. */
export function ComposerTools({ panel }: PanelProps) {
  const load = () => import('../emoji/emoji.js')
  return <PopupButton panel={panel} name="tool" kind="dialog" label={panel.texts.emoji} shape={SMILE} load={load} />
}
