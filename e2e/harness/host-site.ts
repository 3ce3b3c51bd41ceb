import { once } from 'node:events'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { extname } from 'node:path'

/** A customer's own site, on an origin of its own. */
export interface HostSite {
  origin: string
  /** What was asked of it, with headers: a token has no business here. */
  requests: IncomingMessage[]
  close(): Promise<void>
}

/**
 * Serves one page at every path, with the headers given.
 *
 * @param scripts what stands at other paths.
 */
export function startHostSite(
  html: string | (() => string),
  headers: Record<string, string> = {},
  scripts: Readonly<Record<string, string>> = {},
): Promise<HostSite> {
  return listenOnLoopback(({ url = '/' }, response) => {
    const script = scripts[url]
    if (script !== undefined) return void response.writeHead(200, { 'content-type': 'text/javascript' }).end(script)
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
      .end(typeof html === 'string' ? html : html())
  })
}

const TYPES: Record<string, string> = { '.html': 'text/html; charset=utf-8', '.js': 'text/javascript' }

/** Serves an app as it was built, with its server's address in place of the one that is written in it. */
export function startBuiltApp(folder: URL, written: string, serverUrl: string): Promise<HostSite> {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) => extname(name) in TYPES)
  const files = new Map(
    names.map((name) => [`/${name}`, readFileSync(new URL(name, folder), 'utf8').replaceAll(written, serverUrl)]),
  )
  return listenOnLoopback(({ url = '/' }, response) => {
    const name = url === '/' ? '/index.html' : url
    const text = files.get(name)
    response
      .writeHead(text === undefined ? 404 : 200, { 'content-type': TYPES[extname(name)] ?? 'text/plain' })
      .end(text)
  })
}

async function listenOnLoopback(answer: RequestListener): Promise<HostSite> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    answer(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as { port: number }
  return {
    origin: `http://127.0.0.1:${port}`,
    requests,
    async close() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
