import type { BrowserContext } from '@playwright/test'
import { expect, test } from '../harness/test.js'

/** Plain HTTP of the chat, but for `POST /api/widget/init`. */
const HTTP = { sse: /\/sse\?/, polling: /\/poll\?seen=\w|\/poll\?seen=$/ }

/** Refuses some of the ways to the server, as a proxy does; the answer opens them again. */
async function block(context: BrowserContext, ways: readonly ('websocket' | 'sse')[]): Promise<() => void> {
  let blocked = true
  if (ways.includes('websocket'))
    await context.routeWebSocket(/\/ws$/, (socket) =>
      blocked ? socket.close({ code: 1000 }) : void socket.connectToServer(),
    )
  if (ways.includes('sse')) await context.route(HTTP.sse, (route) => (blocked ? route.abort() : route.continue()))
  return () => {
    blocked = false
  }
}

for (const [ways, used] of [
  [['websocket'], 'sse'],
  [['websocket', 'sse'], 'polling'],
] as const) {
  test(`a chat goes on by ${used} where ${ways.join(' and ')} cannot be had, and comes back`, async ({ people }) => {
    const { page, widget } = await people.visitor()
    await widget.say(`before, for ${used}`)
    await expect(widget.deliveryOfLast()).toContainText('Sent')
    const open = await block(page.context(), ways)
    const requests: string[] = []
    page.on('request', (request) => requests.push(request.url()))
    await page.reload()
    await widget.launcher.waitFor()
    await widget.open()
    await expect(widget.message(`before, for ${used}`)).toBeVisible()
    await widget.say(`over ${used}`)
    await expect(widget.deliveryOfLast()).toContainText('Sent')
    expect(requests.some((url) => HTTP[used].test(url))).toBe(true)

    const desk = await people.agent()
    await desk.openConversation(`over ${used}`)
    await desk.answer(`answer over ${used}`)
    await expect(widget.message(`answer over ${used}`)).toBeVisible()
    // A sign is sent to those who listen at that moment, and between two polls nobody does (Y1).
    await expect(async () => {
      await desk.reply.pressSequentially('I am typing ')
      await expect(widget.typing).toBeVisible({ timeout: 2_000 })
    }).toPass()

    // After half a minute the better way is tried again, beside the one in use.
    open()
    await page.waitForEvent('websocket', { timeout: 45_000 })
    await widget.say(`back from ${used}`)
    await desk.answer(`heard, after ${used}`)
    await expect(widget.message(`heard, after ${used}`)).toBeVisible()
    await expect(widget.bubbles.filter({ hasText: used })).toHaveText([
      `before, for ${used}`,
      `over ${used}`,
      `answer over ${used}`,
      `back from ${used}`,
      `heard, after ${used}`,
    ])
  })
}
