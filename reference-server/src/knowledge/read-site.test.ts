import type { ServerResponse } from 'node:http'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Resolve } from '../platform/public-address.js'
import { type ReadSiteOptions, readSite } from './read-site.js'
import { sitemapOf, startSite, type TestSite } from './testing/start-site.js'

let site: TestSite
/** Stands beside it, and is of another origin. */
let other: TestSite
beforeEach(async () => {
  site = await startSite()
  other = await startSite()
})
afterEach(() => Promise.all([site.close(), other.close()]))

const signal = new AbortController().signal
const read = (options: Partial<ReadSiteOptions> = {}, path = '/sitemap.xml') =>
  readSite(`${site.url}${path}`, { allowPrivate: true, signal, ...options })
const page = (title: string, text = 'Text.') => `<html lang=en><h1>${title}</h1><p>${text}`
const reasons = async (options: Partial<ReadSiteOptions> = {}) => {
  const { pages } = await read(options)
  return Object.fromEntries(pages.skipped.map(({ url, reason }) => [url.replace(site.url, ''), reason]))
}
const refusal = (message: RegExp) => ({
  code: 'VALIDATION_FAILED',
  field: 'url',
  message: expect.stringMatching(message),
})

describe('a site', () => {
  it('is read page by page, each part with its address and its language', async () => {
    site.list('/b?x=1&y=2', '/a')
    site.pages.set('/a', '<html lang="de-AT"><title>A</title><h2 id="one">One</h2>1')
    site.pages.set('/b?x=1&y=2', page('B', 'Two'))
    expect(await read()).toEqual({
      read: [
        {
          ...{ place: 1, question: 'B' },
          entry: { question: 'B', answer: 'Two', url: `${site.url}/b?x=1&y=2`, language: 'en' },
        },
        {
          ...{ place: 2, question: 'A > One' },
          entry: { question: 'A > One', answer: '1', url: `${site.url}/a#one`, language: 'de-AT' },
        },
      ],
      pages: { listed: 2, read: 2, skipped: [] },
    })
    expect((await read({ language: 'fr' })).read.map(({ entry }) => entry?.language)).toEqual(['fr', 'fr'])
  })

  it('is read through an index, one level of it', async () => {
    const index = ['/1.xml', '/2.xml', '/deeper.xml', '/none.xml', '/page.xml'].map((path) => `${site.url}${path}`)
    site.pages.set('/sitemap.xml', sitemapOf('sitemapindex', ...index, `${other.url}/sitemap.xml`))
    site.pages.set('/1.xml', sitemapOf('urlset', `${site.url}/a`))
    site.pages.set('/2.xml', sitemapOf('urlset', `${site.url}/b`, `${site.url}/a#part`))
    site.pages.set('/deeper.xml', sitemapOf('sitemapindex', `${site.url}/1.xml`))
    site.pages.set('/page.xml', '<html></html>')
    for (const path of ['/a', '/b']) site.pages.set(path, page(path))
    expect((await read()).pages).toMatchObject({ listed: 3, read: 2 })
    expect(await reasons()).toEqual({
      ...{ '/deeper.xml': 'malformed', '/none.xml': 'status', '/page.xml': 'malformed' },
      [`${other.url}/sitemap.xml`]: 'origin',
    })
    expect(site.asked.filter((path) => path === '/1.xml')).toHaveLength(2)
    expect(other.asked).toEqual([])
  })

  it('is asked four pages at a time, 200 of them, and says what it leaves out', async () => {
    const paths = Array.from({ length: 450 }, (_, index) => `/${index}`)
    site.list(...paths)
    for (const path of paths) site.pages.set(path, page(path))
    const { read: entries, pages } = await read()
    expect(entries).toHaveLength(200)
    expect(pages).toMatchObject({ listed: 450, read: 200 })
    expect(pages.skipped).toHaveLength(200)
    expect(pages.skipped[0]).toEqual({ url: `${site.url}/200`, reason: 'tooMany' })
    expect(site.asked).toHaveLength(201)
    expect(site.atOnce).toBeLessThanOrEqual(4)
  })

  it('says of each page that says nothing why', async () => {
    site.list(
      '/gone',
      '/empty',
      '/noindex',
      '/header',
      '/picture',
      '/packed',
      '/busy',
      '/same',
      '/real',
      '/many',
      '/broken',
    )
    site.pages.set('/empty', '<title>T</title><nav>Menu</nav>')
    site.pages.set('/noindex', `<meta name=robots content=noindex>${page('n')}`)
    site.pages.set('/header', (response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'x-robots-tag': 'noindex' }).end(page('h')),
    )
    site.pages.set('/picture', (response) => response.writeHead(200, { 'content-type': 'image/png' }).end('x'))
    site.pages.set('/packed', (response) =>
      response.writeHead(200, { 'content-type': 'text/html', 'content-encoding': 'gzip' }).end('x'),
    )
    site.pages.set('/busy', '<div>'.repeat(1_000))
    site.pages.set('/same', (response) => response.writeHead(301, { location: '/target' }).end())
    site.pages.set('/real', (response) => response.writeHead(302, { location: `${site.url}/target#x` }).end())
    site.pages.set('/target', page('Target'))
    site.pages.set('/many', Array.from({ length: 120 }, (_, index) => `<h2>${index}</h2>a`).join(''))
    site.pages.set('/broken', (response) => void response.socket?.destroy())
    const found = await reasons()
    expect(['/same', '/real'].map((path) => found[path]).sort()).toEqual(['twice', undefined])
    expect(found).toMatchObject({
      ...{ '/gone': 'status', '/empty': 'empty', '/noindex': 'noindex', '/header': 'noindex', '/picture': 'type' },
      ...{ '/packed': 'type', '/busy': 'malformed', '/many': 'cut', '/broken': 'unreachable' },
    })
  })

  it('tells questions apart that several pages ask', async () => {
    site.list('/en', '/fr')
    for (const path of ['/en', '/fr']) site.pages.set(path, page('Home', path))
    expect((await read()).read.map(({ question }) => question)).toEqual(['Home (/en)', 'Home (/fr)'])
  })

  it('reads other characters than those of UTF-8', async () => {
    site.list('/a', '/b')
    const latin = Buffer.from('<h1>caf\u00e9</h1>x', 'latin1')
    site.pages.set('/a', (response) =>
      response.writeHead(200, { 'content-type': 'text/html; charset=ISO-8859-1' }).end(latin),
    )
    const named = Buffer.from('<meta charset="windows-1252"><h1>\u00fcber</h1>x', 'latin1')
    site.pages.set('/b', (response) => response.writeHead(200, { 'content-type': 'text/html' }).end(named))
    expect((await read()).read.map(({ question }) => question)).toEqual(['caf\u00e9', '\u00fcber'])
  })

  it('has a sitemap, or is not read', async () => {
    await expect(read()).rejects.toMatchObject(refusal(/is not there/))
    site.pages.set('/sitemap.xml', '<html></html>')
    await expect(read()).rejects.toMatchObject(refusal(/is none/))
    site.pages.set('/sitemap.xml', (response) => response.writeHead(200, { 'content-type': 'image/png' }).end())
    await expect(read()).rejects.toMatchObject(refusal(/no XML/))
  })
})

describe('threat 63: an import asks no address but those of the site', () => {
  const named =
    (...addresses: string[]): Resolve =>
    async () =>
      addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }))

  it.each([
    ...['http://127.0.0.1:1/sitemap.xml', 'https://127.0.0.1/sitemap.xml', 'https://[::1]/sitemap.xml'],
    ...[
      'https://169.254.169.254/latest/meta-data',
      'https://10.0.0.1/',
      'https://0x7f000001/',
      'https://[::ffff:7f00:1]/',
    ],
    ...['file:///etc/passwd', 'ftp://acme.test/sitemap.xml', 'data:text/xml,<urlset></urlset>', 'http://acme.test/'],
    ...['https://user:password@acme.test/sitemap.xml', 'gopher://acme.test/', '', 'unix:/var/run/docker.sock'],
  ])('not %j', async (address) => {
    const resolve = named('127.0.0.1')
    await expect(readSite(address, { allowPrivate: false, resolve, signal })).rejects.toMatchObject(
      refusal(/server does not ask/),
    )
  })

  it('nor a name that leads inward, alone or beside a public address, or at the second look', async () => {
    const { port } = new URL(site.url)
    const address = `https://site.test:${port}/sitemap.xml`
    for (const resolve of [named('127.0.0.1'), named('93.184.215.14', '127.0.0.1'), named('::ffff:127.0.0.1')])
      await expect(readSite(address, { allowPrivate: false, resolve, signal })).rejects.toMatchObject(
        refusal(/server does not ask/),
      )
    expect(site.asked).toEqual([])
    // Every fetch looks anew, once, and connects to what it has looked at: nobody is there at the second address.
    const rebinding = `http://rebind.test:${port}`
    site.list(`${rebinding}/a`)
    site.pages.set('/a', page('a'))
    let looks = 0
    const resolve: Resolve = async () => [{ address: ++looks === 1 ? '127.0.0.1' : '127.0.0.2', family: 4 }]
    const { pages } = await readSite(`${rebinding}/sitemap.xml`, { allowPrivate: true, resolve, signal })
    expect(pages).toEqual({ listed: 1, read: 0, skipped: [{ url: `${rebinding}/a`, reason: 'unreachable' }] })
    expect([looks, site.asked]).toEqual([2, ['/sitemap.xml']])
  })

  it('nor another origin that the sitemap lists, in whatever spelling', async () => {
    const { port } = new URL(site.url)
    const foreign = [
      ...[`${other.url}/x`, `http://localhost:${port}/x`, `https://127.0.0.1:${port}/x`, 'file:///etc/passwd', '/x'],
      ...[`//127.0.0.1:${new URL(other.url).port}/x`, `http://127.0.0.1:${port}@evil.test/`, 'javascript:alert(1)'],
      ...[`http://user@127.0.0.1:${port}/x`, 'http://[::1', ''],
    ]
    site.pages.set('/sitemap.xml', sitemapOf('urlset', ...foreign, `${site.url}/a`))
    site.pages.set('/a', page('a'))
    const { pages } = await read()
    expect(pages.read).toBe(1)
    expect(new Set(pages.skipped.map(({ reason }) => reason))).toEqual(new Set(['origin']))
    expect(other.asked).toEqual([])
    expect(site.asked).toEqual(['/sitemap.xml', '/a'])
  })

  it('nor where a redirect leads, be it of a page or of the sitemap', async () => {
    const to = (location: string) => (response: ServerResponse) => void response.writeHead(302, { location }).end()
    const targets = [
      ...[`${other.url}/x`, 'https://169.254.169.254/', 'file:///etc/passwd', 'data:text/html,<h1>q</h1>a'],
      ...['//evil.test/', 'javascript:alert(1)'],
    ]
    site.list(...targets.map((_, index) => `/${index}`), '/loop', '/credentials', '/nowhere')
    for (const [index, target] of targets.entries()) site.pages.set(`/${index}`, to(target))
    site.pages.set('/loop', to('/loop'))
    site.pages.set('/credentials', to(site.url.replace('//', '//user:password@')))
    site.pages.set('/nowhere', to('http://['))
    expect(await reasons()).toEqual({
      ...Object.fromEntries(targets.map((_, index) => [`/${index}`, 'redirect'])),
      ...{ '/loop': 'redirect', '/credentials': 'address', '/nowhere': 'unreachable' },
    })
    expect(site.asked.filter((path) => path === '/loop')).toHaveLength(6)
    site.pages.set('/sitemap.xml', to(`${other.url}/sitemap.xml`))
    await expect(read()).rejects.toMatchObject(refusal(/leads elsewhere/))
    expect(other.asked).toEqual([])
  })

  it('nor does it send what says who asks', async () => {
    let headers: Record<string, unknown> = {}
    site.pages.set('/sitemap.xml', (response, request) => {
      headers = request.headers
      response.writeHead(404).end()
    })
    await expect(read()).rejects.toThrow()
    expect(Object.keys(headers).sort()).toEqual(['accept', 'accept-encoding', 'connection', 'host', 'user-agent'])
  })
})

describe('threat 63: a site costs no more than its share', () => {
  /** Writes until nobody reads any more; says how much was taken. */
  const endless = (type: string, head = '') => {
    let bytes = 0
    let resolve: (bytes: number) => void = () => {}
    const ended = new Promise<number>((done) => {
      resolve = done
    })
    const chunk = Buffer.alloc(64 * 1024, ' ')
    const answer = (response: ServerResponse) => {
      response.writeHead(200, { 'content-type': type })
      response.write(head)
      const go = () => {
        while (bytes < 100 * 1024 * 1024) {
          bytes += chunk.length
          if (!response.write(chunk)) return
        }
        response.end()
      }
      response.on('drain', go)
      response.on('close', () => resolve(bytes))
      go()
    }
    return { answer, ended }
  }

  it('a page of 100 MB is left after 2, whether or not it says so', async () => {
    const { answer, ended } = endless('text/html', '<h1>q</h1>a')
    site.list('/endless', '/honest')
    site.pages.set('/endless', answer)
    site.pages.set('/honest', (response) => {
      response.writeHead(200, { 'content-type': 'text/html', 'content-length': 100 * 1024 * 1024 })
      response.write('<h1>q</h1>a')
    })
    expect(await reasons()).toEqual({ '/endless': 'large', '/honest': 'large' })
    expect(await ended).toBeLessThan(20 * 1024 * 1024)
  })

  it('so is a sitemap after 10', async () => {
    const { answer, ended } = endless('application/xml', '<urlset>')
    site.pages.set('/sitemap.xml', answer)
    await expect(read()).rejects.toMatchObject(refusal(/too large/))
    expect(await ended).toBeLessThan(40 * 1024 * 1024)
  })

  it('a sitemap of entities, or of sitemaps without an end, is none', async () => {
    const entities =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]><urlset><url><loc>&b;</loc></url></urlset>'
    site.pages.set('/sitemap.xml', entities)
    await expect(read()).rejects.toMatchObject(refusal(/is none/))
    const many = Array.from({ length: 500 }, (_, index) => `${site.url}/${index}.xml`)
    site.pages.set('/sitemap.xml', sitemapOf('sitemapindex', ...many))
    for (const [index] of many.entries()) site.pages.set(`/${index}.xml`, sitemapOf('sitemapindex', ...many))
    const { pages } = await read()
    expect(pages).toMatchObject({ listed: 0, read: 0 })
    expect(site.asked.length).toBeLessThanOrEqual(2 + 20)
  })

  it('a page that is slow, in its head or its body, is not waited for, and keeps no other', async () => {
    site.list('/head', '/body', '/fine')
    site.pages.set('/head', () => {})
    site.pages.set('/body', (response) => void response.writeHead(200, { 'content-type': 'text/html' }).write('<h1>q'))
    site.pages.set('/fine', page('fine'))
    const { read: entries, pages } = await read({ pageMs: 400 })
    expect(entries).toMatchObject([{ question: 'fine' }])
    expect(pages.skipped.map(({ reason }) => reason)).toEqual(['timeout', 'timeout'])
  })

  it('after its time it says which pages were not reached', async () => {
    const paths = Array.from({ length: 20 }, (_, index) => `/${index}`)
    site.list('/first', ...paths)
    site.pages.set('/first', page('first'))
    for (const path of paths) site.pages.set(path, () => {})
    const { read: entries, pages } = await read({ totalMs: 1_500 })
    expect(entries).toMatchObject([{ question: 'first' }])
    expect(pages.skipped).toEqual(paths.map((path) => ({ url: `${site.url}${path}`, reason: 'notReached' })))
    // Those in whose place others would have been asked were waited for, and no more were begun.
    expect(site.asked.length).toBeLessThanOrEqual(2 + 4)
  })

  it('nobody waits any more: nothing more is asked', async () => {
    const gone = new AbortController()
    site.list('/a', '/b', '/c', '/d', '/e', '/f')
    for (const path of ['/a', '/b', '/c', '/d']) site.pages.set(path, () => gone.abort())
    const { pages } = await read({ signal: gone.signal })
    expect(pages).toMatchObject({ read: 0 })
    expect(site.asked).not.toContain('/f')
  })
})

it('threat 66: what a page hides is in no entry', async () => {
  site.list('/a')
  site.pages.set('/a', '<h1>q</h1>Yes.<div style="display:none">POISON</div><!-- POISON --><h2 hidden>POISON</h2>')
  const found = JSON.stringify(await read())
  expect(found).toContain('Yes.')
  expect(found).not.toContain('POISON')
})
