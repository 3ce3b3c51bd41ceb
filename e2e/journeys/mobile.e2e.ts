import { devices, type Page } from '@playwright/test'
import { expect, test } from '../harness/test.js'
import { DemoSiteModel } from '../models/demo-site.js'

/** As tall as the on-screen keyboard of a phone, in pixels. */
const KEYBOARD = 300

/** A visible part of the page that a test can make smaller, as a keyboard does: no emulation has one. */
function fakeVisualViewport(): void {
  let covered = 0
  const visual = window.visualViewport as VisualViewport
  Object.defineProperty(visual, 'height', { get: () => window.innerHeight - covered })
  Object.assign(window, {
    showKeyboard(height: number) {
      covered = height
      visual.dispatchEvent(new Event('resize'))
    },
  })
}

const showKeyboard = (page: Page, height: number) =>
  page.evaluate(
    (covered) => (window as unknown as { showKeyboard(height: number): void }).showKeyboard(covered),
    height,
  )

/** What is wrong with a panel of this size: what sticks out, and what a finger would miss (WCAG 2.2, 2.5.8). */
const faultsOf = (page: Page) =>
  page.locator('chatdesk-widget').evaluate((host) => {
    const root = host.shadowRoot as ShadowRoot
    const panel = root.querySelector('[data-part="panel"]') as HTMLElement
    const edge = panel.getBoundingClientRect()
    const all = [panel, ...panel.querySelectorAll<HTMLElement>('*')]
    const name = (element: Element) => element.getAttribute('aria-label') ?? element.outerHTML.slice(0, 60)
    const shown = (element: Element) => element.getClientRects().length > 0 && !element.closest('.sr-only')
    return [
      ...all
        .filter((element) => shown(element) && getComputedStyle(element).overflowX !== 'visible')
        .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
        .filter((element) => !/ellipsis/.test(getComputedStyle(element).textOverflow))
        .map((element) => `scrolls sideways: ${name(element)}`),
      ...all
        .filter((element) => shown(element) && element.getBoundingClientRect().right > edge.right + 1)
        .map((element) => `sticks out: ${name(element)}`),
      ...[...panel.querySelectorAll('button, a, textarea')]
        .filter((element) => shown(element) && !element.closest('p'))
        .filter((element) => {
          const { width, height } = element.getBoundingClientRect()
          return width < 24 || height < 24
        })
        .map((element) => `too small to touch: ${name(element)}`),
    ]
  })

for (const device of ['iPhone 13', 'Pixel 7'])
  test(`on a ${device} the composer stays above the keyboard, and the page behind stays as it is`, async ({
    browser,
    server,
  }) => {
    const { defaultBrowserType: _, ...options } = devices[device] as (typeof devices)[string]
    const context = await browser.newContext(options)
    await context.addInitScript(fakeVisualViewport)
    const site = new DemoSiteModel(await context.newPage(), server.url)
    const { page, widget } = site
    await site.visit()
    const pageStyle = () =>
      page.evaluate(() => [document.documentElement, document.body].map((element) => element.getAttribute('style')))
    const before = await pageStyle()
    const height = page.viewportSize()?.height ?? 0

    await widget.launcher.tap()
    await expect(widget.input).toBeFocused()
    await expect(widget.panel).toHaveAttribute('aria-modal', 'true')
    const bottom = async () => {
      const box = await widget.panel.locator('[data-part="composer"]').boundingBox()
      return Math.round((box?.y ?? 0) + (box?.height ?? 0))
    }
    for (const covered of [KEYBOARD, KEYBOARD + 44, 0, KEYBOARD]) {
      await showKeyboard(page, covered)
      await expect.poll(bottom).toBeLessThanOrEqual(height - covered)
      // Not far above it either: no hole is left where the keyboard was.
      expect(await bottom()).toBeGreaterThan(height - covered - 60)
    }
    for (let index = 0; index < 12; index++) await widget.say(`Line ${index} from a ${device}`)
    expect(await bottom()).toBeLessThanOrEqual(height - KEYBOARD)
    await expect(widget.bubbles.last()).toBeInViewport()
    expect(await faultsOf(page)).toEqual([])

    // What is left over of a scroll does not move the page.
    await page.mouse.move(150, 200)
    for (const by of [-5000, 5000]) await page.mouse.wheel(0, by)
    expect(await page.evaluate(() => window.scrollY)).toBe(0)
    expect(await pageStyle()).toEqual(before)
    await showKeyboard(page, 0)
    await widget.panel.getByRole('button', { name: 'Minimise chat' }).tap()
    await expect(widget.panel).toBeHidden()
    expect(await pageStyle()).toEqual(before)
    await context.close()
  })

test('nothing stands under a notch, or where a phone has its gestures', async ({ browser, server }) => {
  const { defaultBrowserType: _, ...options } = devices['iPhone 13']
  const context = await browser.newContext(options)
  const site = new DemoSiteModel(await context.newPage(), server.url)
  const { page, widget } = site
  const safe = { top: 47, bottom: 34 }
  const devtools = await context.newCDPSession(page)
  await devtools.send('Emulation.setSafeAreaInsetsOverride', { insets: safe })
  await site.visit()
  const height = page.viewportSize()?.height ?? 0
  const bottomOf = async (part: string) => {
    const box = await page.locator(`chatdesk-widget [data-part="${part}"]`).boundingBox()
    return (box?.y ?? 0) + (box?.height ?? 0)
  }
  expect(await bottomOf('launcher')).toBeLessThanOrEqual(height - safe.bottom - 20)

  await widget.launcher.tap()
  await expect(widget.panel).toHaveAttribute('aria-modal', 'true')
  const header = widget.panel.locator('[data-part="header"]')
  // The panel may still be on its way in.
  await expect.poll(async () => (await header.boundingBox())?.y).toBe(safe.top)
  await expect.poll(() => bottomOf('composer')).toBeLessThanOrEqual(height - safe.bottom)
  // And not far above it.
  expect(await bottomOf('composer')).toBeGreaterThan(height - safe.bottom - 20)
  await context.close()
})

for (const [what, viewport] of Object.entries({
  '320 pixels of width': { width: 320, height: 568 },
  'a zoom of 400 %': { width: 320, height: 256 },
}))
  test(`at ${what} the chat scrolls one way only, and can be written in`, async ({ browser, server }) => {
    const context = await browser.newContext({ viewport })
    const site = new DemoSiteModel(await context.newPage(), server.url)
    const { page, widget } = site
    await site.visit()
    await widget.open()
    await widget.say(`https://example.com/${'a-very-long-address-'.repeat(12)}`)
    await widget.say('and some words')
    await expect(widget.deliveryOfLast()).toContainText('Sent')
    await expect(widget.input).toBeInViewport({ ratio: 1 })
    await expect(widget.message('and some words')).toBeInViewport()
    expect(await faultsOf(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await context.close()
  })
