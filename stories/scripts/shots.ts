/**
 * Draws contact sheets of every story, for eyes: `npm run shots -w @chatdesk/stories [-- <part of a sheet's name> [<part of a story's name>]]`.
 * They are in `test-results/shots`.
 */
import { mkdir, rm } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { type Browser, chromium, type Page } from 'playwright'
import { createServer } from 'vite'
import { chromiumLaunchOptions } from '../../scripts/test-environment/find-chromium.js'
import type { Look } from '../shots/show-story.js'

interface Sheet extends Look {
  name: string
  width: number
  height: number
  /** Only stories with this in their name. */
  about?: string
}

const PHONE = { width: 360, height: 720 }
const TABLET = { width: 768, height: 860 }
const DESKTOP = { width: 1280, height: 800 }
const light = (locale: Look['locale'] = 'en') => ({ theme: 'light', locale }) as const
const dark = (locale: Look['locale'] = 'en') => ({ theme: 'dark', locale }) as const

const SHEETS: readonly Sheet[] = [
  { name: 'phone-light', ...PHONE, ...light() },
  { name: 'phone-dark', ...PHONE, ...dark() },
  { name: 'phone-arabic', ...PHONE, ...light('ar') },
  { name: 'phone-arabic-dark', ...PHONE, ...dark('ar') },
  { name: 'phone-german', ...PHONE, ...light('de') },
  { name: 'phone-longer', ...PHONE, ...light(), longer: true },
  { name: 'phone-hindi', ...PHONE, ...light('hi') },
  { name: 'phone-tamil', ...PHONE, ...light('ta') },
  { name: 'phone-bengali', ...PHONE, ...light('bn') },
  { name: 'phone-urdu', ...PHONE, ...light('ur') },
  { name: 'tablet-light', ...TABLET, ...light() },
  { name: 'tablet-dark', ...TABLET, ...dark() },
  { name: 'tablet-arabic', ...TABLET, ...light('ar') },
  { name: 'desktop-light', ...DESKTOP, ...light() },
  { name: 'desktop-dark', ...DESKTOP, ...dark() },
  { name: 'desktop-arabic', ...DESKTOP, ...light('ar') },
  { name: 'zoomed', width: 320, height: 256, ...light() },
]

/** Pictures on one page of a sheet. */
const PER_PAGE = 10
/** Of a wide window only what the widget stands in. */
const WIDEST = 480

const outDir = fileURLToPath(new URL('../../test-results/shots/', import.meta.url))

interface Shot {
  name: string
  png: Buffer
}

async function shoot(page: Page, sheet: Sheet, about: string): Promise<Shot[]> {
  await page.setViewportSize(sheet)
  const names = await page.evaluate(() => window.storyNames)
  const shots: Shot[] = []
  for (const name of names.filter((each) => each.toLowerCase().includes(about))) {
    const { theme, locale, longer } = sheet
    // A state that this size does not have is shown as far as it goes.
    const problem = await page
      .evaluate(([name, look]) => window.showStory(name, look), [name, { theme, locale, longer: !!longer }] as const)
      .then(
        () => '',
        (error: Error) => error.message.split('\n')[0] ?? '',
      )
    if (problem) console.warn(`${sheet.name}, ${name}: ${problem}`)
    // What comes when the browser is idle is drawn by then.
    await page.waitForTimeout(400)
    shots.push({ name, png: await page.screenshot({ animations: 'disabled', clip: await clipOf(page, sheet) }) })
  }
  return shots
}

/** Where the widget is: the whole of a narrow window, the widget's side of a wide one. */
async function clipOf(page: Page, { width, height }: Sheet) {
  const box = await page.evaluate(() => {
    const root = document.querySelector('chatdesk-widget')?.shadowRoot
    const { left, right } = (
      root?.querySelector('dialog[open], section[open], .teaser') ?? root?.querySelector('button')
    )?.getBoundingClientRect() ?? { left: 0, right: innerWidth }
    return { left, right }
  })
  const across = Math.min(width, Math.max(WIDEST, Math.ceil(box.right - box.left) + 48))
  const x = Math.max(0, Math.min(width - across, (box.left + box.right - across) / 2))
  return { x, y: 0, width: across, height }
}

/** Puts pictures side by side, each below its name. */
async function compose(browser: Browser, shots: readonly Shot[], path: string): Promise<void> {
  const page = await browser.newPage({ viewport: { width: 1, height: 1 } })
  const figures = shots.map(
    ({ name, png }) =>
      `<figure><figcaption>${name}</figcaption><img src="data:image/png;base64,${png.toString('base64')}"></figure>`,
  )
  await page.setContent(
    `<style>body{margin:8px;display:grid;grid-template-columns:repeat(5,max-content);gap:8px;font:13px sans-serif;background:#889}figure{margin:0}img{display:block}</style>${figures.join('')}`,
  )
  const { width, height } = await page.evaluate(() => ({
    width: document.documentElement.scrollWidth,
    height: document.documentElement.scrollHeight,
  }))
  await page.setViewportSize({ width, height })
  await page.screenshot({ path, fullPage: true })
  await page.close()
}

const [wantedSheet = '', wantedStory = ''] = process.argv.slice(2).map((word) => word.toLowerCase())
const server = await createServer({
  configFile: false,
  root: fileURLToPath(new URL('../', import.meta.url)),
  logLevel: 'error',
  // Stories show the sources, not what was built last.
  resolve: { conditions: ['@chatdesk/source', 'module', 'browser', 'development|production'] },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Listed so that no dependency is found in mid-run, which loads Preact twice.
  optimizeDeps: {
    include: [
      '@fingerprintjs/fingerprintjs',
      '@tanstack/virtual-core',
      'idb-keyval',
      'nanostores',
      'preact',
      'preact/hooks',
      'preact/jsx-dev-runtime',
      'preact/jsx-runtime',
      'storybook/test',
      'zod/mini',
    ],
  },
  server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
})
await server.listen()
const browser = await chromium.launch(chromiumLaunchOptions())
try {
  await mkdir(outDir, { recursive: true })
  const page = await browser.newPage()
  page.on('pageerror', (error) => console.warn(error.message))
  await page.goto(`${server.resolvedUrls?.local[0]}shots/index.html`)
  await page.waitForFunction(() => window.storyNames)
  for (const sheet of SHEETS.filter(({ name }) => name.includes(wantedSheet))) {
    const shots = await shoot(page, sheet, wantedStory)
    for (let at = 0; at < shots.length; at += PER_PAGE) {
      const path = `${outDir}${sheet.name}-${at / PER_PAGE + 1}.png`
      await rm(path, { force: true })
      await compose(browser, shots.slice(at, at + PER_PAGE), path)
      console.log(path)
    }
  }
} finally {
  await browser.close()
  await server.close()
}
