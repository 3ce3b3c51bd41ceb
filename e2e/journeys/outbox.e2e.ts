import { expect, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'

/** A closed tab takes its `sessionStorage` with it: the next one is another tab, as for any visitor who comes back. */
for (const begun of [false, true]) {
  const before = begun ? 'in a conversation that had begun' : 'before there was a conversation'
  test(`[Q3] threat 3: what is written offline ${before} is delivered once by the next tab, though its own is closed`, async ({
    people,
    server,
  }) => {
    const { page, widget } = await people.visitor()
    const tag = begun ? 'begun' : 'new'
    if (begun) {
      await widget.say(`online, ${tag}`)
      await expect(widget.deliveryOfLast()).toContainText('Sent')
    }
    const context = page.context()
    await widget.loseNetwork()
    for (const n of [1, 2]) await widget.say(`offline ${n}, ${tag}`)
    await expect(widget.deliveryOfLast()).toContainText('Waiting to be sent')
    await page.close()
    await context.setOffline(false)

    const next = new DemoSiteModel(await context.newPage(), server.url)
    await next.visit()
    await next.widget.open()
    const desk = await people.agent()
    await desk.openConversation(`offline 2, ${tag}`)
    await expect(desk.bubbles).toHaveText([
      ...(begun ? [`online, ${tag}`] : []),
      `offline 1, ${tag}`,
      `offline 2, ${tag}`,
    ])
    // A conversation stays with the tab that began it; words without one go on where the visitor is now.
    await expect(next.widget.message(`offline 1, ${tag}`)).toHaveCount(begun ? 0 : 1)

    // Nothing is left to be sent once more.
    await next.page.reload()
    await next.widget.launcher.waitFor()
    await next.widget.open()
    await next.widget.say(`after all, ${tag}`)
    await expect(next.widget.deliveryOfLast()).toContainText(/Sent|Read/)
    await expect(desk.message('offline 1')).toHaveCount(1)
  })
}
