/** What members do without the console. */
export interface MemberApi {
  /** Calls `/api/chat-widget<path>`; throws what is no success. */
  call<Answer = unknown>(method: string, path: string, body?: object): Promise<Answer>
}

/** Signs a member of the demo in. */
export async function signInToApi(serverUrl: string, email = 'owner@demo.test'): Promise<MemberApi> {
  const send = async (method: string, path: string, headers: Record<string, string>, body?: object) => {
    const answer = await fetch(`${serverUrl}/api/${path}`, {
      method,
      headers: { origin: serverUrl, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return { answer, body: await answer.json() }
  }
  const { answer, body } = await send('POST', 'auth/sign-in', {}, { email, password: 'chatdesk-demo' })
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const member = { cookie, 'x-chatdesk-csrf': body.csrfToken as string }
  return {
    call: async (method, path, body) => (await send(method, `chat-widget${path}`, member, body)).body,
  }
}

/** The demo's only widget. */
export async function demoWidgetId({ call }: MemberApi): Promise<string> {
  const { widgets } = await call<{ widgets: [{ id: string }] }>('GET', '/widgets')
  return widgets[0].id
}
