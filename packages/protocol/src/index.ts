export { ChatError, type ChatErrorOptions, toWireError, type WireError } from './chat-error.js'
export { ERROR_CODES, type ErrorCode, HTTP_STATUS, LOCAL_ERROR_CODES, type LocalErrorCode } from './error-codes.js'
export { formatMoney } from './format-money.js'
export type { ServerFrameResult } from './guard/parse-frame.js'
export { parseServerFrame } from './guard/parse-server-frame.js'
export { parseVisitorFrame } from './guard/parse-visitor-frame.js'
export { readPart } from './guard/read-part.js'
export { isBlank } from './is-blank.js'
export { LIMITS } from './limits.js'
export { LONGEST_AWAY_MS } from './longest-away.js'
export { PRIORITIES, PRIORITY_STEP_MS, queueRank, rankOf } from './queue-rank.js'
export {
  fillReply,
  REPLY_VARIABLES,
  type ReplyPiece,
  type ReplyValues,
  replyPieces,
  unknownVariables,
} from './reply-variables.js'
export { textOf } from './text-of.js'
export { TICKET_MOVES } from './ticket-status.js'
export type * from './types.js'
export { PROTOCOL_VERSION, WEBSOCKET_SUBPROTOCOL } from './version.js'
