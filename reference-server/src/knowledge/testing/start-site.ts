import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'

/** What stands at a path: a page, or whatever answers. */
export type SitePage = string | ((response: ServerResponse, request: IncomingMessage) => void)

/** A site on loopback. */
export interface TestSite {
  readonly url: string
  /** What stands there; whoever sets it moves the site along. */
  readonly pages: Map<string, SitePage>
  /** Paths that were asked, in their order. */
  readonly asked: readonly string[]
  /** Requests that were open at the same time, at most. */
  readonly atOnce: number
  /** Writes a sitemap of these paths, or addresses, at `/sitemap.xml`. */
  list(...locs: string[]): void
  close(): Promise<void>
}

/** Starts one. */
export async function startSite(): Promise<TestSite> {
  const pages = new Map<string, SitePage>()
  const asked: string[] = []
  let open = 0
  let atOnce = 0
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    atOnce = Math.max(atOnce, ++open)
    response.on('close', () => open--)
    const page = pages.get(path)
    if (page === undefined) response.writeHead(404, { 'content-type': 'text/html' }).end('<h1>Not found</h1>No.')
    else if (typeof page === 'function') page(response, request)
    else {
      const type = path.endsWith('.xml') ? 'application/xml' : 'text/html; charset=utf-8'
      response.writeHead(200, { 'content-type': type }).end(page)
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  return {
    ...{ url, pages, asked },
    get atOnce() {
      return atOnce
    },
    list(...locs) {
      pages.set('/sitemap.xml', sitemapOf('urlset', ...locs.map((loc) => (loc.startsWith('/') ? `${url}${loc}` : loc))))
    },
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/** A sitemap, or an index of them. */
export function sitemapOf(root: 'urlset' | 'sitemapindex', ...locs: string[]): string {
  const entries = locs.map((loc) => `<url><loc>${loc.replaceAll('&', '&amp;')}</loc></url>`)
  return `<?xml version="1.0" encoding="UTF-8"?><${root}>${entries.join('')}</${root}>`
}
