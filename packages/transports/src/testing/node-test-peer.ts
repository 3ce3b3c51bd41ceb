import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo, Socket } from 'node:net'
import { WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { Server as SocketIoServer } from 'socket.io'
import { WebSocketServer } from 'ws'
import { answerHttp } from './http-answer.js'
import { createScriptedServer, type ScriptedPeer } from './scripted-server.js'

/** A real http server on a free port of loopback, with a WebSocket at `/chat/ws`, socket.io at `/chat/socket.io/`, and `/chat/poll` and `/chat/sse`. */
export interface NodeTestPeer extends ScriptedPeer {
  readonly url: string
  close(): Promise<void>
  /** TCP sockets that are open, and sessions that need none at the moment. */
  connections(): number
  /** Address and headers of every request and upgrade so far. */
  requests(): readonly string[]
  /** From now on nothing reaches the client, and no connection ends. */
  freeze(): void
}

/** What a peer may do differently from its defaults. */
export interface NodeTestPeerOptions {
  /** Milliseconds between socket.io's pings, and how long it waits for an answer. */
  pingMs?: number
  /** False: every upgrade is refused, as some proxies do. */
  upgrades?: boolean
}

/** Starts a peer for the transports that need a network. */
export async function createNodeTestPeer(options: NodeTestPeerOptions = {}): Promise<NodeTestPeer> {
  const { pingMs = 25_000, upgrades = true } = options
  const script = createScriptedServer()
  const sockets = new Set<Socket>()
  const requests: string[] = []
  const note = (request: IncomingMessage) => requests.push(`${request.url} ${JSON.stringify(request.headers)}`)

  const http = createServer((request, response) => {
    const path = request.url?.split('?')[0]
    if (path === '/chat/poll' || path === '/chat/sse') void answerHttp(script, request, response)
    else response.writeHead(404).end()
  })
  http.on('connection', (socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  http.prependListener('request', note)
  http.prependListener('upgrade', note)

  const webSockets = new WebSocketServer({
    noServer: true,
    handleProtocols: (protocols) => protocols.has(WEBSOCKET_SUBPROTOCOL) && WEBSOCKET_SUBPROTOCOL,
  })
  http.on('upgrade', (request, socket, head) => {
    if (!upgrades) return void socket.end('HTTP/1.1 403 Forbidden\r\n\r\n')
    if (request.url !== '/chat/ws') return
    webSockets.handleUpgrade(request, socket, head, (client) => {
      const handler = script.accept({
        send: (text) => client.send(text),
        close: () => client.close(1000),
        cut: () => client.terminate(),
      })
      client.on('message', (data) => handler.received(String(data)))
      client.on('close', handler.closed)
    })
  })

  const socketIo = new SocketIoServer(http, {
    path: '/chat/socket.io/',
    serveClient: false,
    transports: upgrades ? ['websocket', 'polling'] : ['polling'],
    destroyUpgrade: false,
    pingInterval: pingMs,
    pingTimeout: pingMs,
  })
  socketIo.on('connection', (client) => {
    const handler = script.accept({
      send: (text) => client.emit('frame', payloadOf(text)),
      close: () => client.disconnect(true),
      cut() {
        destroyAll(sockets)
        // Between two polls there is no line to cut: the session has to go as well.
        client.conn.close(true)
      },
    })
    client.on('frame', (text: string) => handler.received(text))
    client.on('disconnect', handler.closed)
  })

  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve))
  let closing: Promise<void> | undefined
  return {
    ...script.peer,
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}/chat`,
    connections: () => sockets.size + script.peer.connections(),
    requests: () => requests,
    freeze() {
      for (const socket of sockets) socket.cork()
    },
    close() {
      closing ??= new Promise((resolve) => {
        http.once('close', () => resolve())
        webSockets.close()
        void socketIo.close()
        destroyAll(sockets)
      })
      return closing
    },
  }
}

function destroyAll(sockets: ReadonlySet<Socket>): void {
  for (const socket of sockets) socket.destroy()
}

/** A frame goes over socket.io as a value; text that is none goes as it is. */
function payloadOf(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
