import { randomUUID } from 'node:crypto'
import { LIMITS, textOf } from '@chatdesk/protocol'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { createScene, NO_RATES, type Person, type Scene, FUZZ_SEED as SEED, say } from './scene.js'

const SENDS = 80

let scene: Scene
beforeAll(async () => {
  scene = await createScene({ limits: { realtime: NO_RATES } })
})
afterAll(() => scene.close())

const textsOf = async ({ client, conversationId }: Pick<Person, 'client' | 'conversationId'>) => {
  const page = await client.ask({ type: 'history.load', conversationId, afterSeq: 0, limit: LIMITS.historyPage })
  const events = page.type === 'history.page' ? page.events : []
  return events.flatMap((event) => (event.type === 'message.created' ? [textOf(event.parts)] : []))
}

describe.each(TRANSPORTS)('client message ids over %s', (_name, connect) => {
  it(`threat 89: [Q3] one id is one message of its author, whoever else uses it, for whatever else (seed ${SEED})`, async () => {
    const people = [await scene.visitor(connect), await scene.visitor(connect)]
    const ids = Array.from({ length: 10 }, () => randomUUID())
    const sends = fc.record({
      who: fc.nat(people.length - 1),
      id: fc.constantFrom(...ids),
      text: fc.constantFrom('pay 1 rupee', 'pay 1000 rupees'),
    })
    const taken = new Map<string, { text: string; seq: number }>()
    const logs: string[][] = people.map(() => [])
    for (const { who, id, text } of fc.sample(sends, { numRuns: SENDS, seed: SEED })) {
      const { client, conversationId } = people[who] as Person
      const log = logs[who] as string[]
      const answer = await client.ask(say(conversationId, text, id))
      const earlier = taken.get(`${who} ${id}`)
      if (earlier && earlier.text !== text) expect(answer).toMatchObject({ ok: false, error: { code: 'ID_REUSED' } })
      else {
        const seq = earlier?.seq ?? log.push(text)
        taken.set(`${who} ${id}`, { text, seq })
        expect(answer).toMatchObject({ ok: true, seq })
      }
    }
    for (const [who, person] of people.entries()) expect(await textsOf(person)).toEqual(logs[who])
  })

  it('threat 89: [Q3] an id of one conversation is refused in another, and tells nothing of it', async () => {
    const { client, conversationId } = await scene.visitor(connect)
    const id = randomUUID()
    expect(await client.ask(say(conversationId, 'first', id))).toMatchObject({ ok: true })
    const started = await client.ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    const other = started.type === 'ack' && started.ok ? (started.conversationId ?? '') : ''
    const refused = await client.ask(say(other, 'first', id))
    expect(refused).toMatchObject({ ok: false, error: { code: 'ID_REUSED', field: 'clientMessageId' } })
    expect(JSON.stringify(refused)).not.toContain(conversationId)
    expect(await textsOf({ client, conversationId: other })).toEqual([])
  })
})
