import { expect, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'
import { WidgetModel } from '../models/widget.js'

test('two tabs of one visitor are two conversations, and each keeps its own over a reload', async ({
  people,
  server,
}) => {
  const first = await people.visitor()
  const second = new DemoSiteModel(await first.page.context().newPage(), server.url)
  await second.visit()
  await second.widget.open()
  await first.widget.say('from the first tab')
  await second.widget.say('from the second tab')
  await expect(second.widget.deliveryOfLast()).toContainText('Sent')
  for (const { widget } of [first, second]) {
    await widget.page.reload()
    await widget.launcher.waitFor()
    await widget.open()
  }
  await expect(first.widget.message('from the first tab')).toBeVisible()
  await expect(first.widget.message('from the second tab')).toHaveCount(0)
  await expect(second.widget.message('from the second tab')).toBeVisible()
  await expect(second.widget.message('from the first tab')).toHaveCount(0)
})

test('a duplicated tab, which copies the session storage, is a tab of its own', async ({ people, server }) => {
  const { page, widget } = await people.visitor()
  await widget.say('only in the original')
  await expect(widget.deliveryOfLast()).toContainText('Sent')
  // A window that a page opens begins with a copy of its session storage, as a duplicated tab does.
  const [copy] = await Promise.all([
    page.context().waitForEvent('page'),
    page.evaluate((url) => void window.open(url), `${server.url}/`),
  ])
  const copied = new WidgetModel(copy)
  await copied.launcher.waitFor()
  await copied.open()
  await copied.say('only in the copy')
  await expect(copied.deliveryOfLast()).toContainText('Sent')
  await expect(copied.message('only in the original')).toHaveCount(0)
  await expect(widget.message('only in the copy')).toHaveCount(0)
  await page.reload()
  await widget.launcher.waitFor()
  await widget.open()
  await expect(widget.message('only in the original')).toBeVisible()
})
