import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'

/** A customer's own site, on an origin of its own. */
export interface HostSite {
  origin: string
  /** What was asked of it, with headers: a token has no business here. */
  requests: IncomingMessage[]
  close(): Promise<void>
}

/** Serves one page at every path, with the headers given. */
export async function startHostSite(
  html: string | (() => string),
  headers: Record<string, string> = {},
): Promise<HostSite> {
  const requests: IncomingMessage[] = []
  const server = createServer((request, response) => {
    requests.push(request)
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers })
      .end(typeof html === 'string' ? html : html())
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
