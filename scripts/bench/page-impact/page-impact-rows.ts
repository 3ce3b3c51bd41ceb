import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { chromium } from 'playwright'
import { chromiumLaunchOptions } from '../../test-environment/find-chromium.js'
import { provideChromium } from '../../test-environment/provide-chromium.js'
import { BUTTON_SCRIPT } from '../launcher/pages.js'
import { startStaticSite } from '../launcher/static-site.js'
import type { Row } from '../row.js'
import { type Impact, measureImpact } from './measure-impact.js'
import { PEER, providePeer } from './provide-peer.js'

/** As the server serves them: `/widget.js`, and `/widget/<hash>/…` beside it. */
const SERVED = fileURLToPath(new URL('../../../reference-server/dist/public', import.meta.url))

const page = (body: string) => `<!doctype html><html lang="en"><meta charset="utf-8"><title>Bench</title>
<h1>A page</h1><p>${'Some words of a page. '.repeat(200)}</p>${body}</html>`

const WIDGET = `<script async src="/widget.js"></script><script>
  window.chatdesk = window.chatdesk || function () { (chatdesk.q = chatdesk.q || []).push(arguments) }
  chatdesk('init', { widgetKey: 'wk_bench', primaryColor: '#14b8a6', position: 'bottom-right' })
</script>`

/** What the widget costs a page that nobody chats on, beside the page without it, a plain button and a peer. */
export async function pageImpactRows({ rounds }: { rounds: number }): Promise<Row[]> {
  provideChromium()
  const peer = providePeer()
  if (!peer) console.log(`${PEER.name} cannot be had: its rows are left out`)
  const pages: Record<string, string> = {
    '/plain': page(''),
    '/chat': page(WIDGET),
    '/button': page('<script async src="/button.js"></script>'),
    '/peer': page('<script async type="module" src="/peer.js"></script><deep-chat demo="true"></deep-chat>'),
    '/widget.js': readFileSync(`${SERVED}/widget/widget.js`, 'utf8'),
    '/button.js': BUTTON_SCRIPT,
    '/peer.js': peer ?? '',
  }
  const kinds = ['plain', 'chat', 'button', ...(peer ? ['peer'] : [])] as ('plain' | 'chat' | 'button' | 'peer')[]
  const site = await startStaticSite(pages, SERVED)
  const browser = await chromium.launch(chromiumLaunchOptions())
  try {
    const found: Record<(typeof kinds)[number], Impact[]> = { plain: [], chat: [], button: [], peer: [] }
    for (let round = -1; round < rounds; round++)
      for (const kind of kinds) {
        const impact = await measureImpact(browser, `${site.origin}/${kind}`)
        if (round >= 0) found[kind].push(impact)
      }
    const over = (kind: (typeof kinds)[number], base: 'plain' | 'button', part: keyof Impact) =>
      found[kind].map((impact, round) => impact[part] - (found[base][round] as Impact)[part])
    const rows: Row[] = [
      {
        name: 'blocking time added, CPU 4×',
        unit: 'ms',
        figures: over('chat', 'plain', 'blocking'),
        baselines: found.plain.map(({ blocking }) => blocking),
        baselineName: 'the page alone',
        goal: { figureAtMost: 0 },
      },
      {
        name: 'layout shift, CPU 4×',
        unit: 'CLS',
        figures: found.chat.map(({ shift }) => shift),
        baselines: found.plain.map(({ shift }) => shift),
        baselineName: 'the page alone',
        goal: { figureAtMost: 0 },
      },
    ]
    if (peer)
      rows.push({
        name: 'script time over a plain button, CPU 4×',
        unit: 'ms',
        figures: over('chat', 'button', 'script'),
        baselines: over('peer', 'button', 'script'),
        baselineName: PEER.name,
        goal: { ratioAtMost: 0.4 },
      })
    return rows
  } finally {
    await browser.close()
    site.close()
  }
}
