/** Writes entries into the knowledge of the demo's widget, as its owner; answers with their ids. */
export async function addKnowledge(
  serverUrl: string,
  entries: readonly { question: string; answer: string }[],
): Promise<string[]> {
  const send = async (method: string, path: string, headers: Record<string, string>, body?: object) => {
    const answer = await fetch(`${serverUrl}/api/${path}`, {
      method,
      headers: { origin: serverUrl, ...(body && { 'content-type': 'application/json' }), ...headers },
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${path} answered ${answer.status}: ${await answer.text()}`)
    return { answer, body: await answer.json() }
  }
  const signIn = { email: 'owner@demo.test', password: 'chatdesk-demo' }
  const { answer, body } = await send('POST', 'auth/sign-in', {}, signIn)
  const cookie = answer.headers.getSetCookie()[0]?.split(';')[0] ?? ''
  const member = { cookie, 'x-chatdesk-csrf': body.csrfToken as string }
  const { widgets } = (await send('GET', 'chat-widget/widgets', member)).body
  const made: string[] = []
  for (const entry of entries)
    made.push((await send('POST', `chat-widget/widgets/${widgets[0].id}/knowledge`, member, entry)).body.entry.id)
  return made
}
