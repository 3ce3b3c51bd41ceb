import { ChatError, type InitRequest, type InitResponse, type WireError } from '@chatdesk/protocol'

/** Opens or resumes a visitor's session: `POST /api/widget/init` (S4). Rejects with the server's refusal, or as `fetch` does. */
export async function openSession(
  fetch: typeof globalThis.fetch,
  url: string,
  request: InitRequest,
  signal: AbortSignal,
): Promise<InitResponse> {
  const response = await fetch(`${url}/api/widget/init`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...request, page: checkedPage(request.page) }),
    // Tokens travel in the body: no cookie of any site has a part in it (S3).
    credentials: 'omit',
    signal,
  })
  const body: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw refusal(response.status, body)
  const { token, sendToken, visitorToken, widget } = (body ?? {}) as Partial<InitResponse>
  if ([token, sendToken, visitorToken, widget?.key].some((part) => typeof part !== 'string'))
    throw new ChatError('UNAVAILABLE', 'The address answers, but not as this server does.')
  return body as InitResponse
}

/** A refusal in our words, or what a proxy in between most likely means by its status. */
function refusal(status: number, body: unknown): ChatError {
  const error = (body as { error?: WireError } | undefined)?.error
  if (typeof error?.code === 'string') return ChatError.fromWire(error)
  const code = status === 404 ? 'NOT_FOUND' : status === 429 ? 'RATE_LIMITED' : 'UNAVAILABLE'
  return new ChatError(code, `The server answered ${status}.`)
}

/** The page is a courtesy: an address that the server would refuse is left out, and the visitor gets in. */
function checkedPage(page: InitRequest['page']): InitRequest['page'] {
  const checked = (address: string | undefined) =>
    address && address.length <= 2048 && /^https?:\/\//.test(address) ? address : undefined
  return page && { url: checked(page.url), referrer: checked(page.referrer) }
}
