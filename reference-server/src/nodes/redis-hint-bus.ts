import { randomUUID } from 'node:crypto'
import { Redis } from 'ioredis'
import type { Logger } from '../platform/logger.js'
import type { Hint } from './hint.js'
import type { HintBus } from './hint-bus.js'
import { createHintCodec, HINTS_A_TEXT } from './hint-codec.js'

const CHANNEL = 'chatdesk:hints'
/** Hints that wait for Redis; more are dropped, as all are when it is away. */
const WAITING_HINTS = 10_000
const COMMAND_TIMEOUT_MS = 1_000

/** Options of `createRedisHintBus`. */
export interface RedisHintBusOptions {
  url: string
  /** Shared by all nodes: hints that are not signed with it are refused. */
  secret?: string | undefined
  logger: Logger
}

/** Hints by Redis pub/sub. Without Redis it goes on in silence, said once, and comes back by itself. */
export function createRedisHintBus({ url, secret, logger }: RedisHintBusOptions): HintBus {
  const codec = createHintCodec({ node: randomUUID(), secret })
  const listeners = new Set<(hint: Hint) => void>()
  const waiting = new Map<string, Hint>()
  let publishing: Promise<void> | undefined
  let refused = 0
  let closed = false

  const away = new Set<Redis>()
  const connect = ({ enableOfflineQueue }: { enableOfflineQueue: boolean }) => {
    const redis = new Redis(url, { enableOfflineQueue, commandTimeout: COMMAND_TIMEOUT_MS, autoResubscribe: false })
    redis.on('error', (error: Error & { code?: string }) => {
      // Not the error itself: a refused sign-in carries the command, and so the password.
      if (away.size === 0)
        logger.warn({ reason: error.message || error.code }, 'Redis is away: other nodes are told late')
      away.add(redis)
    })
    redis.on('ready', () => {
      if (away.delete(redis) && away.size === 0) logger.info({}, 'Redis is back')
    })
    return redis
  }
  const publisher = connect({ enableOfflineQueue: false })
  const subscriber = connect({ enableOfflineQueue: true })
  // Where it fails the connection fails with it, and is made again.
  subscriber.on('ready', () => subscriber.subscribe(CHANNEL).catch(() => {}))
  subscriber.on('message', (_channel, text) => {
    const hints = codec.decode(text)
    if (!hints) refuse()
    else for (const hint of hints) for (const listener of listeners) listener(hint)
  })

  /** Says so at the first, the tenth, the hundredth: somebody else on this Redis must not fill our log. */
  function refuse(): void {
    refused += 1
    if (/^10*$/.test(String(refused)))
      logger.warn({ refused }, 'a hint was refused: malformed, or not signed by a node')
  }

  /** One text under way at a time; what comes meanwhile goes together, each conversation once. */
  async function publishWaiting(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, HINTS_A_TEXT)
      for (const [key] of batch) waiting.delete(key)
      // Lost when Redis is away; the other nodes' sweeps find what it would have told.
      await publisher.publish(CHANNEL, codec.encode(batch.map(([, hint]) => hint))).catch(() => {})
    }
    publishing = undefined
  }

  return {
    get state() {
      return publisher.status === 'ready' && subscriber.status === 'ready' ? 'connected' : 'disconnected'
    },
    publish(hint) {
      if (closed || waiting.size >= WAITING_HINTS) return
      waiting.set(
        hint.type === 'typing.changed' ? `${hint.conversationId} ${hint.author.id}` : hint.conversationId,
        hint,
      )
      publishing ??= publishWaiting()
    },
    subscribe(listener) {
      const entry = (hint: Hint) => listener(hint)
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    async close() {
      closed = true
      await publishing
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}
