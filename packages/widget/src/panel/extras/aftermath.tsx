import type { MessageView } from '@chatdesk/core'
import type { RichPanel } from '../rich-panel.js'
import { Failure } from './failure.jsx'
import { FeedbackSlot } from './feedback-slot.jsx'

/** What stands below a message: why it was not sent, what one may answer, or whether it has helped. */
export function Aftermath({ panel, message }: { panel: RichPanel; message: MessageView }) {
  const { rich } = panel
  if (message.delivery === 'failed') return <Failure panel={panel} message={message} />
  return (
    <>
      {rich && <rich.Choices panel={panel} message={message} />}
      {message.author.kind === 'assistant' && <FeedbackSlot panel={panel} message={message} />}
    </>
  )
}
