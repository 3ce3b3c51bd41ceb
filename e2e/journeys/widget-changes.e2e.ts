import { ChatServer } from '../harness/chat-server.js'
import { startHostSite } from '../harness/host-site.js'
import { expect, peopleOf, test } from '../harness/test.js'
import { WidgetModel } from '../models/widget.js'
import { WidgetEditorModel } from '../models/widget-editor.js'

const customer = (serverUrl: string) => `<!doctype html><html lang="en"><title>A customer</title><h1>Our shop</h1>
<script>
  window.chatdesk = function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('init', { widgetKey: 'wk_demo' })
</script>
<script async src="${serverUrl}/widget.js"></script></html>`

test('[G1] [G2] what the owner changes shows on pages that are open, and what is switched off is gone from them', async ({
  browser,
}) => {
  // Of its own: what is changed here is not the demo that others meet.
  const server = await ChatServer.launch()
  const site = await startHostSite(customer(server.url))
  const people = peopleOf(browser, server)
  const editor = new WidgetEditorModel((await people.agent('admin@demo.test')).page)
  await editor.open()
  await editor.allow(site.origin)

  const page = await browser.newPage()
  await page.goto(site.origin)
  const widget = new WidgetModel(page)
  await widget.open()
  const loads: string[] = []
  page.on('framenavigated', (frame) => loads.push(frame.url()))

  await editor.change({ name: 'The night shift', greeting: 'Good evening to you', color: '#be123c', position: 'Left' })
  await expect(widget.bubbles.first()).toHaveText('Good evening to you')
  await expect(widget.panel).toContainText('The night shift')
  await expect(widget.launcher).toHaveCSS('background-color', 'rgb(190, 18, 60)')
  const { x = 1e9 } = (await widget.launcher.boundingBox()) ?? {}
  expect(x).toBeLessThan(100)

  // What the visitor says is not touched by it.
  await widget.say('still here')
  await editor.change({ greeting: 'Good morning to you' })
  await expect(widget.bubbles.first()).toHaveText('Good morning to you')
  await expect(widget.message('still here')).toBeVisible()

  await editor.switchOff()
  await expect(page.locator('chatdesk-widget')).toHaveCount(0)
  expect(loads).toEqual([])

  // Whoever comes now sees none at all.
  const later = await browser.newPage()
  const refused = later.waitForResponse((response) => response.url().endsWith('/config'))
  await later.goto(site.origin)
  expect((await refused).status()).toBe(403)
  await expect(later.locator('chatdesk-widget')).toHaveCount(0)

  await Promise.all([page.close(), later.close()])
  await people.leave()
  await site.close()
  await server.dispose()
})
