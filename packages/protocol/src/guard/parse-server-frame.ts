import { AGENT_FRAME_SHAPES } from './agent-frame-shapes.js'
import { parseFrame, type ServerFrameResult } from './parse-frame.js'
import { VISITOR_FRAME_SHAPES } from './visitor-frame-shapes.js'

const SERVER_FRAME_SHAPES = { ...VISITOR_FRAME_SHAPES, ...AGENT_FRAME_SHAPES }

/** Reads one frame from the server's text, whichever client it is for. Never throws. */
export function parseServerFrame(text: string): ServerFrameResult {
  return parseFrame(text, SERVER_FRAME_SHAPES)
}
