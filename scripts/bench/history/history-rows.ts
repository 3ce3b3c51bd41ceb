import { fileURLToPath } from 'node:url'
import { type Browser, chromium } from 'playwright'
import { build } from 'tsup'
import { inlineStyles } from '../../../packages/widget/scripts/inline-styles.js'
import { chromiumLaunchOptions } from '../../test-environment/find-chromium.js'
import { provideChromium } from '../../test-environment/provide-chromium.js'
import { startStaticSite } from '../launcher/static-site.js'
import type { Row } from '../row.js'
import { median } from '../statistics.js'

const WIDGET = fileURLToPath(new URL('../../../packages/widget', import.meta.url))
const FOLDER = fileURLToPath(new URL('../../../node_modules/.cache/bench-history', import.meta.url))
const PAGE = `<!doctype html><html lang="en"><title>Bench</title><script type="module" src="/history-page.js"></script></html>`
/** Messages that are appended in one visit; their median counts. */
const APPENDED = 9

interface Visit {
  open: number
  append: number
  elements: number
  /** What the page holds more once all messages are loaded, in kB. The server's own are there before. */
  heap: number
}

/** As `history-page.ts` of the widget has it. */
declare const history_: {
  prepare(count: number): Promise<void>
  load(): Promise<void>
  open(): Promise<number>
  append(): Promise<number>
  elements(): number
}

/** What a conversation of 10,000 messages costs its reader, beside one of 1,000. */
export async function historyRows({ rounds }: { rounds: number }): Promise<Row[]> {
  provideChromium()
  await build({
    config: false,
    silent: true,
    entry: [`${WIDGET}/src/testing/history-page.ts`],
    tsconfig: `${WIDGET}/tsconfig.json`,
    esbuildPlugins: [inlineStyles],
    outDir: FOLDER,
    format: 'esm',
    target: 'es2022',
    platform: 'browser',
    minify: true,
    noExternal: [/.*/],
    env: { NODE_ENV: 'production' },
  })
  const site = await startStaticSite({ '/': PAGE }, FOLDER)
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const long: Visit[] = []
    const short: Visit[] = []
    for (let round = -1; round < rounds; round++) {
      const visits = [await visit(browser, site.origin, 10_000), await visit(browser, site.origin, 1_000)] as const
      if (round < 0) continue
      long.push(visits[0])
      short.push(visits[1])
    }
    const row = (name: string, part: keyof Visit, unit: Row['unit'], goal: Row['goal']): Row => ({
      name: `${name}, 10,000 messages, CPU 4×`,
      unit,
      figures: long.map((visit) => visit[part]),
      baselines: short.map((visit) => visit[part]),
      baselineName: '1,000 messages',
      goal,
    })
    return [
      row('panel opened', 'open', 'ms', { ratioAtMost: 1.25 }),
      row('message appended', 'append', 'ms', { ratioAtMost: 1.25 }),
      row('elements of the thread', 'elements', 'elements', { figureAtMost: 150 }),
      row('heap added', 'heap', 'kB', { figureAtMost: 12_288 }),
    ]
  } finally {
    await browser.close()
    site.close()
  }
}

async function visit(browser: Browser, url: string, count: number): Promise<Visit> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 800 } })
  try {
    const page = await context.newPage()
    const devtools = await context.newCDPSession(page)
    const heap = async () => {
      await devtools.send('HeapProfiler.collectGarbage')
      return (await devtools.send('Runtime.getHeapUsage')).usedSize / 1024
    }
    await page.goto(url)
    await page.evaluate((messages) => history_.prepare(messages), count)
    const before = await heap()
    await page.evaluate(() => history_.load())
    const added = (await heap()) - before
    await devtools.send('Emulation.setCPUThrottlingRate', { rate: 4 })
    const open = await page.evaluate(() => history_.open())
    const appends: number[] = []
    for (let index = 0; index < APPENDED; index++) appends.push(await page.evaluate(() => history_.append()))
    return { open, append: median(appends), elements: await page.evaluate(() => history_.elements()), heap: added }
  } finally {
    await context.close()
  }
}
