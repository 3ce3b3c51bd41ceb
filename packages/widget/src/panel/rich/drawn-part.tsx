import type { MessageView } from '@chatdesk/core'
import { type MessagePart, readPart } from '@chatdesk/protocol'
import type { ComponentType } from 'preact'
import type { FilesProps, PanelProps } from '../panel-model.js'
import { Card } from './card.jsx'
import { drawMarked, drawPlain } from './draw-words.js'

/** Options of `DrawnPart`. */
export interface PartProps extends PanelProps {
  part: MessagePart
  message: Pick<MessageView, 'own' | 'parts' | 'seq'>
  /** Draws a file. */
  File: ComponentType<FilesProps>
}

/** A part of a message: the team's as it is made, the visitor's own as plain text, and files. */
export function DrawnPart({ panel, part, message, File }: PartProps) {
  const known = readPart(part)
  if (known.type === 'file') return <File panel={panel} message={message} part={known} />
  if (message.own) return <p dir="auto">{drawPlain(panel, part.text)}</p>
  return known.type === 'card' ? <Card panel={panel} card={known} message={message} /> : drawMarked(panel, known.text)
}
