import type { ExtraTexts } from '../../text/en.js'
import { part } from '../anatomy.js'

/** Brings older messages. */
export function EarlierButton(props: { texts: ExtraTexts; loading: boolean; onClick: () => void }) {
  const { texts, loading, onClick } = props
  return (
    <button {...part('load-earlier')} type="button" disabled={loading} onClick={onClick}>
      {loading ? texts.loadingEarlier : texts.loadEarlier}
    </button>
  )
}
