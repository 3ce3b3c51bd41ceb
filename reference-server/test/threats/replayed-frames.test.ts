import { randomUUID } from 'node:crypto'
import { LIMITS } from '@chatdesk/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { createScene, NO_RATES, type Scene, FUZZ_SEED as SEED, say } from './scene.js'

const MESSAGES = 20

let scene: Scene
beforeAll(async () => {
  scene = await createScene({ limits: { realtime: NO_RATES } })
})
afterAll(() => scene.close())

describe.each(TRANSPORTS)('frames replayed over %s', (_name, connect) => {
  it(`threat 42: [Q1] [Q3] doubled, turned around and on other connections, each is in the log once (seed ${SEED})`, async () => {
    const author = await scene.visitor(connect)
    const { conversationId, session, tabId, clientConversationId } = author
    const again = await scene.open(connect)
    await again.start(session.token, { tabId })
    const frames = Array.from({ length: MESSAGES }, (_, n) => ({
      ...say(conversationId, `line ${n}`),
      commandId: randomUUID(),
    }))
    const wire = fc.sample(fc.shuffledSubarray([...frames, ...frames, ...frames], { minLength: 3 * MESSAGES }), {
      numRuns: 1,
      seed: SEED,
    })
    const lines = fc.sample(fc.boolean(), { numRuns: 3 * MESSAGES, seed: SEED })
    for (const [n, frame] of (wire[0] ?? []).entries()) (lines[n] ? author.client : again).send(frame)
    const page = { type: 'history.load', conversationId, afterSeq: 0, limit: LIMITS.historyPage }
    await author.client.ask(page)
    const history = await again.ask(page)
    const events = history.type === 'history.page' ? history.events : []
    expect(events.map(({ seq }) => seq)).toEqual(frames.map((_, n) => n + 1))
    const seqOf = new Map(events.map((event) => ['clientMessageId' in event ? event.clientMessageId : '', event.seq]))
    expect([...seqOf.keys()].sort()).toEqual(frames.map(({ clientMessageId }) => clientMessageId).sort())

    // Every copy was answered, and with the same place.
    const placeOf = new Map<string, number | undefined>(
      frames.map(({ commandId, clientMessageId }) => [commandId, seqOf.get(clientMessageId)]),
    )
    const acks = [author.client, again].flatMap(({ frames: told }) =>
      told.flatMap((frame) => (frame.type === 'ack' && placeOf.has(frame.commandId) ? [frame] : [])),
    )
    expect(acks).toHaveLength(3 * MESSAGES)
    for (const ack of acks) expect(ack).toMatchObject({ ok: true, seq: placeOf.get(ack.commandId) })

    const restarted = await again.ask({ type: 'conversation.start', clientConversationId })
    expect(restarted).toMatchObject({ ok: true, conversationId })
    const started = { type: 'session.start', protocolVersion: 1, token: session.token, tabId, cursors: [] }
    expect(await again.ask(started)).toMatchObject({ ok: false, error: { code: 'BAD_FRAME' } })
  })
})
