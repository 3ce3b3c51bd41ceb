/** Uniform in [0, 1), the same for the same seed (mulberry32). */
function seededRandom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** Makes hostile texts: valid frames with one thing wrong, shapes that fit nothing, and broken JSON. */
export function createFrameFuzzer(
  seed: number,
  known: { token: string; conversationIds: readonly string[] },
): () => string {
  const random = seededRandom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const id = () => Array.from({ length: 16 }, () => pick([...'abcdef0123456789_-'])).join('')

  const hostile = (depth = 0): unknown =>
    pick<() => unknown>([
      () => null,
      () => random() > 0.5,
      () => pick([-1, 0, 0.5, 1e308, -0, 2 ** 53, Number.MAX_SAFE_INTEGER]),
      () =>
        pick([
          '',
          ' ',
          '\u0000',
          '\ud800',
          '__proto__',
          'constructor',
          "'; drop table events; --",
          '<script>',
          'x'.repeat(6000),
        ]),
      () => pick(known.conversationIds),
      () => (depth > 20 ? [] : Array.from({ length: Math.floor(random() * 4) }, () => hostile(depth + 1))),
      () => (depth > 20 ? {} : { [pick(['__proto__', 'toString', 'type', 'a', 'then'])]: hostile(depth + 1) }),
    ])()

  const valid = (): Record<string, unknown> => {
    const conversationId = pick(known.conversationIds)
    const parts = [{ type: 'text', text: pick(['hello', '😀', 'a\u0000b', '\r\n x']) }]
    return pick<Record<string, unknown>>([
      { type: 'message.send', conversationId, clientMessageId: id(), parts },
      { type: 'message.markRead', conversationId, upToSeq: Math.floor(random() * 9) },
      { type: 'history.load', conversationId, limit: 1 + Math.floor(random() * 5) },
      { type: 'conversation.start', clientConversationId: id() },
      { type: 'conversation.watch', conversationId },
      { type: 'conversation.unwatch', conversationId },
      { type: 'conversation.end', conversationId },
      { type: 'typing.set', conversationId, active: random() > 0.5 },
      { type: 'activity.set', active: random() > 0.5 },
      { type: 'inbox.load', limit: 5 },
      { type: 'ping' },
      { type: 'session.start', protocolVersion: 1, token: known.token, cursors: [] },
    ])
  }

  const mutated = () => {
    const frame: Record<string, unknown> = { ...valid(), commandId: id() }
    const key = pick(Object.keys(frame))
    if (random() < 0.3) delete frame[key]
    else frame[key] = hostile()
    return JSON.stringify(frame)
  }
  const broken = () => {
    const text = mutated()
    const at = Math.floor(random() * text.length)
    return pick([
      text.slice(0, at),
      `${text.slice(0, at)}${pick(['"', '{', '\u0000', '\\', '1e999'])}${text.slice(at)}`,
    ])
  }

  const any = () =>
    pick([
      () => JSON.stringify({ ...valid(), commandId: id() }),
      mutated,
      mutated,
      broken,
      () => JSON.stringify(hostile()) ?? '',
      () => `{"type":"ping","deep":${'['.repeat(5000)}${']'.repeat(5000)}}`,
      () => 'y'.repeat(Math.floor(random() * 66_000)),
    ])()
  // A text that is too large for the transport ends the connection (F5): that is another test's.
  return () => any().slice(0, 66_000)
}
