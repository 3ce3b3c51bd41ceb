import type { MessagePart } from '@chatdesk/protocol'
import type { PanelProps } from '../panel-model.js'

/** The words of a message, as text nodes; with links, once the extras are there. */
export function MessageText({ panel: { extras }, parts }: PanelProps & { parts: readonly MessagePart[] }) {
  return parts.map(({ text }, index) => (
    <p key={index} dir="auto">
      {extras ? <extras.LinkedText texts={extras.texts} text={text} /> : text}
    </p>
  ))
}
