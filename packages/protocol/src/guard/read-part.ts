import type { MessagePart } from '../types.js'
import { MESSAGE_PART_SHAPES } from './message-part-shapes.js'
import { hasShape, type Shape } from './shape.js'

/** A part as this client can draw it: of a type that it does not know, or not of its type's shape, it is its text (X7). */
export function readPart(part: MessagePart): MessagePart {
  const { type, text } = part
  const known = Object.hasOwn(MESSAGE_PART_SHAPES, type) && hasShape(part, MESSAGE_PART_SHAPES[type] as Shape)
  return known ? part : { type: 'text', text }
}
