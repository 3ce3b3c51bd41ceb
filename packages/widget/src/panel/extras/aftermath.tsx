import type { MessageView } from '@chatdesk/core'
import type { RichPanel } from '../rich-panel.js'
import { Failure } from './failure.jsx'

/** What stands below a message: why it was not sent, or what one may answer. */
export function Aftermath({ panel, message }: { panel: RichPanel; message: MessageView }) {
  const { rich } = panel
  if (message.delivery === 'failed') return <Failure panel={panel} message={message} />
  return rich ? <rich.Choices panel={panel} message={message} /> : null
}
