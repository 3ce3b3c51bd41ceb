import { ChatServer } from '../harness/chat-server.js'
import { expect, peopleOf, test } from '../harness/test.js'

for (const end of ['terminate', 'kill'] as const) {
  test(`[Q2] a server that is stopped by ${end} in mid-conversation keeps what it acknowledged, and repeats nothing`, async ({
    browser,
  }) => {
    const server = await ChatServer.launch()
    const people = peopleOf(browser, server)
    const { widget } = await people.visitor()
    const desk = await people.agent()
    await widget.say('before the stop')
    await desk.openConversation('before the stop')
    await desk.answer('answered before the stop')
    await expect(widget.message('answered before the stop')).toBeVisible()

    // Acknowledged, both of them: from here on they are the server's to keep.
    await expect(widget.deliveryOfLast()).toBeVisible()
    await expect(desk.log.locator('article').last()).toContainText(/Sent|Read/)

    await server[end]()
    await widget.say('written while the server was away')
    await desk.answer('answered while the server was away')
    await server.start()

    const order = ['before the stop', 'answered before the stop']
    for (const { bubbles } of [widget, desk]) {
      await expect(bubbles.filter({ hasText: 'written while' })).toHaveCount(1, { timeout: 45_000 })
      await expect(bubbles.filter({ hasText: 'answered while' })).toHaveCount(1, { timeout: 45_000 })
    }
    await widget.say('after the stop')
    await expect(desk.message('after the stop')).toHaveCount(1)
    await desk.page.reload()
    await expect(desk.bubbles).toHaveCount(5)
    const log = await desk.texts()
    expect(log.slice(0, 2)).toEqual(order)
    expect(log.at(-1)).toBe('after the stop')
    await widget.page.reload()
    await widget.launcher.waitFor()
    await widget.open()
    await expect(widget.message('after the stop')).toBeVisible()
    expect((await widget.texts()).slice(-5)).toEqual(log)

    await people.leave()
    await server.dispose()
  })
}

test('a message that is written with the server away survives a reload of the page, and arrives once', async ({
  browser,
}) => {
  const server = await ChatServer.launch()
  const people = peopleOf(browser, server)
  const { widget } = await people.visitor()
  await widget.say('first')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  // For the widget the chat's server stays away while the page can be had again, as if that came from elsewhere.
  const { page } = widget
  let away = false
  await page.context().routeWebSocket(/\/ws$/, (socket) => (away ? socket.close() : socket.connectToServer()))
  await page
    .context()
    .route(/\/(api\/widget|socket\.io|sse|poll)(\/|\?|$)/, (route) => (away ? route.abort() : route.continue()))
  const reopen = async () => {
    await page.reload()
    await widget.launcher.waitFor()
    await widget.open()
  }
  await reopen()
  await expect(widget.message('first')).toBeVisible()
  away = true
  await server.kill()
  await widget.say('kept on disk')
  await expect(widget.deliveryOfLast()).toContainText('Waiting to be sent')
  await server.start()
  await reopen()
  await expect(widget.message('kept on disk')).toBeVisible()
  await expect(widget.deliveryOfLast()).toContainText('Waiting to be sent')
  away = false
  await expect(widget.deliveryOfLast()).toContainText('Sent', { timeout: 45_000 })
  await expect(widget.message('kept on disk')).toHaveCount(1)
  const desk = await people.agent()
  await desk.openConversation('kept on disk')
  await expect(desk.bubbles).toHaveText(['first', 'kept on disk'])
  await people.leave()
  await server.dispose()
})

test('a graceful stop ends with exit code 0', async () => {
  const server = await ChatServer.launch()
  expect(await server.terminate()).toBe(0)
  await server.dispose()
})
