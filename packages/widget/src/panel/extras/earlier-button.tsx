import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'

/** Brings older messages. */
export function EarlierButton(props: PanelProps & { loading: boolean; onClick: () => void }) {
  const { panel, loading, onClick } = props
  return (
    <button {...part('load-earlier')} type="button" disabled={loading} onClick={onClick}>
      {loading ? panel.texts.loadingEarlier : panel.texts.loadEarlier}
    </button>
  )
}
