import { ChatError } from '@chatdesk/protocol'
import * as z from 'zod/mini'
import type { ProviderError, ProviderResult } from '../payment-provider.js'
import type { ApiSecret } from '../secrets.js'

/** Where Razorpay is. Test and live mode share the address: the key says which. */
const RAZORPAY_URL = 'https://api.razorpay.com'

/** Milliseconds to the first byte of an answer, and to its last. */
const DEADLINES = { headers: 5_000, whole: 15_000 }
/** Largest answer that is read, in bytes: a page of a hundred payments has some 200 kB. */
const MAX_BYTES = 4 * 1024 * 1024
/** Tries of what may be asked twice, and the longest wait before the second one, in milliseconds. */
const TRIES = 3
const WAIT_MS = 400

/** What calls of one account need. */
export interface RazorpayAccess {
  keyId: string
  keySecret: ApiSecret
  /** Another place that speaks as Razorpay does: a simulator, on this machine. */
  baseUrl?: string | undefined
  fetch: typeof fetch
  random: () => number
  /** Waits so many milliseconds; on the clock on the wall if absent. */
  wait?: ((ms: number) => Promise<void>) | undefined
}

/** One call. */
export interface RazorpayCall<Answer> {
  method: 'GET' | 'POST'
  /** From `/v1` on, with its query. */
  path: string
  body?: unknown
  headers?: Readonly<Record<string, string>>
  /** Whether asking twice does no more than asking once: reading, and what has a key of its own. */
  repeatable: boolean
  answer: z.ZodMiniType<Answer>
  signal?: AbortSignal | undefined
}

const refusal = z.object({
  error: z.object({
    code: z.string(),
    description: z.string(),
    field: z.optional(z.nullable(z.string())),
    reason: z.optional(z.nullable(z.string())),
  }),
})

/** Where an access leads. Throws `VALIDATION_FAILED` for anything but https, or http on this machine: the key goes with every call. */
export function baseOf({ baseUrl = RAZORPAY_URL }: Pick<RazorpayAccess, 'baseUrl'>): URL {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : undefined
  const isLocal = url?.protocol === 'http:' && /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(url.hostname)
  if (!url || (url.protocol !== 'https:' && !isLocal))
    throw new ChatError('VALIDATION_FAILED', 'Razorpay is reached by https, a simulator by http on this machine.')
  return url
}

/** Asks Razorpay once, or a few times where that does no harm. What comes is checked by its schema; what it means is the caller's. */
export async function callRazorpay<Answer>(
  access: RazorpayAccess,
  call: RazorpayCall<Answer>,
): Promise<ProviderResult<Answer>> {
  const { wait = onTheWall } = access
  for (let tried = 1; ; tried++) {
    const result = await attempt(access, call)
    if (result.ok || !call.repeatable || tried === TRIES || !mayPass(result.error) || call.signal?.aborted)
      return result
    // Not all at once: others have been turned away as well.
    await wait(WAIT_MS * tried * (0.5 + access.random() / 2))
  }
}

const onTheWall = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

function mayPass(error: ProviderError): boolean {
  return error.kind !== 'api' || error.status === 429 || error.status === 409 || error.status >= 500
}

async function attempt<Answer>(access: RazorpayAccess, call: RazorpayCall<Answer>): Promise<ProviderResult<Answer>> {
  const headers = new AbortController()
  const timer = setTimeout(() => headers.abort(), DEADLINES.headers)
  const signals = [headers.signal, AbortSignal.timeout(DEADLINES.whole), ...(call.signal ? [call.signal] : [])]
  try {
    const response = await access.fetch(new URL(call.path, baseOf(access)), {
      method: call.method,
      headers: {
        authorization: `Basic ${Buffer.from(`${access.keyId}:${access.keySecret}`).toString('base64')}`,
        accept: 'application/json',
        ...(call.body === undefined ? {} : { 'content-type': 'application/json' }),
        ...call.headers,
      },
      // A key follows no redirect.
      redirect: 'error',
      signal: AbortSignal.any(signals),
      ...(call.body === undefined ? {} : { body: JSON.stringify(call.body) }),
    })
    clearTimeout(timer)
    return read(response, await readText(response), call.answer)
  } catch (error) {
    return { ok: false, error: failureOf(error) }
  } finally {
    clearTimeout(timer)
  }
}

/** Nothing of the error itself: it may hold the address, and headers. */
function failureOf(error: unknown): ProviderError {
  const name = error instanceof Error ? error.name : ''
  if (name === 'TimeoutError' || name === 'AbortError') return { kind: 'timeout', message: 'No answer in time.' }
  if (error instanceof TooLarge) return { kind: 'malformed', message: 'The answer is too large.' }
  return { kind: 'network', message: 'The connection failed.' }
}

class TooLarge extends Error {}

async function readText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  let bytes = 0
  for await (const chunk of (response.body ?? []) as AsyncIterable<Uint8Array>) {
    bytes += chunk.length
    if (bytes > MAX_BYTES) throw new TooLarge()
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

function read<Answer>(response: Response, text: string, answer: z.ZodMiniType<Answer>): ProviderResult<Answer> {
  const { status } = response
  const body = parseJson(text)
  if (response.ok) {
    const parsed = answer.safeParse(body)
    if (parsed.success) return { ok: true, value: parsed.data }
    return { ok: false, error: { kind: 'malformed', message: 'The answer is not what it should be.' } }
  }
  const parsed = refusal.safeParse(body)
  if (!parsed.success) {
    // A proxy's page, or nothing at all: whoever answers so has decided nothing.
    const message = `An answer with status ${status} that says nothing.`
    return { ok: false, error: status >= 500 ? { kind: 'network', message } : { kind: 'malformed', message } }
  }
  const { code, description, field, reason } = parsed.data.error
  return {
    ok: false,
    error: { kind: 'api', status, code, description, field: field ?? undefined, reason: reason ?? undefined },
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
