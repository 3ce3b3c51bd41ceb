import type { MessageView } from '@chatdesk/core'
import type { FullPanelProps } from '../full-panel.js'

/** What a message says, as text nodes; with all that it may be, once the extras are there. */
export function MessageText({
  panel,
  message,
}: FullPanelProps & { message: Pick<MessageView, 'own' | 'parts' | 'seq'> }) {
  const { extras } = panel
  return message.parts.map((part, index) =>
    extras ? (
      <extras.RichPart key={index} panel={panel} part={part} message={message} />
    ) : (
      <p key={index} dir="auto">
        {part.text}
      </p>
    ),
  )
}
