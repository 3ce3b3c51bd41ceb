import { formatText } from '../../text/format-text.js'
import { part } from '../anatomy.js'
import type { RichPanel } from '../rich-panel.js'
import { type ChangeRow, changeText } from './change-text.js'
import { FeedbackSlot } from './feedback-slot.jsx'

/** What a change of status or of the agent in charge means to the visitor. */
export function ChangeLine({ panel, row }: { panel: RichPanel; row: ChangeRow }) {
  const { texts } = panel
  const text = changeText(row)
  if (!text) return null
  return (
    <>
      <p {...part('change')}>{formatText(texts[text.key], { name: text.name || texts.agentFallback })}</p>
      {row.change.status === 'resolved' && <FeedbackSlot panel={panel} change={row.change} />}
    </>
  )
}
