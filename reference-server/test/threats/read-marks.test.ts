import type { ReadMarks } from '@chatdesk/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import type { TestClient } from '../../src/realtime/testing/test-client.js'
import { createScene, NO_RATES, type Person, type Scene, FUZZ_SEED as SEED } from './scene.js'

const MARKS = 60
const HEAD = 6

let scene: Scene
let agent: TestClient
beforeAll(async () => {
  scene = await createScene({ limits: { realtime: NO_RATES } })
  agent = await scene.agent()
})
afterAll(() => scene.close())

const places = fc.oneof(fc.nat(HEAD + 2), fc.constantFrom(2 ** 31 - 1, 2 ** 31, Number.MAX_SAFE_INTEGER))

describe.each(TRANSPORTS)('read marks over %s', (_name, connect) => {
  it(`threat 87: [H2] move by their own side alone, never fall and never pass the head (seed ${SEED})`, async () => {
    const owner = await scene.visitor(
      connect,
      Array.from({ length: HEAD }, (_, n) => `message ${n}`),
    )
    const stranger = await scene.visitor(connect)
    const { conversationId } = owner
    const readsOf = async (): Promise<ReadMarks | undefined> => {
      const synced = await agent.ask({ type: 'conversation.watch', conversationId })
      return synced.type === 'conversation.synced' ? synced.sync.reads : undefined
    }
    const expected = (await readsOf()) ?? { visitor: -1, team: -1 }
    const people: Record<string, Pick<Person, 'client'>> = { owner, stranger, agent: { client: agent } }
    const marks = fc.record({
      who: fc.constantFrom('owner', 'stranger', 'agent'),
      upToSeq: places,
      // What is said of the reader is not asked.
      claims: fc.record(
        { reader: fc.constantFrom('visitor', 'team'), author: fc.constant({ kind: 'agent' }) },
        { requiredKeys: [] },
      ),
    })
    for (const { who, upToSeq, claims } of fc.sample(marks, { numRuns: MARKS, seed: SEED })) {
      const answer = await people[who]?.client.ask({ type: 'message.markRead', conversationId, upToSeq, ...claims })
      if (who === 'stranger') expect(answer).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
      else {
        expect(answer).toMatchObject({ ok: true })
        const side = who === 'owner' ? 'visitor' : 'team'
        expected[side] = Math.max(expected[side], Math.min(upToSeq, HEAD))
      }
      expect(await readsOf()).toEqual(expected)
    }
    expect(stranger.client.frames.filter(({ type }) => type === 'message.read')).toEqual([])
  })
})
