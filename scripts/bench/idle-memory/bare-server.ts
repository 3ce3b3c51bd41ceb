// What a connection costs with the library alone: it is accepted and kept, and nothing is known of whose it is.
import { createServer, type ServerResponse } from 'node:http'
import { Server } from 'socket.io'
import { WebSocketServer } from 'ws'
import { announce } from '../server-process.js'

const [transport] = process.argv.slice(2)
const waiting = new Set<ServerResponse>()
const server = createServer((request, response) => {
  request.resume()
  waiting.add(response)
  response.once('close', () => waiting.delete(response))
  // A poll is answered when there is news, and there is none.
  if (transport === 'sse') response.writeHead(200, { 'content-type': 'text/event-stream' }).write('data:hello\n\n')
})
if (transport === 'websocket')
  new WebSocketServer({ server, perMessageDeflate: false }).on('connection', (socket) => {
    socket.on('message', (data) => socket.send(String(data)))
  })
if (transport === 'socket-io')
  new Server(server, { serveClient: false, perMessageDeflate: false }).on('connection', (socket) => {
    socket.on('frame', (text: string) => void socket.emit('frame', text))
  })
server.listen(0, '127.0.0.1', () => announce({ port: (server.address() as { port: number }).port }))
