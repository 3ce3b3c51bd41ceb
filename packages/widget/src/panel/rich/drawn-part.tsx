import { readPart } from '@chatdesk/protocol'
import type { RichPartProps } from '../extras/rich-part.jsx'
import { Card } from './card.jsx'
import { drawMarked, drawPlain } from './draw-words.js'

/** A part of a message: the team's as it is made, the visitor's own as plain text. */
export function DrawnPart({ panel, part, message }: RichPartProps) {
  if (message.own) return <p dir="auto">{drawPlain(panel, part.text)}</p>
  const known = readPart(part)
  return known.type === 'card' ? <Card panel={panel} card={known} message={message} /> : drawMarked(panel, known.text)
}
