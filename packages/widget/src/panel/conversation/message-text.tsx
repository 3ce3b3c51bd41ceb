import type { MessagePart } from '@chatdesk/protocol'
import type { FullPanelProps } from '../full-panel.js'

/** The words of a message, as text nodes; with links, once the extras are there. */
export function MessageText({ panel, parts }: FullPanelProps & { parts: readonly MessagePart[] }) {
  const { extras } = panel
  return parts.map(
    (part, index) =>
      part.type === 'text' && (
        <p key={index} dir="auto">
          {extras ? <extras.LinkedText panel={panel} text={part.text} /> : part.text}
        </p>
      ),
  )
}
