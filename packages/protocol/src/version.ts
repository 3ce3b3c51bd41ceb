/** The protocol spoken by this package. A server refuses a higher number with `UNSUPPORTED_VERSION` (S2). */
export const PROTOCOL_VERSION = 1

/** The WebSocket subprotocol that names this protocol on the path `/ws`. */
export const WEBSOCKET_SUBPROTOCOL = 'chatdesk.v1'
