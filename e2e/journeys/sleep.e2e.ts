import { chromiumLaunchOptions } from '../../scripts/test-environment/find-chromium.js'
import { expect, peopleOf, test } from '../harness/test.js'

test('a page that was asleep shows what it has missed, and sends what is written then', async ({ people }) => {
  const { page, widget } = await people.visitor()
  const desk = await people.agent()
  await widget.say('before the sleep')
  await desk.openConversation('before the sleep')
  await expect(widget.deliveryOfLast()).toContainText(/Sent|Read/)

  // As in a tab in the background: no timer and no task runs, while the server takes the visitor to be there.
  const devTools = await page.context().newCDPSession(page)
  await devTools.send('Page.setWebLifecycleState', { state: 'frozen' })
  await desk.answer('said in the sleep')
  // A lid that was closed: what the browser held open is gone when it wakes.
  await page.context().setOffline(true)
  await devTools.send('Page.setWebLifecycleState', { state: 'active' })
  await widget.say('written on waking')
  await desk.answer('said while the network was away')
  await page.context().setOffline(false)

  const said = ['before the sleep', 'said in the sleep', 'said while the network was away', 'written on waking']
  await expect(widget.message('written on waking')).toHaveCount(1)
  await expect(widget.deliveryOfLast()).toContainText(/Sent|Read/, { timeout: 45_000 })
  await expect(desk.message('written on waking')).toHaveCount(1)
  expect((await widget.texts()).slice(-4)).toEqual(said)
  expect(await desk.texts()).toEqual(said)
})

test('the chat costs its page no place in the back-forward cache, and goes on when the page comes back from there', async ({
  playwright,
  server,
}) => {
  const options = chromiumLaunchOptions()
  const browser = await playwright.chromium.launch({
    ...options,
    ignoreDefaultArgs: ['--disable-back-forward-cache'],
  })
  const people = peopleOf(browser, server)
  const { page, widget } = await people.visitor()
  const desk = await people.agent()
  await widget.say('before leaving')
  await desk.openConversation('before leaving')
  await expect(widget.deliveryOfLast()).toContainText(/Sent|Read/)
  await page.evaluate(() => Object.assign(window, { sameDocument: true }))

  await page.goto(`${server.url}/console`)
  await desk.answer('said meanwhile')
  // A page from the cache is there already: it loads no second time.
  await page.goBack({ waitUntil: 'commit' })

  expect(await page.evaluate(() => 'sameDocument' in window)).toBe(true)
  await expect(widget.message('said meanwhile')).toHaveCount(1)
  await widget.say('back again')
  await expect(desk.message('back again')).toHaveCount(1)
  expect(await desk.texts()).toEqual(['before leaving', 'said meanwhile', 'back again'])
  await people.leave()
  await browser.close()
})
