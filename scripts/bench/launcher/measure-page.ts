import type { Browser, CDPSession } from 'playwright'

/** How the page reaches its server: `loopback` as it is, `slow 4G` as Chromium's developer tools shape it. */
export type Network = 'loopback' | 'slow 4G'

/** What one visit found, in milliseconds. */
export interface Visit {
  /** From the embed in the page to the painted button. */
  launcher: number
  /** From the press to the focused, painted text field. */
  ready: number
}

const SLOW_4G = { offline: false, latency: 150, downloadThroughput: 204_800, uploadThroughput: 96_000 }

declare global {
  // The probe in the page; see pages.ts.
  var probe: { launcher?: number; ready?: number; button?: Element }
}

/** Visits a page with an empty cache and a CPU slowed four times, and presses its button as soon as it is there. */
export async function measurePage(browser: Browser, url: string, network: Network): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    const devtools: CDPSession = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    await devtools.send('Network.enable')
    if (network === 'slow 4G') await devtools.send('Network.emulateNetworkConditions', SLOW_4G)
    await page.goto(url, { waitUntil: 'commit' })
    await page.waitForFunction(() => globalThis.probe?.launcher !== undefined)
    // On a network that is not slow, the visitor comes when the page rests and the panel has been fetched ahead.
    if (network === 'loopback') await page.waitForLoadState('networkidle')
    const place = await page.evaluate(() => {
      const { x, y } = (globalThis.probe.button as Element).getBoundingClientRect()
      return { x: x + 20, y: y + 20 }
    })
    await page.mouse.click(place.x, place.y)
    await page.waitForFunction(() => globalThis.probe.ready !== undefined)
    return await page.evaluate(() => ({ launcher: globalThis.probe.launcher ?? 0, ready: globalThis.probe.ready ?? 0 }))
  } finally {
    await context.close()
  }
}
