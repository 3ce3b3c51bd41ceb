import { describe, expect, it } from 'vitest'
import { sseTransport } from './sse.js'
import { connectOptions } from './testing/connect-options.js'
import { nodeFetch } from './testing/node-fetch.js'
import { createNodeTestPeer } from './testing/node-test-peer.js'
import { ACCEPTED_TOKEN } from './testing/scripted-server.js'
import { testTransport } from './testing/test-transport.js'

testTransport('sse', {
  createPeer: () => createNodeTestPeer(),
  createTransport: sseTransport({ fetch: nodeFetch() }),
})

describe('sseTransport', () => {
  it('threat 8: the token is in no address and in no header', async () => {
    const peer = await createNodeTestPeer()
    const transport = sseTransport({ fetch: nodeFetch() })()
    await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart }))
    await transport.send(peer.makeMessage('hello'))
    await expect.poll(peer.received).toEqual(['hello'])
    expect(peer.requests().length).toBeGreaterThan(1)
    expect(peer.requests().join()).not.toContain(ACCEPTED_TOKEN)
    await transport.close()
    await peer.close()
  })
})
