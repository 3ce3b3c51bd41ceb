import type { JSONWebKeySet, JWK } from 'jose'
import type { Resolve } from '../platform/public-address.js'
import { readBody, requestPublic } from '../platform/public-request.js'

/** What a fetch may cost. */
const TIMEOUT_MS = 5_000
const MOST_BYTES = 64 * 1024
/** Keys of one issuer; real ones publish some four. */
const MOST_KEYS = 100

/** What is left to the caller. */
export interface FetchJwksOptions {
  /** For development and tests: any address, and plain http. */
  allowPrivate?: boolean | undefined
  resolve?: Resolve | undefined
  timeoutMs?: number | undefined
}

/** Keys as their issuer publishes them. */
export interface FetchedJwks {
  keys: JSONWebKeySet
  /** How long the issuer lets them be kept, in milliseconds; undefined: it does not say. */
  maxAgeMs: number | undefined
}

/**
 * Fetches a key set from an address that a tenant has named, so nothing about it is trusted: neither where the name leads, nor
 * what is answered. The connection goes to an address that was looked at, and nowhere that an answer points to.
 */
export async function fetchJwks(address: string, options: FetchJwksOptions = {}): Promise<FetchedJwks> {
  const { timeoutMs = TIMEOUT_MS, ...guard } = options
  const headers = { accept: 'application/json' }
  const answer = await requestPublic(address, { ...guard, headers, signal: AbortSignal.timeout(timeoutMs) })
  if (answer.statusCode !== 200) {
    answer.destroy()
    throw new Error(`answered ${answer.statusCode}`)
  }
  const body = await readBody(answer, MOST_BYTES)
  if (!body) throw new Error('answered too much')
  const maxAge = /(?:^|[,\s])max-age=(\d{1,9})(?:$|[,\s])/i.exec(answer.headers['cache-control'] ?? '')?.[1]
  return {
    keys: publicKeys(JSON.parse(body.toString('utf8'))),
    maxAgeMs: maxAge === undefined ? undefined : Number(maxAge) * 1000,
  }
}

/** Public keys alone: one that is symmetric, or private, is no key for anybody to see, and would make any token true. */
function publicKeys(input: unknown): JSONWebKeySet {
  const keys = typeof input === 'object' && input !== null && 'keys' in input ? input.keys : undefined
  if (!Array.isArray(keys) || keys.length > MOST_KEYS) throw new Error('is no key set')
  return { keys: keys.filter(isPublicKey) }
}

function isPublicKey(key: unknown): key is JWK {
  if (typeof key !== 'object' || key === null || !('kty' in key)) return false
  return ['RSA', 'EC', 'OKP'].includes(key.kty as string) && !('d' in key) && !('k' in key)
}
