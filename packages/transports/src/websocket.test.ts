import { describe, expect, it } from 'vitest'
import { WebSocket as NodeWebSocket } from 'ws'
import { connectOptions } from './testing/connect-options.js'
import { createNodeTestPeer } from './testing/node-test-peer.js'
import { ACCEPTED_TOKEN, createScriptedServer } from './testing/scripted-server.js'
import { testTransport } from './testing/test-transport.js'
import { webSocketTransport } from './websocket.js'

const WebSocket = NodeWebSocket as unknown as typeof globalThis.WebSocket

testTransport('websocket', {
  createPeer: () => createNodeTestPeer(),
  createTransport: webSocketTransport({ WebSocket }),
})

describe('webSocketTransport', () => {
  it('threat 8: the token is in no address and in no header', async () => {
    const peer = await createNodeTestPeer()
    const transport = webSocketTransport({ WebSocket })()
    await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart }))
    expect(peer.requests()).toHaveLength(1)
    expect(peer.requests().join()).not.toContain(ACCEPTED_TOKEN)
    expect(peer.frames()).toMatchObject([{ type: 'session.start', token: ACCEPTED_TOKEN }])
    await transport.close()
    await peer.close()
  })

  it.each([
    ['https://chat.example.com', 'wss://chat.example.com/ws'],
    ['https://example.com/chat/', 'wss://example.com/chat/ws'],
    ['http://localhost:3001', 'ws://localhost:3001/ws'],
  ])('connects from %s to %s', async (url, expected) => {
    const opened: unknown[][] = []
    class Recorded {
      constructor(...args: unknown[]) {
        opened.push(args)
        throw new Error('recorded')
      }
    }
    const transport = webSocketTransport({ WebSocket: Recorded as unknown as typeof globalThis.WebSocket })()
    const attempt = transport.connect(connectOptions({ url, getStart: createScriptedServer().peer.makeStart }))
    await expect(attempt).rejects.toMatchObject({ code: 'OFFLINE', cause: { message: 'recorded' } })
    expect(opened).toEqual([[expected, 'chatdesk.v1']])
  })

  it('[T4] a socket that is closing takes nothing, although it does not say so', async () => {
    const peer = await createNodeTestPeer()
    let socket: globalThis.WebSocket | undefined
    class Kept extends NodeWebSocket {
      constructor(url: string, protocol: string) {
        super(url, protocol)
        socket = this as unknown as globalThis.WebSocket
      }
    }
    const transport = webSocketTransport({ WebSocket: Kept as unknown as typeof globalThis.WebSocket })()
    await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart }))
    socket?.close()
    expect(transport.status).toBe('open')
    await expect(transport.send(peer.makeMessage('lost?'))).rejects.toMatchObject({ code: 'NOT_OPEN' })
    await transport.close()
    await peer.close()
  })
})
