import { part } from '../anatomy.js'
import { BACK, Icon } from '../icon.js'
import type { PanelProps } from '../panel-model.js'

/** The way back to the conversation. */
export function BackButton({ panel }: PanelProps) {
  const { texts, view } = panel
  if (view?.back === null) return null
  const back = view?.back ?? (() => panel.update({ view: null }))
  return (
    <button {...part('header-action')} data-action="back" type="button" aria-label={texts.back} onClick={back}>
      <Icon shape={BACK} />
    </button>
  )
}
