import { randomUUID } from 'node:crypto'
import { connect as connectSocket, type Socket } from 'node:net'
import { WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { maskedText } from '../../src/realtime/testing/raw-upgrade.js'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import { createScene, NO_RATES, type Person, type Scene, say } from './scene.js'

/** Bytes that may wait for one reader. */
const BOUND = 256 * 1024
/** What is said at most before the reader must be gone: the kernels' own buffers hold some megabytes of it. */
const MOST_SAID = 5000

let scene: Scene
let socket: Socket
afterEach(async () => {
  socket.destroy()
  await scene.close()
})

const upgradeOf = (path: string, origin: string) =>
  [
    `GET ${path} HTTP/1.1`,
    ...['Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket', 'Sec-WebSocket-Version: 13'],
    ...['Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==', `Sec-WebSocket-Protocol: ${WEBSOCKET_SUBPROTOCOL}`],
    ...[`Origin: ${origin}`, '', ''],
  ].join('\r\n')

/** How a session begins on a bare socket: in steps, each said when the one before is answered. */
const BEGINNINGS: Record<string, (start: string, origin: string) => (string | Buffer)[]> = {
  websocket: (start, origin) => [upgradeOf('/ws', origin), maskedText(start)],
  'socket-io': (start, origin) => [
    upgradeOf('/socket.io/?EIO=4&transport=websocket', origin),
    maskedText('40'),
    maskedText(`42${JSON.stringify(['frame', start])}`),
  ],
  sse: (start, origin) => [
    `POST /sse HTTP/1.1\r\nHost: localhost\r\nOrigin: ${origin}\r\nContent-Length: ${start.length}\r\n\r\n${start}`,
  ],
}

/** Begins a session of this visitor's, and from then on reads nothing. */
async function stall({ session, tabId }: Person, transport: string): Promise<void> {
  const start = {
    type: 'session.start',
    commandId: randomUUID(),
    protocolVersion: 1,
    token: session.token,
    tabId,
    cursors: [],
  }
  socket = connectSocket(Number(new URL(scene.server.origin).port), '127.0.0.1')
  socket.on('error', () => {})
  let received = ''
  socket.on('data', (chunk) => {
    received += chunk
  })
  for (const step of BEGINNINGS[transport]?.(JSON.stringify(start), scene.server.origin) ?? []) {
    const before = received.length
    socket.write(step)
    await expect.poll(() => received.length).toBeGreaterThan(before)
  }
  await expect.poll(() => received).toContain('session.ready')
  socket.pause()
}

describe('a reader that stands still', () => {
  it.each(Object.keys(BEGINNINGS))(
    'threat 47: over %s is cut off at the bound; its visitor goes on elsewhere, and misses nothing',
    async (transport) => {
      const lines: string[] = []
      const note = (fields: object, message?: string) => void lines.push(`${message} ${JSON.stringify(fields)}`)
      scene = await createScene({
        logger: { debug: note, info: note, warn: note, error: note },
        limits: { realtime: { ...NO_RATES, bufferedBytes: BOUND } },
      })
      const person = await scene.visitor(connectWebSocket)
      await stall(person, transport)
      const text = 'x'.repeat(5000)
      let said = 0
      while (!lines.some((line) => line.includes('too slow')) && said < MOST_SAID) {
        const batch = Array.from({ length: 20 }, () => person.client.ask(say(person.conversationId, text)))
        for (const answer of await Promise.all(batch)) expect(answer).toMatchObject({ ok: true })
        said += batch.length
      }
      expect(lines.filter((line) => line.includes('too slow'))).toEqual([
        `a reader was too slow {"transport":"${transport}"}`,
      ])
      const page = { type: 'history.load', conversationId: person.conversationId, limit: 1 }
      expect(await person.client.ask(page)).toMatchObject({ headSeq: said })
      expect(person.client.frames.filter(({ type }) => type === 'message.created')).toHaveLength(said)
    },
  )
})
