import { expect, it } from 'vitest'
import { readSitemap } from './read-sitemap.js'

const urlset = (...locs: string[]) =>
  `<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${locs
    .map((loc) => `<url><loc>${loc}</loc><lastmod>2026-01-01</lastmod></url>`)
    .join('\n')}</urlset>\n`

it('reads addresses, and nothing else that has one', () => {
  const image = '<image:image><image:loc>https://acme.test/i.png</image:loc></image:image>'
  const text = urlset(' https://acme.test/a?x=1&amp;y=%C3%A9&#38;z=&#x31; ', `https://acme.test/b</loc>${image}<loc>`)
  expect(readSitemap(text)).toEqual({
    ...{ lists: 'pages', addresses: ['https://acme.test/a?x=1&y=%C3%A9&z=1', 'https://acme.test/b'] },
  })
  expect(readSitemap(`\ufeff<!-- <loc>no</loc> -->${urlset('<![CDATA[https://acme.test/a&b]]>')}`.trim())).toEqual({
    ...{ lists: 'pages', addresses: ['https://acme.test/a&b'] },
  })
  const index = '<s:sitemapindex><s:sitemap><s:loc>https://acme.test/1.xml</s:loc></s:sitemap></s:sitemapindex>'
  expect(readSitemap(index)).toEqual({ lists: 'sitemaps', addresses: ['https://acme.test/1.xml'] })
  const styled = `<?xml version="1.0"?>\n<?xml-stylesheet href="a.xsl"?> ${index}`
  expect(readSitemap(styled)).toEqual(readSitemap(index))
  expect(readSitemap('<urlset></urlset>')).toEqual({ lists: 'pages', addresses: [] })
})

it.each([
  ['nothing', ''],
  ['a page', '<!doctype html><html><loc>x</loc></html>'],
  ['another document', '<rss><loc>x</loc></rss>'],
  ['one that breaks off', urlset('https://acme.test/').slice(0, -10)],
  ['a comment without an end', `<!-- ${urlset('https://acme.test/')}`],
  ['an instruction without an end', `<?xml ${urlset('https://acme.test/')}`],
  ['a JSON', '{"loc":1}'],
])('refuses %s', (_what, text) => expect(readSitemap(text)).toBeUndefined())

it('threat 63: refuses whatever declares entities, of this file or of another', () => {
  const body = '<urlset><url><loc>&x;</loc></url></urlset>'
  for (const type of [
    '<!DOCTYPE x [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
    '<!DOCTYPE x SYSTEM "https://evil.test/x.dtd">',
    '<!DOCTYPE lolz [<!ENTITY a "lol"><!ENTITY x "&a;&a;&a;">]>',
    '<!doctype x>',
    '<!ENTITY x "y">',
  ]) {
    expect(readSitemap(`<?xml version="1.0"?>${type}${body}`)).toBeUndefined()
    expect(readSitemap(`<urlset>${type}</urlset>`)).toBeUndefined()
  }
  expect(readSitemap(body)?.addresses).toEqual(['&x;'])
})

it.each(['<??>', '<?a?>  ', '<?', ' '])('threat 49: comes to an end with %j many times', (one) => {
  expect(readSitemap(`${one.repeat(300_000)}x`)).toBeUndefined()
})

it('threat 63: reads no more than a sitemap may hold', () => {
  expect(
    readSitemap(urlset(...Array.from({ length: 60_000 }, (_, at) => `https://acme.test/${at}`)))?.addresses,
  ).toHaveLength(50_000)
  for (const bomb of [
    '<loc>'.repeat(500_000),
    '<loc></loc>'.repeat(500_000),
    '<!---->'.repeat(300_000),
    '<loc>&#x;'.repeat(300_000),
  ])
    expect(readSitemap(`<urlset>${bomb}</urlset>`)?.addresses ?? []).toEqual([])
})
