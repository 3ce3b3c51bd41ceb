import { expect, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'

test('W15: a visitor with a German browser is spoken to in German', async ({ browser, server }) => {
  const context = await browser.newContext({ locale: 'de-AT' })
  const site = new DemoSiteModel(await context.newPage(), server.url)
  await site.visit()
  await site.widget.open()
  await expect(site.widget.input).toHaveAttribute('placeholder', 'Nachricht schreiben …')
  await context.close()
})
