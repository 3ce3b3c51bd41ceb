import { randomUUID } from 'node:crypto'
import { LIMITS } from '@chatdesk/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { connectWebSocket, type TestClient } from '../../src/realtime/testing/test-client.js'
import { createScene, NO_RATES, type Person, type Scene, FUZZ_SEED as SEED } from './scene.js'

/** Forged cursors over each transport: so many by `session.start`, each of which is a connection, and so many by commands. */
const STARTS = 15
const COMMANDS = 50
const HEAD = 4

let scene: Scene
let bystander: Person
beforeAll(async () => {
  scene = await createScene({ limits: { realtime: NO_RATES } })
  bystander = await scene.visitor(connectWebSocket, ['one', 'two'])
})
afterAll(() => scene.close())

const logOf = async (client: TestClient, conversationId: string) => {
  const page = await client.ask({ type: 'history.load', conversationId, afterSeq: 0, limit: LIMITS.historyPage })
  return page.type === 'history.page' ? page.events : []
}
/** Places in a log and far beyond it: the future, the largest numbers that fit, and none. */
const places = fc.oneof(
  fc.nat(HEAD + 2),
  fc.constantFrom(LIMITS.replayWindow, 2 ** 31 - 1, 2 ** 31, 2 ** 32, Number.MAX_SAFE_INTEGER),
  fc.maxSafeNat(),
)

describe.each(TRANSPORTS)('forged cursors over %s', (_name, connect) => {
  it(`threat 88: [R4] wherever a cursor points, the answer is the log as it is, and nothing moves (seed ${SEED})`, async () => {
    const reader = await scene.visitor(connect, ['one', 'two', 'three', 'four'])
    const { conversationId, session, tabId } = reader
    const log = await logOf(reader.client, conversationId)
    expect(log).toHaveLength(HEAD)
    const others = await logOf(bystander.client, bystander.conversationId)
    const eventIds = fc.constantFrom(...log.map(({ id }) => id), ...others.map(({ id }) => id), randomUUID())
    const cursors = fc.sample(fc.record({ seq: places, eventId: eventIds }), { numRuns: STARTS + COMMANDS, seed: SEED })
    const isGood = ({ seq, eventId }: { seq: number; eventId: string }) => log[seq - 1]?.id === eventId
    const told = bystander.client.frames.length

    for (const cursor of cursors.slice(0, STARTS)) {
      const client = await scene.open(connect)
      const ready = await client.start(session.token, { tabId, cursors: [{ conversationId, ...cursor }] })
      expect(ready).toMatchObject({
        conversations: [
          isGood(cursor)
            ? { recovery: 'resumed', headSeq: HEAD, events: log.slice(cursor.seq) }
            : { recovery: 'gap', headSeq: HEAD, events: log },
        ],
      })
      client.close()
    }
    for (const cursor of cursors.slice(STARTS))
      expect(await reader.client.ask({ type: 'conversation.watch', conversationId, cursor })).toMatchObject({
        sync: isGood(cursor)
          ? { recovery: 'resumed', headSeq: HEAD, events: log.slice(cursor.seq) }
          : { recovery: 'gap', headSeq: HEAD, events: log },
      })
    expect(await logOf(reader.client, conversationId)).toEqual(log)
    expect(bystander.client.frames.slice(told)).toEqual([])
    expect(await logOf(bystander.client, bystander.conversationId)).toEqual(others)
  })

  it(`threat 88: [H1] history from any place is a part of the log, or nothing (seed ${SEED})`, async () => {
    const { client, conversationId } = await scene.visitor(connect, ['one', 'two', 'three', 'four'])
    const log = await logOf(client, conversationId)
    const pages = fc.record({
      from: fc.constantFrom('beforeSeq', 'afterSeq'),
      seq: places,
      limit: fc.integer({ min: 1, max: 5 }),
    })
    for (const { from, seq, limit } of fc.sample(pages, { numRuns: COMMANDS, seed: SEED })) {
      const page = await client.ask({ type: 'history.load', conversationId, [from]: seq, limit })
      const events =
        from === 'afterSeq' ? log.slice(seq).slice(0, limit) : log.filter((event) => event.seq < seq).slice(-limit)
      expect(page).toMatchObject({ type: 'history.page', headSeq: HEAD, events })
    }
  })
})
