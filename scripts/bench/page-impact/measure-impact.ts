import type { Browser } from 'playwright'

/** What a page cost while it came to rest. */
export interface Impact {
  /** Total blocking time: what tasks took beyond 50 ms each. */
  blocking: number
  /** Milliseconds of work in scripts. */
  script: number
  /** Cumulative layout shift. */
  shift: number
}

/** As long as nothing more may happen before a page counts as at rest, in milliseconds. */
const REST_MS = 1500

declare global {
  var impact: { blocking: number; shift: number }
}

/** Loads a page with an empty cache and a CPU slowed four times, and lets it come to rest. */
export async function measureImpact(browser: Browser, url: string): Promise<Impact> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    // What the thread has worked, not how long the machine let it wait: other programs do not count.
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' })
    await page.addInitScript(() => {
      globalThis.impact = { blocking: 0, shift: 0 }
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries()) globalThis.impact.blocking += Math.max(0, duration - 50)
      }).observe({ type: 'longtask', buffered: true })
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries()) globalThis.impact.shift += (entry as unknown as { value: number }).value
      }).observe({ type: 'layout-shift', buffered: true })
    })
    await page.goto(url, { waitUntil: 'networkidle' })
    await page.waitForTimeout(REST_MS)
    const { metrics } = await devtools.send('Performance.getMetrics')
    const script = (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1000
    return { script, ...(await page.evaluate(() => globalThis.impact)) }
  } finally {
    await context.close()
  }
}
