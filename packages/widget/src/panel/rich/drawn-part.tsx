import type { MessageView } from '@chatdesk/core'
import { type MessagePart, readPart } from '@chatdesk/protocol'
import type { PanelProps } from '../panel-model.js'
import { Card } from './card.jsx'
import { drawMarked, drawPlain } from './draw-words.js'

/** Options of `DrawnPart`. */
export interface PartProps extends PanelProps {
  part: MessagePart
  message: Pick<MessageView, 'own' | 'parts'>
}

/** A part of a message: the team's as it is made, the visitor's own as plain text, a file by its name. */
export function DrawnPart({ panel, part, message }: PartProps) {
  if (message.own || part.type === 'file') return <p dir="auto">{drawPlain(panel, part.text)}</p>
  const known = readPart(part)
  return known.type === 'card' ? <Card panel={panel} card={known} message={message} /> : drawMarked(panel, known.text)
}
