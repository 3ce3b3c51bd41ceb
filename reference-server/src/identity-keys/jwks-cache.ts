import { ChatError } from '@chatdesk/protocol'
import { createLocalJWKSet, type JSONWebKeySet, type LocalJWKSet } from 'jose'
import type { Logger } from '../platform/logger.js'
import type { FetchedJwks } from './fetch-jwks.js'

const MINUTE_MS = 60_000
const DAY_MS = 24 * 3_600_000
/** Addresses that are remembered; of more, the one that was added first is fetched anew. */
const MOST_ADDRESSES = 1_000

/** Key sets by their address, fetched when they are needed. */
export interface JwksCache {
  /** The keys as far as they are known; throws `UNAVAILABLE` when none can be had. */
  get(url: string): Promise<LocalJWKSet>
  /** Fetches anew for a key that is not among them; undefined when that was done less than a minute ago, or fails. */
  renew(url: string): Promise<LocalJWKSet | undefined>
}

interface Entry {
  keys?: LocalJWKSet
  fetchedAt: number
  freshUntil: number
  triedAt: number
  pending?: Promise<LocalJWKSet | undefined> | undefined
}

/**
 * Keeps a set for as long as its issuer says, within a minute and a day. However many unknown keys are named, an address is
 * asked once a minute. While it cannot be reached, what is there goes on to count, for a day: after that, a key that was
 * withdrawn meanwhile would have counted for too long.
 */
export function createJwksCache(options: {
  fetch: (url: string) => Promise<FetchedJwks>
  now: () => number
  logger: Logger
}): JwksCache {
  const { fetch, now, logger } = options
  const entries = new Map<string, Entry>()

  function entryOf(url: string): Entry {
    const known = entries.get(url)
    if (known) return known
    if (entries.size >= MOST_ADDRESSES) entries.delete(entries.keys().next().value as string)
    const entry = { fetchedAt: Number.NEGATIVE_INFINITY, freshUntil: 0, triedAt: Number.NEGATIVE_INFINITY }
    entries.set(url, entry)
    return entry
  }

  async function load(url: string, entry: Entry): Promise<LocalJWKSet | undefined> {
    entry.triedAt = now()
    try {
      const { keys, maxAgeMs } = await fetch(url)
      entry.keys = createLocalJWKSet(keys satisfies JSONWebKeySet)
      entry.fetchedAt = now()
      entry.freshUntil = entry.fetchedAt + Math.min(Math.max(maxAgeMs ?? 0, MINUTE_MS), DAY_MS)
      return entry.keys
    } catch (error) {
      logger.warn({ err: error, url }, 'the keys of an issuer could not be fetched')
      return undefined
    } finally {
      entry.pending = undefined
    }
  }

  /** One fetch at a time, and one a minute. */
  function tryLoad(url: string, entry: Entry): Promise<LocalJWKSet | undefined> {
    if (!entry.pending && now() - entry.triedAt < MINUTE_MS) return Promise.resolve(undefined)
    entry.pending ??= load(url, entry)
    return entry.pending
  }

  return {
    async get(url) {
      const entry = entryOf(url)
      if (entry.keys && now() < entry.freshUntil) return entry.keys
      const loaded = await tryLoad(url, entry)
      const keys = loaded ?? (now() < entry.fetchedAt + DAY_MS + MINUTE_MS ? entry.keys : undefined)
      if (!keys) throw new ChatError('UNAVAILABLE', 'The keys of the user token’s issuer cannot be fetched.')
      return keys
    },
    renew: (url) => tryLoad(url, entryOf(url)),
  }
}
