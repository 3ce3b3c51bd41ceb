import { type AddressInfo, createServer, type Socket } from 'node:net'
import { io } from 'socket.io-client'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { WebSocket as NodeWebSocket } from 'ws'
import { pollingTransport } from './polling.js'
import { socketIoTransport } from './socket-io.js'
import { sseTransport } from './sse.js'
import { connectOptions } from './testing/connect-options.js'
import { nodeFetch } from './testing/node-fetch.js'
import { createScriptedServer } from './testing/scripted-server.js'
import { webSocketTransport } from './websocket.js'

const WebSocket = NodeWebSocket as unknown as typeof globalThis.WebSocket
const getStart = createScriptedServer().peer.makeStart

describe.each([
  { name: 'websocket', create: webSocketTransport({ WebSocket }) },
  { name: 'socket-io', create: socketIoTransport({ io }) },
  { name: 'sse', create: sseTransport({ fetch: nodeFetch() }) },
  { name: 'polling', create: pollingTransport({ fetch: nodeFetch() }) },
])('$name on a server that takes connections and says nothing', ({ create }) => {
  const sockets = new Set<Socket>()
  const server = createServer((socket) => {
    sockets.add(socket)
    socket.on('error', () => {}).on('close', () => sockets.delete(socket))
    socket.resume()
  })
  let url = ''
  beforeEach(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  })
  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    await new Promise((resolve) => server.close(resolve))
  })

  it('[T3] an abort lets go of the connection', async () => {
    const controller = new AbortController()
    const attempt = create().connect(connectOptions({ url, signal: controller.signal, getStart }))
    attempt.catch(() => {})
    await expect.poll(() => sockets.size).toBeGreaterThan(0)
    controller.abort()
    await expect(attempt).rejects.toMatchObject({ code: 'ABORTED' })
    await expect.poll(() => sockets.size).toBe(0)
  })
})
