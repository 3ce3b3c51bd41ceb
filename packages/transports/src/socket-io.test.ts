import { io } from 'socket.io-client'
import { describe, expect, it, vi } from 'vitest'
import { socketIoTransport } from './socket-io.js'
import { connectOptions } from './testing/connect-options.js'
import { createNodeTestPeer } from './testing/node-test-peer.js'
import { ACCEPTED_TOKEN } from './testing/scripted-server.js'
import { testTransport } from './testing/test-transport.js'

testTransport('socket-io', {
  createPeer: () => createNodeTestPeer(),
  createTransport: socketIoTransport(),
})

testTransport('socket-io where WebSockets are refused', {
  createPeer: () => createNodeTestPeer({ upgrades: false }),
  createTransport: socketIoTransport({ io }),
})

describe('socketIoTransport', () => {
  it('threat 8: the token is in no address and in no header', async () => {
    const peer = await createNodeTestPeer()
    const transport = socketIoTransport({ io })()
    await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart }))
    expect(peer.requests().length).toBeGreaterThan(0)
    expect(peer.requests().join()).not.toContain(ACCEPTED_TOKEN)
    expect(peer.frames()).toMatchObject([{ type: 'session.start', token: ACCEPTED_TOKEN }])
    await transport.close()
    await peer.close()
  })

  it('[T2] a client library that cannot be loaded is a server that cannot be reached', async () => {
    const failing = () => {
      throw new Error('chunk not found')
    }
    const peer = await createNodeTestPeer()
    const transport = socketIoTransport({ io: failing as unknown as typeof io })()
    const attempt = transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart }))
    await expect(attempt).rejects.toMatchObject({ code: 'OFFLINE', cause: { message: 'chunk not found' } })
    await peer.close()
  })

  it('[T10] a far side that no longer pings is a timeout', async () => {
    const peer = await createNodeTestPeer({ pingMs: 100 })
    const transport = socketIoTransport()()
    const onClose = vi.fn()
    await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart, onClose }))
    peer.freeze()
    await expect.poll(() => onClose.mock.calls).toHaveLength(1)
    expect(onClose.mock.calls[0]).toMatchObject([{ reason: 'timeout', error: { code: 'TIMEOUT', retryable: true } }])
    await peer.close()
  })
})
