import type { RichPanel } from '../rich-panel.js'
import { bringChunk } from './bring-chunk.js'

/** Receives the visitor as the widget's owner wants it; a plain widget needs nothing for that. */
export function Receive({ panel }: { panel: RichPanel }) {
  const { reception, settings } = panel
  if (reception) return <reception.FrontDesk panel={panel} bring={bringChunk} />
  const { preChatForm, businessHours, expectedReply, departmentIds, bubbleIcon = 'chat' } = settings ?? {}
  if (
    preChatForm ||
    businessHours ||
    expectedReply ||
    departmentIds?.[0] ||
    bubbleIcon !== 'chat' ||
    panel.client.$conversation.get().id
  )
    // What did not come is asked for again by the next drawing.
    bringChunk(panel, () => import('../reception/reception.js')).then(
      (reception) => panel.update({ reception }),
      () => {},
    )
  return null
}
