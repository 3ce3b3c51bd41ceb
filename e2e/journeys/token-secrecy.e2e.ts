import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'

test('threat 8: no token stands in a URL, a Referer or a log', async ({ browser }) => {
  const server = await ChatServer.launch({ LOG_LEVEL: 'debug' })
  const people = peopleOf(browser, server)
  const secrets = new Set<string>()
  const seen: string[] = []
  const site = await people.visitor()
  const desk = await people.agent()
  for (const { page } of [site, desk]) {
    page.on('request', (request) => seen.push(request.url(), request.headers().referer ?? ''))
    page.on('websocket', (socket) => seen.push(socket.url()))
    page.on('console', (message) => seen.push(message.text()))
    page.on('response', async (response) => {
      // A page that is left takes the body of its answers with it.
      const body: unknown = await response.json().catch(() => undefined)
      for (const [name, value] of Object.entries(body ?? {}))
        if (/token|ticket/i.test(name) && typeof value === 'string') secrets.add(value)
    })
    await page.reload()
  }
  await site.widget.launcher.waitFor()
  await site.widget.open()
  await site.widget.say('a secret-free hello')
  await expect(site.widget.deliveryOfLast()).toContainText('Sent')
  await expect(desk.row('a secret-free hello')).toBeVisible()
  await expect.poll(() => secrets.size).toBeGreaterThanOrEqual(3)
  for (const cookie of await desk.page.context().cookies()) if (cookie.httpOnly) secrets.add(cookie.value)
  for (const cookie of await site.page.context().cookies()) secrets.add(cookie.value)
  await server.terminate()

  const everything = [...seen, server.log].join('\n')
  for (const secret of secrets) {
    expect(secret.length).toBeGreaterThan(15)
    expect(everything).not.toContain(secret)
  }
  expect(server.log).not.toContain('chatdesk-demo"')
  await people.leave()
  await server.dispose()
})
