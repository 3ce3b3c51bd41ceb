import { once } from 'node:events'
import { existsSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { extname, join, normalize } from 'node:path'
import { gzipSync } from 'node:zlib'

const TYPES: Record<string, string> = { '.js': 'text/javascript', '.css': 'text/css', '.html': 'text/html' }

/** A static server on loopback: pages from memory, everything else from a folder; compressed, as ours does. */
export async function startStaticSite(
  pages: Record<string, string>,
  folder: string,
): Promise<{ origin: string; close(): void }> {
  const server = createServer((request, response) => {
    const path = normalize(new URL(request.url ?? '/', 'http://site').pathname)
    const file = join(folder, path)
    const body = pages[path] ?? (existsSync(file) && extname(file) ? readFileSync(file) : undefined)
    const type = TYPES[extname(path) || '.html'] ?? 'application/octet-stream'
    const headers = { 'content-type': `${type}; charset=utf-8`, 'content-encoding': 'gzip' }
    response.writeHead(body === undefined ? 404 : 200, headers).end(gzipSync(body ?? ''))
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    origin: `http://127.0.0.1:${(server.address() as { port: number }).port}`,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }
}
