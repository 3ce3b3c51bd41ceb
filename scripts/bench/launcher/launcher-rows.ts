import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../../test-environment/find-chromium.js'
import { provideChromium } from '../../test-environment/provide-chromium.js'
import type { Row } from '../row.js'
import { measurePage, type Network, type Visit } from './measure-page.js'
import { BUTTON_PAGE, BUTTON_SCRIPT, WIDGET_PAGE } from './pages.js'
import { startStaticSite } from './static-site.js'

/** As the server serves them: `/widget.js`, and `/widget/<hash>/…` beside it. */
const SERVED = fileURLToPath(new URL('../../../reference-server/dist/public', import.meta.url))

/** Goals of the click, in milliseconds: with the panel fetched ahead, and without. */
const CLICK_GOALS: Record<Network, number> = { loopback: 160, 'slow 4G': 350 }

/** How soon the launcher is painted and how soon after a press one can write, beside a button that is nothing else. */
export async function launcherRows({ rounds }: { rounds: number }): Promise<Row[]> {
  provideChromium()
  const pages = {
    '/chat': WIDGET_PAGE,
    '/widget.js': readFileSync(`${SERVED}/widget/widget.js`, 'utf8'),
    '/button': BUTTON_PAGE,
    '/button.js': BUTTON_SCRIPT,
  }
  const site = await startStaticSite(pages, SERVED)
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const rows: Row[] = []
    for (const network of ['loopback', 'slow 4G'] as const) {
      const ours: Visit[] = []
      const button: Visit[] = []
      // The first visit of each warms the browser's own caches of compiled code, and is not counted.
      for (let round = -1; round < rounds; round++) {
        const visits = [
          await measurePage(browser, `${site.origin}/chat`, network),
          await measurePage(browser, `${site.origin}/button`, network),
        ] as const
        if (round < 0) continue
        ours.push(visits[0])
        button.push(visits[1])
      }
      const row = (name: string, part: keyof Visit, goal: Row['goal']): Row => ({
        name: `${name}, CPU 4×, ${network}`,
        unit: 'ms',
        figures: ours.map((visit) => visit[part]),
        baselines: button.map((visit) => visit[part]),
        baselineName: 'plain button',
        goal,
      })
      rows.push(row('launcher painted', 'launcher', { ratioAtMost: 1.5 }))
      rows.push(row('click to composer', 'ready', { figureAtMost: CLICK_GOALS[network] }))
    }
    return rows
  } finally {
    await browser.close()
    site.close()
  }
}
