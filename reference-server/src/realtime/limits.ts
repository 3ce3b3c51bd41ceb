/** So many a second on average, at most `burst` at once. */
export interface Rate {
  perSecond: number
  burst: number
}

/** What one client may cost. Each bound is an option, so that a bench or a test may move it. */
export interface RealtimeLimits {
  /** `message.send` and what else fills inbox and database, of one session over all of its connections; what is above is refused with `RATE_LIMITED`. */
  messages: Rate
  /** Frames of any kind of one session over all of its connections; each one above counts as a bad frame. */
  frames: Rate
  /** Signs, of typing and of activity, of one connection; what is above is dropped. */
  signs: Rate
  /** F7: one more within a minute ends the session. */
  badFramesPerMinute: number
  /** Commands of one connection that wait for their answer. */
  commandsInFlight: number
  /** Conversations that one connection is sent. */
  subscriptions: number
  /** Connections of one session, and requests to `/poll` beside them; one more ends the oldest with `RATE_LIMITED`. It bounds what the limits of a connection add up to. */
  connectionsPerSession: number
  /** Connections from one network address, counted from the first byte of the handshake. */
  connectionsPerAddress: number
  /** Requests over plain HTTP from one network address; one more is answered 429. */
  requestsPerAddress: Rate
  /** Bytes that may wait for a slow reader before its connection is closed. */
  bufferedBytes: number
  /** S1: how long the first frame may take, in milliseconds. */
  startTimeoutMs: number
}

export const DEFAULT_LIMITS: RealtimeLimits = {
  messages: { perSecond: 10, burst: 50 },
  frames: { perSecond: 100, burst: 200 },
  signs: { perSecond: 2, burst: 10 },
  badFramesPerMinute: 20,
  commandsInFlight: 64,
  subscriptions: 200,
  connectionsPerSession: 20,
  connectionsPerAddress: 500,
  requestsPerAddress: { perSecond: 200, burst: 1000 },
  bufferedBytes: 1024 * 1024,
  startTimeoutMs: 5000,
}
