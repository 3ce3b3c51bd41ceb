// Serves one page on loopback, so that it has an origin of its own. Any web server would do.
import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import { pathToFileURL } from 'node:url'

/**
 * Starts the server.
 * @param {number} port Port on loopback; 0 takes a free one.
 * @returns {Promise<import('node:http').Server>} The server, listening.
 */
export async function serve(port) {
  const page = await readFile(new URL('index.html', import.meta.url))
  const server = createServer((request, response) => {
    if (request.method !== 'GET' || request.url !== '/') {
      response.writeHead(404, { 'content-type': 'text/plain' }).end('Not found\n')
      return
    }
    response
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'x-content-type-options': 'nosniff' })
      .end(page)
  })
  await new Promise((resolve, reject) => {
    server.once('error', reject).listen(port, '127.0.0.1', () => resolve(undefined))
  })
  return server
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const port = Number(process.env.PORT ?? 4000)
  await serve(port)
  console.log(`The page: http://localhost:${port}/`)
}
