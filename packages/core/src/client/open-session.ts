import { ChatError, type ErrorBody, type InitRequest, type InitResponse } from '@chatdesk/protocol'

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
    body: JSON.stringify(request),
    // Tokens travel in the body: no cookie of any site has a part in it (S3).
    credentials: 'omit',
    signal,
  })
  const body = (await response.json().catch(() => undefined)) as Partial<InitResponse & ErrorBody> | undefined
  if (response.ok && body?.token) return body as InitResponse
  // A refusal in our words, or whatever stands in between: a wrong address, a proxy, the sign-in page of a hotel.
  throw body?.error?.code
    ? ChatError.fromWire(body.error)
    : new ChatError(response.status === 404 ? 'NOT_FOUND' : 'UNAVAILABLE', `${response.status}`)
}
