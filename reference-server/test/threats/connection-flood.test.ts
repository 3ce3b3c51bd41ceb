import { connect as connectSocket, type Socket } from 'node:net'
import { WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { connectWebSocket, type TestClient } from '../../src/realtime/testing/test-client.js'
import { createScene, type Scene, say } from './scene.js'

/** Connections of each kind; enough to meet a bound, few enough for a small machine. */
const FLOOD = 60
const MOST = 20
const ATTACKER = { 'x-forwarded-for': '203.0.113.66' }
const NEIGHBOUR = { 'x-forwarded-for': '198.51.100.7' }

let scene: Scene
const sockets: Socket[] = []
afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy()
  await scene.close()
})

/** Opens a connection, says this much and no more; `closed` once the server has had enough. */
function open(bytes: string): { closed: Promise<void> } {
  const socket = connectSocket(Number(new URL(scene.server.origin).port), '127.0.0.1')
  sockets.push(socket)
  socket.on('error', () => {})
  socket.resume()
  socket.write(bytes)
  return { closed: new Promise((resolve) => socket.once('close', () => resolve())) }
}

const head = (line: string, ...headers: string[]) => `${[line, 'Host: localhost', ...headers].join('\r\n')}\r\n\r\n`
const upgradeOf = (path: string) =>
  head(
    `GET ${path} HTTP/1.1`,
    ...['Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Sec-WebSocket-Protocol: ${WEBSOCKET_SUBPROTOCOL}`],
    `X-Forwarded-For: ${ATTACKER['x-forwarded-for']}`,
  )
/** Connections that never get as far as a session. */
const UNFINISHED: readonly [name: string, bytes: string][] = [
  ['a WebSocket on which nothing is said', upgradeOf('/ws')],
  ['a socket.io link on which nothing is said', upgradeOf('/socket.io/?EIO=4&transport=websocket')],
  ['a poll whose frames do not come', head('POST /poll HTTP/1.1', 'Content-Length: 1000', 'Connection: close')],
  ['a stream whose frames do not come', head('POST /sse HTTP/1.1', 'Content-Length: 1000', 'Connection: close')],
]

/** A visitor from another address comes in, speaks and is heard. */
async function expectServed(connect = connectWebSocket): Promise<TestClient> {
  const client = await connect(scene.server.url, { origin: scene.server.origin, headers: NEIGHBOUR })
  const { token } = await scene.server.initVisitor()
  expect(await client.start(token)).toMatchObject({ type: 'session.ready' })
  const started = await client.ask({ type: 'conversation.start', clientConversationId: crypto.randomUUID() })
  const conversationId = started.type === 'ack' && started.ok ? (started.conversationId ?? '') : ''
  expect(await client.ask(say(conversationId, 'hello'))).toMatchObject({ ok: true, seq: 1 })
  return client
}

describe('a flood of connections', () => {
  it.each(UNFINISHED)('threat 45: [S1] %s is ended, and meanwhile others are served', async (_name, bytes) => {
    scene = await createScene({ trustProxy: 'loopback', limits: { realtime: { startTimeoutMs: 1000 } } })
    const flood = Array.from({ length: FLOOD }, () => open(bytes))
    // Slow heads: they are the listener's to end, and hold up nobody.
    for (let n = 0; n < FLOOD; n += 1) open('GET /ws HTTP/1.1\r\nHost: loc')
    for (const [, connect] of TRANSPORTS) await expectServed(connect)
    await Promise.all(flood.map(({ closed }) => closed))
    await expectServed()
  })

  it.each(TRANSPORTS.filter(([name]) => name !== 'polling'))(
    'threat 45: over %s, one address gets so many connections, and neither another nor those that are open are touched',
    async (_name, connect) => {
      scene = await createScene({ trustProxy: 'loopback', limits: { realtime: { connectionsPerAddress: MOST } } })
      const before = await expectServed()
      const tokens = await Promise.all(
        Array.from({ length: FLOOD }, async () => (await scene.server.initVisitor()).token),
      )
      const ready = await Promise.all(
        tokens
          .map(async (token) => {
            const client = await connect(scene.server.url, { origin: scene.server.origin, headers: ATTACKER })
            return (await client.start(token)).type === 'session.ready'
          })
          .map((attempt) => attempt.catch(() => false)),
      )
      expect(ready.filter(Boolean)).toHaveLength(MOST)
      before.send({ type: 'ping' })
      await before.next('heartbeat')
      for (const [, connectAgain] of TRANSPORTS) await expectServed(connectAgain)
    },
  )
})
