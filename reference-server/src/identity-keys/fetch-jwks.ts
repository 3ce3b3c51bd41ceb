import { type IncomingMessage, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import type { JSONWebKeySet, JWK } from 'jose'
import { parseUrl } from '../platform/parse-url.js'
import { addressInHost, isPublicAddress, type Resolve, resolveBySystem } from '../platform/public-address.js'

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

/** Why an address is not one that this server would ask; undefined when it would. */
export function refusalOf(address: string, allowPrivate = false): string | undefined {
  const url = parseUrl(address)
  if (!url || url.username || url.password) return 'not a web address without credentials'
  if (url.protocol !== 'https:' && !(allowPrivate && url.protocol === 'http:')) return 'must be https'
  const literal = addressInHost(url.hostname)
  if (!allowPrivate && literal !== undefined && !isPublicAddress(literal))
    return 'not an address of the public Internet'
  return undefined
}

/**
 * Fetches a key set from an address that a tenant has named, so nothing about it is trusted: neither where the name leads, nor
 * what is answered. The connection goes to an address that was looked at, and nowhere that an answer points to.
 */
export async function fetchJwks(address: string, options: FetchJwksOptions = {}): Promise<FetchedJwks> {
  const { allowPrivate = false, resolve = resolveBySystem, timeoutMs = TIMEOUT_MS } = options
  const refusal = refusalOf(address, allowPrivate)
  if (refusal) throw new Error(refusal)
  const answer = await get(new URL(address), AbortSignal.timeout(timeoutMs), guardedLookup(resolve, allowPrivate))
  if (answer.statusCode !== 200) {
    answer.destroy()
    throw new Error(`answered ${answer.statusCode}`)
  }
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop ends the connection.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > MOST_BYTES) throw new Error('answered too much')
    chunks.push(chunk)
  }
  const maxAge = /(?:^|[,\s])max-age=(\d{1,9})(?:$|[,\s])/i.exec(answer.headers['cache-control'] ?? '')?.[1]
  return {
    keys: publicKeys(JSON.parse(Buffer.concat(chunks).toString('utf8'))),
    maxAgeMs: maxAge === undefined ? undefined : Number(maxAge) * 1000,
  }
}

function get(url: URL, signal: AbortSignal, lookup: LookupFunction): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const request = url.protocol === 'https:' ? requestHttps : requestHttp
    // No agent: a kept connection would not be looked at again.
    request(url, { agent: false, lookup, signal, headers: { accept: 'application/json' } }, resolve)
      .on('error', reject)
      .end()
  })
}

/** Looks at each address before it is connected to: a name may lead anywhere, and somewhere else the next time. */
function guardedLookup(resolve: Resolve, allowPrivate: boolean): LookupFunction {
  return (hostname, { all }, callback) => {
    resolve(hostname).then(
      (addresses) => {
        const [first] = addresses
        if (!first) return callback(new Error('has no address'), '')
        if (!allowPrivate && !addresses.every(({ address }) => isPublicAddress(address)))
          return callback(new Error('leads to an address that is not of the public Internet'), '')
        if (all) callback(null, addresses)
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, ''),
    )
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
