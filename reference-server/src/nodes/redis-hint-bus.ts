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

/** Hints by Redis pub/sub. While Redis is away nothing waits for it; that is said once, and it is found again. */
export function createRedisHintBus({ url, secret, logger }: RedisHintBusOptions): HintBus {
  const codec = createHintCodec({ node: randomUUID(), secret })
  const listeners = new Set<(hint: Hint) => void>()
  const waiting = new Map<string, Hint>()
  const warnOfRefusal = createCountedWarning(logger, 'a hint was refused: malformed, or not signed by a node')
  const warnOfFailure = createCountedWarning(logger, 'Redis refuses to carry hints')
  let publishing: Promise<void> | undefined
  let isSubscribed = false
  let isClosed = false

  const away = new Set<Redis>()
  const connect = ({ enableOfflineQueue }: { enableOfflineQueue: boolean }) => {
    const redis = new Redis(url, {
      enableOfflineQueue,
      commandTimeout: COMMAND_TIMEOUT_MS,
      autoResubscribe: false,
      autoResendUnfulfilledCommands: false,
    })
    redis.on('error', (error: Error & { code?: string }) => {
      // Not the error itself: one of a refused sign-in holds the command, and so the password.
      if (away.size === 0)
        logger.warn({ reason: error.message || error.code }, 'Redis is away: other nodes are seen by sweeps only')
      away.add(redis)
    })
    redis.on('ready', () => {
      if (away.delete(redis) && away.size === 0) logger.info({}, 'Redis is back')
    })
    return redis
  }
  const publisher = connect({ enableOfflineQueue: false })
  const subscriber = connect({ enableOfflineQueue: true })
  subscriber.on('ready', async () => {
    try {
      await subscriber.subscribe(CHANNEL)
      isSubscribed = true
    } catch (error) {
      if (away.size === 0) warnOfFailure(error)
    }
  })
  subscriber.on('close', () => {
    isSubscribed = false
  })
  subscriber.on('message', (_channel, text) => {
    const hints = codec.decode(text)
    if (!hints) warnOfRefusal()
    else for (const hint of hints) for (const listener of listeners) listener(hint)
  })

  /** One text under way at a time; what comes meanwhile goes together, each subject once. */
  async function publishWaiting(): Promise<void> {
    while (waiting.size > 0) {
      const batch = [...waiting].slice(0, HINTS_A_TEXT)
      for (const [key] of batch) waiting.delete(key)
      try {
        await publisher.publish(CHANNEL, codec.encode(batch.map(([, hint]) => hint)))
      } catch (error) {
        // These hints are lost; the other nodes' sweeps find what they would have told.
        if (away.size === 0) warnOfFailure(error)
      }
    }
    publishing = undefined
  }

  return {
    get state() {
      return publisher.status === 'ready' && isSubscribed ? 'connected' : 'disconnected'
    },
    publish(hint) {
      if (isClosed || waiting.size >= WAITING_HINTS) return
      waiting.set(subjectOf(hint), hint)
      publishing ??= publishWaiting()
    },
    subscribe(listener) {
      const entry = (hint: Hint) => listener(hint)
      listeners.add(entry)
      return () => void listeners.delete(entry)
    },
    async close() {
      isClosed = true
      await publishing
      publisher.disconnect()
      subscriber.disconnect()
    },
  }
}

/** Of several hints with one subject the last tells all; equal ids of two organizations are two (threat 29). */
function subjectOf(hint: Hint): string {
  const id = hint.type === 'widget.changed' ? hint.widgetId : hint.conversationId
  return `${hint.organizationId} ${id} ${hint.type === 'typing.changed' ? hint.author.id : ''}`
}

/** Warns at the first time, the tenth, the hundredth: what others do with Redis must not fill our log. */
function createCountedWarning(logger: Logger, message: string): (error?: unknown) => void {
  let count = 0
  return (error) => {
    count += 1
    const reason = error instanceof Error ? { reason: error.message } : {}
    if (/^10*$/.test(String(count))) logger.warn({ count, ...reason }, message)
  }
}
