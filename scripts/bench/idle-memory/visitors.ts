// So many visitors of one server, in a process of their own. They come, each with a conversation, and then do nothing.
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Agent, type IncomingMessage, request } from 'node:http'
import { setTimeout as pause } from 'node:timers/promises'
import { PROTOCOL_VERSION, WEBSOCKET_SUBPROTOCOL } from '@chatdesk/protocol'
import { openSocket } from '../frame-socket.js'
import { announce } from '../server-process.js'

/** How many come at the same time. */
const AT_ONCE = 20

const [side, transport, base = '', count] = process.argv.slice(2)
const agent = new Agent({ keepAlive: true })

/** What opens the session of a visitor, as the first line of a connection; a bare server wants none. */
async function sessionStart(): Promise<string> {
  if (side === 'bare') return ''
  const { token } = (await post('/api/widget/init', { widgetKey: 'wk_demo' })) as { token: string }
  await post('/api/widget/conversations', {}, { authorization: `Bearer ${token}` })
  return JSON.stringify({
    type: 'session.start',
    commandId: randomUUID(),
    protocolVersion: PROTOCOL_VERSION,
    token,
    cursors: [],
  })
}

async function post(path: string, body: object, headers: Record<string, string> = {}): Promise<unknown> {
  const answer = await fetch(base + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: base, ...headers },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json()
}

/** Resolves when the connection is open and idle. */
const CONNECT: Record<string, (start: string) => Promise<void>> = {
  websocket: (start) => connectSocket('ws', start),
  'socket-io': (start) => connectSocket('socket.io', start),
  async sse(start) {
    const answer = await ask('/sse', start)
    const [first] = await once(answer, 'data')
    expectReady(String(first))
    answer.on('close', sentAway).resume()
  },
  async polling(start) {
    // The first answer comes at once and says what the next request has seen.
    if (side === 'ours') await poll(start, '', 1)
    void poll(start, '', Number.POSITIVE_INFINITY)
  },
}

async function connectSocket(library: 'ws' | 'socket.io', start: string): Promise<void> {
  const address = { base, path: side === 'ours' ? '/ws' : '/', socketPath: '/socket.io/', origin: base }
  const socket = await openSocket(
    library,
    side === 'ours' ? { ...address, subprotocol: WEBSOCKET_SUBPROTOCOL } : address,
  )
  if (side === 'bare') return socket.onClose(sentAway)
  const first = new Promise<string>((resolve) => socket.onFrame((frame) => resolve(JSON.stringify(frame))))
  socket.send(JSON.parse(start))
  try {
    expectReady(await first)
  } catch (error) {
    socket.close()
    throw error
  }
  socket.onClose(sentAway)
}

async function poll(start: string, seen: string, times: number): Promise<void> {
  let last = seen
  for (let asked = 0; asked < times; asked += 1) {
    const answer = await ask(`/poll?seen=${last}`, start)
    let text = ''
    for await (const chunk of answer) text += String(chunk)
    if (times === 1) expectReady(text)
    last = text.split('\n', 1)[0] ?? ''
  }
}

/** Who counts visitors must know that they are all there. */
function sentAway(): never {
  throw new Error('a visitor was sent away')
}

/** Throws what the server says instead. */
function expectReady(text: string): void {
  if (side === 'ours' && !text.includes('"session.ready"')) throw new Error(text)
}

function ask(path: string, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(base + path, { method: 'POST', agent, headers: { origin: base } }, resolve)
      .on('error', reject)
      .end(body)
  })
}

/** One comes; a server that has too much to do for a moment is asked again. */
async function come(): Promise<void> {
  try {
    await CONNECT[transport ?? '']?.(await sessionStart())
  } catch (error) {
    if (!String(error).includes('UNAVAILABLE')) throw error
    await pause(1_000)
    await come()
  }
}

let left = Number(count)
const comeInTurn = async () => {
  while (left-- > 0) await come()
}
await Promise.all(Array.from({ length: AT_ONCE }, comeInTurn))
announce({ port: 0 })
