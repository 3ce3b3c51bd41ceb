import { randomBytes, randomUUID } from 'node:crypto'
import type { ServerFrame } from '@chatdesk/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import { createScene, heard, NO_RATES, type Person, RIVAL_WIDGET_KEY, type Scene, say } from './scene.js'

const CANARY = 'the canary sings'

let scene: Scene
let neighbour: Person
let rival: Person
beforeAll(async () => {
  scene = await createScene({ limits: { realtime: NO_RATES } })
  neighbour = await scene.visitor(connectWebSocket, [CANARY])
  rival = await scene.visitor(connectWebSocket, [CANARY], { widgetKey: RIVAL_WIDGET_KEY })
})
afterAll(() => scene.close())

/** Every command that names a conversation and is answered, but `conversation.unwatch`, which says nothing of any. */
const OPERATIONS: readonly ((conversationId: string) => { type: string } & Record<string, unknown>)[] = [
  (id) => say(id, 'let me in'),
  (conversationId) => ({ type: 'message.markRead', conversationId, upToSeq: 1 }),
  (conversationId) => ({ type: 'history.load', conversationId, limit: 50 }),
  (conversationId) => ({ type: 'history.load', conversationId, afterSeq: 0, limit: 50 }),
  (conversationId) => ({ type: 'conversation.watch', conversationId }),
  (conversationId) => ({ type: 'conversation.watch', conversationId, cursor: { seq: 1, eventId: randomUUID() } }),
  (conversationId) => ({ type: 'conversation.end', conversationId }),
]

/** Ids that somebody has, ids close to them (they begin with the time), and ids that nobody has. */
function foreignIds(): string[] {
  const known = [neighbour.conversationId, rival.conversationId]
  const close = known.flatMap((id) =>
    Array.from({ length: 10 }, () => id.slice(0, -4) + randomBytes(2).toString('hex')),
  )
  return [...known, ...close, ...Array.from({ length: 14 }, () => randomUUID())]
}

/** What an answer tells beside which command it answers. */
const told = ({ commandId: _, ...facts }: ServerFrame & { commandId?: string }) => JSON.stringify(facts)

describe.each(TRANSPORTS)('foreign conversations over %s', (_name, connect) => {
  it('threat 1: [C1] whoever has it, and whether anybody has, the answer to every operation is the same: not found', async () => {
    const attacker = await scene.visitor(connect, ['mine'])
    const before = { neighbour: neighbour.client.frames.length, rival: rival.client.frames.length }
    for (const operation of OPERATIONS) {
      const answers = await Promise.all(foreignIds().map((id) => attacker.client.ask(operation(id))))
      expect(new Set(answers.map(told))).toEqual(
        new Set([
          JSON.stringify({ type: 'ack', ok: false, error: { code: 'NOT_FOUND', message: 'No such conversation.' } }),
        ]),
      )
    }
    const unwatched = foreignIds().map((conversationId) =>
      attacker.client.ask({ type: 'conversation.unwatch', conversationId }),
    )
    expect(new Set((await Promise.all(unwatched)).map(told)).size).toBe(1)

    for (const { client, conversationId } of [neighbour, rival])
      expect(await client.ask({ type: 'history.load', conversationId, limit: 50 })).toMatchObject({
        headSeq: 1,
        events: [{ parts: [{ text: CANARY }] }],
      })
    expect(heard(attacker.client)).not.toContain(CANARY)
    const sent = ({ client }: Person, from: number) =>
      client.frames.slice(from).filter(({ type }) => type !== 'history.page' && type !== 'heartbeat')
    expect(sent(neighbour, before.neighbour)).toEqual([])
    expect(sent(rival, before.rival)).toEqual([])
  })

  it('threat 1: [R6] a cursor of a foreign conversation is answered as if there were none', async () => {
    const { session, tabId, conversationId } = await scene.visitor(connect, ['mine'])
    const history = await neighbour.client.ask({
      type: 'history.load',
      conversationId: neighbour.conversationId,
      limit: 1,
    })
    const eventId = history.type === 'history.page' ? (history.events[0]?.id as string) : ''
    const cursors = [neighbour, rival].map((person) => ({ conversationId: person.conversationId, seq: 1, eventId }))
    const again = await scene.open(connect)
    expect(await again.start(session.token, { tabId, cursors })).toMatchObject({
      conversations: [{ conversationId, recovery: 'fresh', headSeq: 1 }],
    })
    expect(heard(again)).not.toContain(CANARY)
    for (const person of [neighbour, rival]) expect(heard(again)).not.toContain(person.conversationId)
  })
})

it('threat 1: nor does REST tell foreign conversations from those that nobody has', async () => {
  const { session } = await scene.visitor(connectWebSocket)
  const headers = { authorization: `Bearer ${session.token}` }
  const answers = new Set<string>()
  for (const id of foreignIds()) {
    const path = `/api/widget/conversations/${id}/messages`
    for (const answer of [
      await scene.server.get(path, headers),
      await scene.server.post(path, { clientMessageId: randomUUID(), text: 'let me in' }, headers),
    ])
      answers.add(`${answer.status} ${await answer.text()}`)
  }
  expect([...answers].map((answer) => answer.replace(/,?"requestId":"[^"]*"/, ''))).toEqual([
    '404 {"error":{"code":"NOT_FOUND","message":"No such conversation."}}',
  ])
})
