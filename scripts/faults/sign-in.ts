import { ChatError } from '@chatdesk/protocol'

/** Signs a member in; returns the headers that prove it. */
export async function signIn(
  url: string,
  fetch: typeof globalThis.fetch,
  email: string,
  password: string,
): Promise<Record<string, string>> {
  const answer = await post(fetch, `${url}/api/auth/sign-in`, { email, password })
  if (!answer.ok) throw new Error(`sign-in: ${answer.status} ${await answer.text()}`)
  const { csrfToken } = (await answer.json()) as { csrfToken: string }
  const cookie = answer.headers.getSetCookie().map((line) => line.split(';')[0])
  return { cookie: cookie.join('; '), 'x-chatdesk-csrf': csrfToken }
}

/** What opens one connection of a member who has signed in, as the console fetches it. */
export async function fetchTicket(
  url: string,
  fetch: typeof globalThis.fetch,
  proof: Record<string, string>,
): Promise<string> {
  const answer = await post(fetch, `${url}/api/auth/ticket`, {}, proof).catch((cause) => {
    throw new ChatError('OFFLINE', 'The server could not be reached.', { cause })
  })
  if (!answer.ok) throw new ChatError('UNAVAILABLE', `No ticket: ${answer.status}.`)
  return ((await answer.json()) as { ticket: string }).ticket
}

function post(
  fetch: typeof globalThis.fetch,
  url: string,
  body: object,
  headers: Record<string, string> = {},
): Promise<Response> {
  return fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  })
}
