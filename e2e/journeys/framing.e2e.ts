import { startHostSite } from '../harness/host-site.js'
import { expect, test } from '../harness/test.js'

test('threat 17: a page of another site, and one of our own, shows neither the console nor an answer in a frame', async ({
  browser,
  server,
}) => {
  const context = await browser.newContext()
  const page = await context.newPage()
  const own = await startHostSite('<!doctype html><title>May be framed</title><p>Hello')
  const addresses = [
    '/console/',
    '/console/setup',
    '/console/inbox',
    '/console/preview/',
    '/api/auth/first-run',
    '/healthz',
  ]
  const framed = [own.origin, ...addresses.map((address) => server.url + address)]
  const frames = framed.map((address) => `<iframe src="${address}"></iframe>`).join('')
  const site = await startHostSite(`<!doctype html><title>Another site</title>${frames}`)

  /** Whether each of the frames shows what it names, as the browser sees it. */
  const shown = async () =>
    Promise.all(
      page
        .frames()
        .slice(1)
        .map(async (frame) => [frame.url(), (await frame.content()).includes('Hello')]),
    )
  const blocked = ['chrome-error://chromewebdata/', false]
  await page.goto(site.origin)
  expect(await shown()).toEqual([[`${own.origin}/`, true], ...addresses.map(() => blocked)])

  // Nor does a script in a page of our own origin.
  await page.goto(`${server.url}/`)
  await page.evaluate(async (address) => {
    const frame = document.createElement('iframe')
    frame.src = address
    const loaded = new Promise((resolve) => frame.addEventListener('load', resolve))
    document.body.append(frame)
    await loaded
  }, '/console/')
  expect((await shown()).at(-1)).toEqual(blocked)

  await context.close()
  await Promise.all([site.close(), own.close()])
})
