import type { FeedbackProps } from '../panel-model.js'
import type { RichPanel } from '../rich-panel.js'
import { bringChunk } from './bring-chunk.js'

/** Asks what one thinks of something, once the chunk is there that does; each drawing fetches it until it is. */
export function FeedbackSlot(props: FeedbackProps & { panel: RichPanel }) {
  const { panel } = props
  const { feedback } = panel
  if (feedback) return <feedback.Feedback {...props} />
  bringChunk(panel, () => import('../feedback/feedback.js')).then(
    (feedback) => panel.update({ feedback }),
    () => {},
  )
  return null
}
