import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import type { PanelProps } from '../panel-model.js'
import { type ChangeRow, changeText } from './change-text.js'

/** What a change of status or of the agent in charge means to the visitor. */
export function ChangeLine({ panel: { texts }, row }: PanelProps & { row: ChangeRow }) {
  const text = changeText(row)
  if (!text) return null
  return <p {...part('change')}>{formatText(texts[text.key], { name: text.name || texts.agentFallback })}</p>
}
