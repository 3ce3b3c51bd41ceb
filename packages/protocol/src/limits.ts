/** Limits that both sides know. Sizes are UTF-8 bytes of the encoded frame, lengths are UTF-16 code units. */
export const LIMITS = {
  /** Largest frame a client may send (F5). */
  frameBytes: 64 * 1024,
  /** Deepest nesting of objects and arrays in a client's frame (F5). */
  frameDepth: 16,
  /** Longest text of one message part (X1). */
  textLength: 5000,
  /** Parts in one message. */
  parts: 10,
  /** Choices that one part offers (X9). */
  choices: 10,
  /** Buttons of one card. */
  cardButtons: 3,
  /** Longest title of a card, and text on a button. */
  lineLength: 120,
  /** Largest page of history. */
  historyPage: 100,
  /** Events sent with a fresh subscription (R2). */
  freshWindow: 50,
  /** Missed events that are replayed; beyond it the answer is `gap` (R3). */
  replayWindow: 500,
  /** Rows in one inbox page. */
  inboxPage: 100,
  /** Largest file that any widget may allow, and that members may send (U1). */
  fileBytes: 25 * 1024 * 1024,
  /** What one request of an upload carries (U2). */
  chunkBytes: 256 * 1024,
} as const
