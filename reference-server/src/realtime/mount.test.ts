import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { afterEach, describe, expect, it, vi } from 'vitest'
import { WebSocket, WebSocketServer } from 'ws'
import { upgrade } from './testing/raw-upgrade.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'

let served: ServedRealtime
afterEach(() => served.close())

describe('the host keeps what is its own', () => {
  it('[P4] its WebSocket on another path, with a slow sign-in, outlives attach', async () => {
    const http = createServer()
    const hostSockets = new WebSocketServer({ noServer: true })
    let admit = () => {}
    http.on('upgrade', (request: IncomingMessage, socket: Duplex, head: Buffer) => {
      if (request.url !== '/host') return
      admit = () => hostSockets.handleUpgrade(request, socket, head, (socket) => socket.send('welcome'))
    })
    served = await serveRealtime({ http })
    // engine.io cuts after a second what it does not own, unless it is told otherwise.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
    const socket = new WebSocket(`${served.url.replace('http', 'ws')}/host`)
    const welcome = once(socket, 'message')
    await once(http, 'upgrade')
    vi.advanceTimersByTime(60_000)
    admit()
    expect(String((await welcome)[0])).toBe('welcome')
    socket.terminate()
    vi.useRealTimers()
  })

  it('answers an upgrade that nobody else could want, and takes only its own paths', async () => {
    served = await serveRealtime({ path: '/chat' })
    for (const path of ['/ws', '/chat/ws/', '/chat', '/chat/socket.io/chat/?EIO=4&transport=websocket', '/other']) {
      const { head } = await upgrade(served.http, path, { 'Sec-WebSocket-Protocol': WEBSOCKET_SUBPROTOCOL })
      expect(head, path).toContain('404 Not Found')
    }
    const { head, socket } = await upgrade(served.http, '/chat/ws?a=b', {
      'Sec-WebSocket-Protocol': `other, ${WEBSOCKET_SUBPROTOCOL}`,
    })
    expect(head).toContain('101 Switching Protocols')
    socket.destroy()
  })

  it('[S8] refuses a WebSocket that does not speak the protocol', async () => {
    served = await serveRealtime()
    expect((await upgrade(served.http, '/ws')).head).toContain('400 Bad Request')
    expect((await upgrade(served.http, '/ws', { 'Sec-WebSocket-Protocol': 'chatdesk.v9' })).head).toContain(
      '400 Bad Request',
    )
  })

  it.each(['/ws', '/socket.io/?EIO=4&transport=websocket'])(
    'gets its server back at once, though a peer on %s does not say that it has heard',
    async (path) => {
      served = await serveRealtime()
      const { socket } = await upgrade(served.http, path, { 'Sec-WebSocket-Protocol': WEBSOCKET_SUBPROTOCOL })
      const cut = once(socket, 'close')
      await served.realtime.close()
      await new Promise((resolve) => served.http.close(resolve))
      await cut
    },
  )

  it('still answers its own requests, and gets its server back', async () => {
    const http = createServer((request, response) => response.end(`host: ${request.url}`))
    served = await serveRealtime({ http })
    const ask = async (path: string) => (await fetch(served.url + path)).text()
    expect(await ask('/socket.io/chat/')).toBe('host: /socket.io/chat/')
    expect(await ask('/socket.io/?EIO=4&transport=polling')).toMatch(/^0\{"sid"/)
    await served.realtime.close()
    expect(await ask('/socket.io/?EIO=4')).toBe('host: /socket.io/?EIO=4')
    expect(http.listenerCount('upgrade')).toBe(0)
  })
})
