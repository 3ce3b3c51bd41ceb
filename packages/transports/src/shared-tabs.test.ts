import { createSharedTabs } from '@chatdesk/core/shared-tabs'
import { WebSocket } from 'ws'
import { nodeFetch } from './testing/node-fetch.js'
import { createNodeTestPeer } from './testing/node-test-peer.js'
import { testTransport } from './testing/test-transport.js'
import { uplinkTransport } from './uplink.js'
import { webSocketTransport } from './websocket.js'

/** The only tab of its visitor. */
const tabs = createSharedTabs({
  lock: { tryTake: async () => () => {}, take: () => new Promise(() => {}) },
  openChannel: () => ({ post() {}, close() {} }),
  uplink: uplinkTransport({ fetch: nodeFetch() }),
})

testTransport('websocket, in a tab that leads', {
  createPeer: () => createNodeTestPeer(),
  createTransport: () =>
    tabs.connect(webSocketTransport({ WebSocket: WebSocket as unknown as typeof globalThis.WebSocket })),
})
