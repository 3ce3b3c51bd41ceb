import { createHash } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { beforeAll, expect, it } from 'vitest'

const folder = new URL('../demo-site/', import.meta.url)
let page: string

beforeAll(async () => {
  page = await readFile(new URL('index.html', folder), 'utf8')
})

it('allows its one inline script, the snippet, by hash', () => {
  const policy = /http-equiv="Content-Security-Policy"\s+content="([^"]+)"/.exec(page)?.[1]
  const inline = [...page.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, script]) => script ?? '')
  expect(inline).toHaveLength(1)
  const hash = createHash('sha256')
    .update(inline[0] ?? '')
    .digest('base64')
  expect(policy).toContain(`script-src 'self' 'sha256-${hash}' https://*.razorpay.com http://127.0.0.1:*;`)
  expect(policy).not.toContain('unsafe')
})

it('embeds the demo widget by the snippet, from its own server', () => {
  expect(page).toContain("'script','chatdesk','/widget.js'")
  expect(page).toContain("widgetKey: 'wk_demo'")
})

it('asks no other server for anything', async () => {
  const sources = [page, await readFile(new URL('site.css', folder), 'utf8')].join('\n')
  const addresses = [...sources.matchAll(/(?:src|href)="([^"]+)"|url\(([^)]+)\)|@import\s+([^;]+)/g)]
    .map(([, attribute, css, imported]) => attribute ?? css ?? imported ?? '')
    .filter((address) => !address.startsWith('#') && !address.startsWith('mailto:'))
  expect(addresses.length).toBeGreaterThan(3)
  const base = 'http://localhost:3001/'
  for (const address of addresses) expect(new URL(address, base).href).toMatch(base)
})

it('says what it is and where the console stands', () => {
  expect(page).toContain("This is ChatDesk's demo")
  expect(page).toContain('href="/console"')
})
