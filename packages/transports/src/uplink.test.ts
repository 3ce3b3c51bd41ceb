import type { TransportClosure } from '@chatdesk/core'
import type { ServerFrame } from '@chatdesk/protocol'
import { expect, it } from 'vitest'
import { connectOptions } from './testing/connect-options.js'
import { nodeFetch } from './testing/node-fetch.js'
import { createNodeTestPeer } from './testing/node-test-peer.js'
import { ACCEPTED_TOKEN } from './testing/scripted-server.js'
import { uplinkTransport } from './uplink.js'

it('[T9] asks once, again at each ping, and holds no request between', async () => {
  const peer = await createNodeTestPeer()
  const transport = uplinkTransport({ fetch: nodeFetch() })()
  const types: ServerFrame['type'][] = []
  const onFrame = (frame: ServerFrame) => types.push(frame.type)
  await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart, onFrame }))
  for (const count of [2, 3]) {
    await transport.send({ type: 'ping' })
    await expect.poll(() => types.length).toBe(count)
  }
  await transport.send(peer.makeMessage('hello'))
  await expect.poll(peer.received).toEqual(['hello'])
  expect(new Set(types)).toEqual(new Set(['session.ready', 'ack']))
  expect(types.filter((type) => type === 'session.ready')).toHaveLength(3)
  await transport.close()
  await peer.close()
})

it('threat 8: the token is in no address and in no header', async () => {
  const peer = await createNodeTestPeer()
  const transport = uplinkTransport({ fetch: nodeFetch() })()
  await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart }))
  await transport.send(peer.makeMessage('hello'))
  await expect.poll(peer.received).toEqual(['hello'])
  expect(peer.requests()).toHaveLength(2)
  expect(peer.requests().join()).not.toContain(ACCEPTED_TOKEN)
  await transport.close()
  await peer.close()
})

it('[T3] [T10] an end while nothing is asked leaves nothing behind, and the next question finds a server that is gone', async () => {
  const peer = await createNodeTestPeer()
  const create = uplinkTransport({ fetch: nodeFetch() })
  const closures: string[] = []
  const open = async () => {
    const transport = create()
    const onClose = ({ reason }: TransportClosure) => closures.push(reason)
    await transport.connect(connectOptions({ url: peer.url, getStart: peer.makeStart, onClose }))
    return transport
  }
  const [first, second] = [await open(), await open()]
  await first.close()
  expect(closures).toEqual(['local'])
  await peer.close()
  await second.send({ type: 'ping' })
  await expect.poll(() => closures).toEqual(['local', 'network'])
})
