import { io } from 'socket.io-client'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import { createScene, heard, NO_RATES, type Person, type Scene, say } from './scene.js'

const CANARY = 'the canary sings'

/** Events by which clients of other chat servers join rooms, speak and listen, and what those servers say. */
const LEGACY_EVENTS = [
  ...['join-user-room', 'join-chat-room', 'send-message', 'send-ai-query', 'typing'],
  ...['join:session', 'leave:session', 'message:send', 'typing:start', 'typing:stop', 'message:read'],
  ...['message', 'inactive', 'cookie_id', 'device_id', 'client_info', 'check_payment_status', 'payment_status'],
  ...['message-received', 'payment-event', 'ai-response', 'session:history', 'message:new', 'user:joined', 'user:left'],
  ...['follow_up', 'payment_link', 'session_info', 'set_cookie', 'typing_indicator', 'typing_ended'],
  ...['join', 'leave', 'subscribe', 'room:join', 'phx_join'],
]
/** The frames' own commands, as those servers' events. */
const OUR_EVENTS = ['session.start', 'conversation.watch', 'message.send', 'session.ready', 'inbox.load']

let scene: Scene
let victim: Person
beforeAll(async () => {
  scene = await createScene({ limits: { realtime: NO_RATES } })
  victim = await scene.visitor(connectWebSocket, ['hello'])
})
afterAll(() => scene.close())

/** Every way in which a room of the victim could be called. */
function rooms(): string[] {
  const { conversationId, session, tabId } = victim
  const ids = [conversationId, session.visitorId, session.sessionId, tabId]
  return ids.flatMap((id) => [id, `user-${id}`, `chat-${id}`, `session:${id}`])
}
const idsAs = (room: string) => ({
  ...{ session_id: room, sessionId: room, conversationId: room, chatId: room, userId: room, room, tab_id: room },
  ...{ text: 'let me in', message: 'let me in', content: 'let me in', status: 'paid', commandId: 'command-0001' },
})

/** The victim speaks; whoever has joined it hears that. */
async function expectUnheard(attacker: Person, before: number): Promise<void> {
  expect(await victim.client.ask(say(victim.conversationId, CANARY))).toMatchObject({ ok: true })
  await scene.settle(attacker)
  await scene.settle(victim)
  expect(heard(attacker.client)).not.toContain(CANARY)
  expect(attacker.client.frames.slice(before).filter(({ type }) => type === 'typing.changed')).toEqual([])
  expect(heard(victim.client)).not.toContain('let me in')
  expect(victim.client.frames.filter(({ type }) => type === 'typing.changed')).toEqual([])
}

describe.each(TRANSPORTS)('events of other servers over %s', (_name, connect) => {
  it('threat 2: [F2] each is no frame, and after all of them nobody has joined anything', async () => {
    const attacker = await scene.visitor(connect)
    const before = attacker.client.frames.length
    let sent = 0
    for (const type of LEGACY_EVENTS)
      for (const room of rooms()) {
        attacker.client.send({ type, ...idsAs(room) })
        sent += 1
      }
    await attacker.client.ask({ type: 'history.load', conversationId: attacker.conversationId, limit: 1 })
    const refused = attacker.client.frames.filter((frame) => frame.type === 'ack' && !frame.ok)
    expect(refused).toHaveLength(sent)
    for (const frame of refused) expect(frame).toMatchObject({ error: { code: 'BAD_FRAME' } })
    await expectUnheard(attacker, before)
  })
})

it('threat 2: nor by socket.io itself: its events, its acknowledgements, its rooms and its namespaces', async () => {
  const attacker = await scene.visitor(connectWebSocket)
  const before = attacker.client.frames.length
  const options = { reconnection: false, forceNew: true, extraHeaders: { origin: scene.server.origin } }
  const socket = io(scene.server.origin, { ...options, transports: ['websocket'], auth: idsAs(victim.conversationId) })
  const told: unknown[] = []
  socket.onAny((...said) => told.push(said))
  await new Promise((resolve) => socket.once('connect', () => resolve(undefined)))
  const start = { type: 'session.start', protocolVersion: 1, token: attacker.session.token, tabId: attacker.tabId }
  socket.emit('frame', JSON.stringify({ ...start, commandId: 'start-000001', cursors: [] }))
  await expect.poll(() => told.length).toBe(1)

  let acknowledged = 0
  const events = [...LEGACY_EVENTS, ...OUR_EVENTS]
  for (const event of events)
    for (const room of rooms()) {
      socket.emit(event, room, () => {
        acknowledged += 1
      })
      socket.emit(event, idsAs(room))
    }
  await expect.poll(() => told.length).toBe(1 + 2 * events.length * rooms().length)
  await expectUnheard(attacker, before)
  expect(acknowledged).toBe(0)
  expect(JSON.stringify(told)).not.toContain(CANARY)
  expect(told.filter((said) => JSON.stringify(said).includes('BAD_FRAME'))).toHaveLength(
    2 * events.length * rooms().length,
  )
  socket.disconnect()

  for (const namespace of ['/chat', '/admin', ...rooms().map((room) => `/${room}`)]) {
    const other = io(scene.server.origin + namespace, { ...options, transports: ['websocket'] })
    await expect(
      new Promise((resolve, reject) => other.once('connect', () => resolve(namespace)).once('connect_error', reject)),
    ).rejects.toThrow()
    other.disconnect()
  }
})
