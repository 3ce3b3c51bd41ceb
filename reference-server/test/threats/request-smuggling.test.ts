import { randomUUID } from 'node:crypto'
import { connect } from 'node:net'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import { createScene, heard, type Person, type Scene } from './scene.js'

const SMUGGLED = 'smuggled in'

let scene: Scene
let victim: Person
beforeAll(async () => {
  scene = await createScene()
  victim = await scene.visitor(connectWebSocket, ['hello'])
})
afterAll(() => scene.close())

/** A request that would say something in the name of the victim, if a server took it for one. */
function smuggled(): string {
  const body = JSON.stringify({ clientMessageId: randomUUID(), text: SMUGGLED })
  return [
    `POST /api/widget/conversations/${victim.conversationId}/messages HTTP/1.1`,
    'Host: localhost',
    `Authorization: Bearer ${victim.session.token}`,
    'Content-Type: application/json',
    `Content-Length: ${body.length}`,
    '',
    body,
  ].join('\r\n')
}

/** Heads of which a proxy and a server may think differently where the request ends. */
const HEADS: readonly (readonly string[])[] = [
  ['Content-Length: 4', 'Transfer-Encoding: chunked'],
  ['Transfer-Encoding: chunked', 'Content-Length: 4'],
  ['Content-Length: 0', 'Content-Length: 4'],
  ['Content-Length: 4, 4'],
  ['Content-Length: +4'],
  ['Content-Length: 0x4'],
  ['Content-Length: -1'],
  ['Content-Length : 4'],
  ['Transfer-Encoding : chunked'],
  ['Transfer-Encoding: xchunked'],
  ['Transfer-Encoding: chunked, identity'],
  ['Transfer-Encoding: identity'],
  ['Transfer-Encoding:\u000bchunked'],
  ['Transfer-Encoding: chunked', 'Transfer-Encoding: x'],
  ['X: a\nTransfer-Encoding: chunked'],
  ['X: a\r\n Transfer-Encoding: chunked'],
]
const PATHS = ['/api/widget/init', '/poll', '/sse', '/socket.io/?EIO=4&transport=polling', '/ws', '/nowhere']

/** Sends bytes, and answers with all that came back once the server has closed; it does so after each answer. */
function exchange(bytes: string): Promise<string> {
  return new Promise((resolve) => {
    const socket = connect(Number(new URL(scene.server.origin).port), '127.0.0.1')
    let answer = ''
    socket.on('data', (chunk) => {
      answer += chunk
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer))
    socket.write(bytes)
  })
}

it.each(PATHS)(
  'threat 43: a request to %s whose end is in doubt is refused, and nothing behind it is a request',
  async (path) => {
    for (const head of HEADS) {
      const answer = await exchange(
        [`POST ${path} HTTP/1.1`, 'Host: localhost', ...head, '', `0\r\n\r\n${smuggled()}`].join('\r\n'),
      )
      expect([head, answer.match(/^HTTP\/1\.1 \d+/gm)]).toEqual([head, ['HTTP/1.1 400']])
    }
    expect(heard(victim.client)).not.toContain(SMUGGLED)
  },
)

it.each(['/ws', '/socket.io/?EIO=4&transport=websocket', '/poll', '/nowhere'])(
  'threat 43: an upgrade of %s that is refused ends the connection, and nothing behind it is a request',
  async (path) => {
    const head = [`GET ${path} HTTP/1.1`, 'Host: localhost', 'Connection: Upgrade', 'Upgrade: websocket']
    for (const more of [[], ['Sec-WebSocket-Version: 777', 'Sec-WebSocket-Key: x'], ['Content-Length: 0']]) {
      const answer = await exchange([...head, ...more, '', smuggled()].join('\r\n'))
      expect(answer).toMatch(/^HTTP\/1\.1 4\d\d /)
      expect(answer.match(/HTTP\/1\.1/g)).toHaveLength(1)
    }
    expect(heard(victim.client)).not.toContain(SMUGGLED)
  },
)

it('threat 43: sent by itself, the same request would have spoken', async () => {
  expect(await exchange(smuggled().replace('\r\n\r\n', '\r\nConnection: close\r\n\r\n'))).toMatch(/^HTTP\/1\.1 201 /)
  await expect.poll(() => heard(victim.client)).toContain(SMUGGLED)
})
