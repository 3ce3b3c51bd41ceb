import { type IncomingMessage, type OutgoingHttpHeaders, request as requestHttp } from 'node:http'
import { request as requestHttps } from 'node:https'
import type { LookupFunction } from 'node:net'
import { parseUrl } from './parse-url.js'
import { addressInHost, isPublicAddress, type Resolve, resolveBySystem } from './public-address.js'

/** What is left to the caller. */
export interface PublicRequest {
  /** For development and tests: any address, and plain http. */
  allowPrivate?: boolean | undefined
  resolve?: Resolve | undefined
  method?: string | undefined
  headers: OutgoingHttpHeaders
  body?: Buffer | undefined
  signal: AbortSignal
}

/** A name led to an address that this server does not ask. */
export class RefusedAddress extends Error {
  constructor() {
    super('leads to an address that is not of the public Internet')
  }
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
 * Asks an address that somebody else has named, so nothing about it is trusted: the connection goes to an address that was
 * looked at, and nowhere that an answer points to. The answer is to be read, or destroyed.
 */
export function requestPublic(address: string, options: PublicRequest): Promise<IncomingMessage> {
  const { allowPrivate = false, resolve = resolveBySystem, method = 'GET', headers, body, signal } = options
  return new Promise((answer, reject) => {
    const refusal = refusalOf(address, allowPrivate)
    if (refusal) throw new Error(refusal)
    const url = new URL(address)
    const request = url.protocol === 'https:' ? requestHttps : requestHttp
    const lookup = guardedLookup(resolve, allowPrivate)
    // No agent: a kept connection would not be looked at again.
    request(url, { agent: false, lookup, signal, method, headers }, answer).on('error', reject).end(body)
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
          return callback(new RefusedAddress(), '')
        if (all) callback(null, addresses)
        else callback(null, first.address, first.family)
      },
      (error) => callback(error, ''),
    )
  }
}

/** The whole body of an answer; undefined for one of more bytes, which is not read to its end. */
export async function readBody(answer: IncomingMessage, mostBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  // Leaving the loop ends the connection.
  for await (const chunk of answer as AsyncIterable<Buffer>) {
    bytes += chunk.length
    if (bytes > mostBytes) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
