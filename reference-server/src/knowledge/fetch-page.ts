import type { IncomingMessage } from 'node:http'
import type { Resolve } from '../platform/public-address.js'
import { RefusedAddress, readBody, refusalOf, requestPublic } from '../platform/public-request.js'

/** So often a page may lead to another of its site. */
const MOST_HOPS = 5

/** Why a page was not read. */
export type FetchRefusal = 'address' | 'redirect' | 'status' | 'type' | 'large' | 'timeout' | 'unreachable'

/** What a site answered. */
export interface FetchedPage {
  /** Where it was in the end, without a place in it. */
  url: string
  text: string
  /** The site asks by a header that it is not to be found. */
  noindex: boolean
}

/** What a fetch may cost, and where it may lead. */
export interface FetchLimits {
  /** For development and tests: any address, and plain http. */
  allowPrivate: boolean
  resolve?: Resolve | undefined
  /** No other is asked, wherever a redirect points. */
  origin: string
  types: RegExp
  mostBytes: number
  timeoutMs: number
  signal: AbortSignal
}

/** Reads what stands at an address of a site. Each hop is looked at as the first one is (threat 63). */
export async function fetchPage(
  address: string,
  limits: FetchLimits,
): Promise<FetchedPage | { refusal: FetchRefusal }> {
  const timeout = AbortSignal.timeout(limits.timeoutMs)
  const signal = AbortSignal.any([limits.signal, timeout])
  let url = address
  for (let hops = 0; hops <= MOST_HOPS; hops++) {
    if (refusalOf(url, limits.allowPrivate)) return { refusal: 'address' }
    let answer: IncomingMessage | undefined
    try {
      answer = await requestPublic(url, {
        ...{ allowPrivate: limits.allowPrivate, resolve: limits.resolve, signal },
        headers: { accept: 'text/html,application/xml;q=0.9,*/*;q=0.1', 'accept-encoding': 'identity', ...USER_AGENT },
      })
      const next = nextHop(answer, url)
      if (next === undefined) return await read(answer, url, limits)
      if (next.origin !== limits.origin) return { refusal: 'redirect' }
      url = next.href
    } catch (error) {
      if (signal.aborted) return { refusal: 'timeout' }
      return { refusal: error instanceof RefusedAddress ? 'address' : 'unreachable' }
    } finally {
      answer?.destroy()
    }
  }
  return { refusal: 'redirect' }
}

const USER_AGENT = { 'user-agent': 'ChatDesk-Import/1' }

/** Where an answer leads; undefined: nowhere. */
function nextHop({ statusCode = 0, headers }: IncomingMessage, from: string): URL | undefined {
  if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) return undefined
  // One that is no address throws, like an answer that breaks off.
  const next = new URL(headers.location, from)
  next.hash = ''
  return next
}

async function read(
  answer: IncomingMessage,
  url: string,
  { types, mostBytes }: FetchLimits,
): Promise<FetchedPage | { refusal: FetchRefusal }> {
  const { statusCode, headers } = answer
  if (statusCode !== 200) return { refusal: 'status' }
  const [type = ''] = (headers['content-type'] ?? '').split(';')
  // What is packed would have to be unpacked, to who knows what size.
  const packed = headers['content-encoding'] !== undefined && headers['content-encoding'].trim() !== 'identity'
  if (packed || !types.test(type.trim())) return { refusal: 'type' }
  if (Number(headers['content-length'] ?? 0) > mostBytes) return { refusal: 'large' }
  const body = await readBody(answer, mostBytes)
  if (!body) return { refusal: 'large' }
  const noindex = /\b(noindex|none)\b/i.test(String(headers['x-robots-tag'] ?? ''))
  return { url, text: decodeText(body, headers['content-type'] ?? ''), noindex }
}

/** By the mark at its beginning, by its header, by what it says of itself, or as UTF-8. */
function decodeText(body: Buffer, type: string): string {
  const head = body.subarray(0, 1024).toString('latin1')
  const named = /charset\s*=\s*["']?([\w.:-]{1,40})/i
  const inXml = /^\s*<\?xml[^>]*\sencoding\s*=\s*["']([\w.:-]{1,40})/i
  const marked =
    body[0] === 0xff && body[1] === 0xfe ? 'utf-16le' : body[0] === 0xfe && body[1] === 0xff ? 'utf-16be' : undefined
  const label =
    marked ??
    (named.exec(type) ?? inXml.exec(head) ?? /<meta\b[^>]*charset\s*=\s*["']?([\w.:-]{1,40})/i.exec(head))?.[1]
  return decoderOf(label).decode(body)
}

/** `TextDecoder` throws for a name that it does not know. */
function decoderOf(label = 'utf-8') {
  try {
    return new TextDecoder(label)
  } catch {
    return new TextDecoder()
  }
}
