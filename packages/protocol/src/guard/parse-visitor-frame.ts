import { parseFrame, type ServerFrameResult } from './parse-frame.js'
import { VISITOR_FRAME_SHAPES } from './visitor-frame-shapes.js'

/** As `parseServerFrame`, for a visitor's page: what only agents are sent is unknown to it, and costs it no bytes. */
export function parseVisitorFrame(text: string): ServerFrameResult {
  return parseFrame(text, VISITOR_FRAME_SHAPES)
}
