import type { IncomingMessage } from 'node:http'
import type { WebhookDelivery } from '@chatdesk/protocol'
import type { Resolve } from '../platform/public-address.js'
import { RefusedAddress, refusalOf, requestPublic } from '../platform/public-request.js'

/** In milliseconds, from the first look at the name to the end of what is read of the answer. */
const TIMEOUT_MS = 15_000
/** Of an answer so much is kept, for whoever looks for what is wrong. */
const EXCERPT_BYTES = 1_024

/** What came of an attempt. */
export interface Attempt {
  /** Null: it was taken. */
  error: WebhookDelivery['error']
  /** Of the answer, as far as there was one. */
  status: number | null
  response: string | null
}

/** What is left to the caller. */
export interface SendOptions {
  /** For development and tests: any address, and plain http. */
  allowPrivate: boolean
  resolve?: Resolve | undefined
  signal: AbortSignal
}

/** Posts a body once. Nothing of the way there is told, beyond a word: it would say what stands in the server's own network. */
export async function sendWebhook(
  url: string,
  { headers, body }: { headers: Record<string, string>; body: string },
  { allowPrivate, resolve, signal }: SendOptions,
): Promise<Attempt> {
  const none = { status: null, response: null }
  if (refusalOf(url, allowPrivate)) return { error: 'address', ...none }
  const timeout = AbortSignal.timeout(TIMEOUT_MS)
  let answer: IncomingMessage | undefined
  try {
    const bytes = Buffer.from(body)
    answer = await requestPublic(url, {
      ...{ allowPrivate, resolve, method: 'POST', body: bytes, signal: AbortSignal.any([signal, timeout]) },
      headers: {
        ...{ ...headers, 'content-type': 'application/json', 'content-length': bytes.length },
        ...{ accept: '*/*', 'user-agent': 'ChatDesk-Webhooks/1' },
      },
    })
    const status = answer.statusCode ?? 0
    if (status >= 200 && status < 300) return { error: null, status, response: await excerptOf(answer) }
    // Nobody has looked at where it points to.
    if (status >= 300 && status < 400) return { error: 'redirect', status, response: null }
    return { error: 'status', status, response: await excerptOf(answer) }
  } catch (error) {
    if (timeout.aborted) return { error: 'timeout', ...none }
    return { error: error instanceof RefusedAddress ? 'address' : 'unreachable', ...none }
  } finally {
    answer?.destroy()
  }
}

/** How the answer begins. One that breaks off after its head was an answer nevertheless. */
async function excerptOf(answer: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of answer as AsyncIterable<Buffer>) {
      chunks.push(chunk)
      length += chunk.length
      if (length >= EXCERPT_BYTES) break
    }
  } catch {
    // What there is of it is what is told.
  }
  const text = Buffer.concat(chunks).subarray(0, EXCERPT_BYTES).toString('utf8')
  // No database stores a zero, and what cuts a letter in two is no letter.
  return text.replaceAll('\u0000', '').replace(/\uFFFD+$/, '')
}
