import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'
import { turnNoticesOn } from './notices.js'

/** Asks once whether the visitor wants to be told of an answer. The browser asks only after a yes. */
export function NotifyOffer({ panel }: PanelProps) {
  const { texts, container, update } = panel
  const leave = () => {
    update({ Offer: undefined })
    container.querySelector('textarea')?.focus()
  }
  return (
    <div {...part('offer')}>
      <p>{texts.notifyOffer}</p>
      <button
        type="button"
        onClick={() => {
          void turnNoticesOn(panel).catch(() => {})
          leave()
        }}
      >
        {texts.notifyYes}
      </button>
      <button type="button" onClick={leave}>
        {texts.notifyNo}
      </button>
    </div>
  )
}
