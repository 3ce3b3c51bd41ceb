import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { connectWebSocket } from '../../src/realtime/testing/test-client.js'
import {
  conversationIdOf,
  createScene,
  heard,
  NO_RATES,
  type Person,
  RIVAL_WIDGET_KEY,
  type Scene,
  FUZZ_SEED as SEED,
  say,
} from './scene.js'

/** Forged frames over each transport. */
const FRAMES = 300
const CANARY = 'the canary sings'
const FORGED = 'forged by somebody else'

let scene: Scene
let victims: Person[]
let agentId: string
beforeAll(async () => {
  scene = await createScene({ limits: { realtime: NO_RATES } })
  const deviceHint = 'device-hint-00000001'
  victims = [
    await scene.visitor(connectWebSocket, [CANARY], { deviceHint }),
    await scene.visitor(connectWebSocket, [CANARY], { deviceHint, widgetKey: RIVAL_WIDGET_KEY }),
  ]
  const agent = await scene.agent()
  const [{ conversationId }] = victims as [Person, Person]
  await agent.ask({ type: 'conversation.watch', conversationId })
  await agent.ask(say(conversationId, CANARY))
  agentId = (await scene.server.signIn('agent')).current.member.id
})
afterAll(() => scene.close())

/** Everything that names the victims and is no secret of theirs: a page may show it, a log may hold it, somebody may guess it. */
async function namesOfVictims(): Promise<string[]> {
  const events = victims.flatMap(({ client }) =>
    client.frames.flatMap((frame) => (frame.type === 'message.created' ? [frame.id, frame.clientMessageId ?? ''] : [])),
  )
  const rows = await scene.server.database.system
    .selectFrom('visitor_sessions')
    .select(['organization_id', 'widget_id'])
    .execute()
  return [
    ...victims.flatMap(({ session, tabId, conversationId }) => [
      session.visitorId,
      session.sessionId,
      tabId,
      conversationId,
    ]),
    ...events,
    ...rows.flatMap((row) => [row.organization_id, row.widget_id]),
    agentId,
    'device-hint-00000001',
  ]
}

/** Names under which other servers, and careless ones, take an id from a client. */
const CLAIMS = [
  ...['visitorId', 'visitor_id', 'sessionId', 'session_id', 'tabId', 'tab_id', 'cookieId', 'cookie_id', 'deviceId'],
  ...['device_id', 'deviceHint', 'organizationId', 'organization_id', 'tenant_id', 'widgetId', 'memberId', 'agentId'],
  ...['author', 'author_id', 'authorId', 'userId', 'self', 'actor', 'id', 'eventId', 'ownerSessionId', 'role'],
]

/** Frames in which every id may be anybody's. */
function forgedFrames(names: readonly string[], own: string): fc.Arbitrary<object> {
  const name = fc.constantFrom(...names)
  const claim = fc.oneof(name, fc.record({ kind: fc.constantFrom('agent', 'visitor', 'system'), id: name, name }))
  const conversationId = fc.oneof({ weight: 1, arbitrary: fc.constant(own) }, { weight: 3, arbitrary: name })
  const clientMessageId = fc.oneof(name, fc.uuid())
  const command = fc.oneof(
    fc.record({
      type: fc.constant('message.send'),
      conversationId,
      clientMessageId,
      parts: fc.constant([{ type: 'text', text: FORGED }]),
    }),
    fc.record({ type: fc.constant('message.markRead'), conversationId, upToSeq: fc.nat(5) }),
    fc.record({ type: fc.constant('history.load'), conversationId, limit: fc.integer({ min: 1, max: 50 }) }),
    fc.record({
      type: fc.constant('conversation.watch'),
      conversationId,
      cursor: fc.record({ seq: fc.nat(3), eventId: name }),
    }),
    fc.record({ type: fc.constant('conversation.start'), clientConversationId: name }),
    fc.record({ type: fc.constant('conversation.end'), conversationId }),
    fc.record({ type: fc.constant('typing.set'), conversationId, active: fc.boolean() }),
    fc.record({ type: fc.constant('inbox.load'), limit: fc.constant(50) }),
  )
  return fc
    .tuple(command, fc.dictionary(fc.constantFrom(...CLAIMS), claim, { maxKeys: 6 }), fc.oneof(name, fc.uuid()))
    .map(([frame, claims, commandId]) => ({ ...claims, ...frame, commandId }))
}

describe.each(TRANSPORTS)('forged ids over %s', (_name, connect) => {
  it(`threat 4: [S4] ${FRAMES} frames with ids of others are frames of their sender, and bring nothing of the others (seed ${SEED})`, async () => {
    const names = await namesOfVictims()
    const attacker = await scene.visitor(connect)
    const before = victims.map(({ client }) => client.frames.length)
    const ask = attacker.client.ask
    for (const frame of fc.sample(forgedFrames(names, attacker.conversationId), { numRuns: FRAMES, seed: SEED }))
      attacker.client.send(frame)
    const last = await ask({ type: 'history.load', conversationId: attacker.conversationId, limit: 100 })
    for (const victim of victims) await victim.client.ask(say(victim.conversationId, CANARY))
    // Every transport follows the newest conversation.
    const started = await ask({ type: 'conversation.start', clientConversationId: randomUUID() })
    await scene.settle({ ...attacker, conversationId: conversationIdOf(started) })

    expect(heard(attacker.client)).not.toContain(CANARY)
    for (const event of last.type === 'history.page' ? last.events : [])
      expect(event).toMatchObject({ author: { kind: 'visitor', id: attacker.session.visitorId } })
    for (const [index, { client, conversationId, session }] of victims.entries()) {
      expect(heard(client)).not.toContain(FORGED)
      const sent = client.frames.slice(before[index]).map(({ type }) => type)
      expect(sent.filter((type) => type === 'typing.changed' || type === 'message.read')).toEqual([])
      const history = await client.ask({ type: 'history.load', conversationId, limit: 100 })
      const authors = history.type === 'history.page' ? history.events.map(({ author }) => author.id) : []
      expect(new Set(authors)).toEqual(
        index === 0 ? new Set([session.visitorId, agentId]) : new Set([session.visitorId]),
      )
    }
  })

  it(`threat 4: [S4] nor does a session begin or go on by them (seed ${SEED})`, async () => {
    const names = await namesOfVictims()
    const attacker = await scene.visitor(connect)
    const name = fc.constantFrom(...names)
    const starts = fc.sample(
      fc.record({
        claims: fc.dictionary(fc.constantFrom(...CLAIMS.filter((claim) => claim !== 'tabId')), name, { maxKeys: 8 }),
        cursors: fc.array(fc.record({ conversationId: name, seq: fc.nat(3), eventId: name }), { maxLength: 5 }),
        withOwnToken: fc.boolean(),
        token: name,
      }),
      { numRuns: 20, seed: SEED },
    )
    for (const { claims, cursors, withOwnToken, token } of starts) {
      const client = await scene.open(connect)
      const { session, tabId } = attacker
      const facts = { ...claims, tabId, cursors }
      const answer = await client.start(withOwnToken ? session.token : token, facts).catch(() => client.frames.at(-1))
      if (answer?.type === 'session.ready')
        expect(answer).toMatchObject({
          sessionId: session.sessionId,
          self: { kind: 'visitor', id: session.visitorId },
          conversations: [{ conversationId: attacker.conversationId }],
        })
      else
        expect(answer).toMatchObject({
          error: { code: expect.stringMatching(/^(UNAUTHENTICATED|VALIDATION_FAILED)$/) },
        })
      expect(heard(client)).not.toContain(CANARY)
      client.close()
    }
  })
})

it(`threat 4: [S4] [S9] a session that is opened with ids of others has ids of its own (seed ${SEED})`, async () => {
  const names = await namesOfVictims()
  const name = fc.constantFrom(...names)
  const bodies = fc.sample(
    fc.dictionary(fc.constantFrom(...CLAIMS, 'token', 'visitorToken', 'sendToken'), name, { maxKeys: 12 }),
    {
      numRuns: 100,
      seed: SEED,
    },
  )
  for (const body of bodies) {
    const answer = await scene.server.post('/api/widget/init', { widgetKey: 'wk_demo', ...body })
    const text = await answer.text()
    expect(answer.status === 201 || (answer.status === 422 && text.includes('VALIDATION_FAILED'))).toBe(true)
    for (const known of names) expect(text).not.toContain(known)
    if (answer.status === 201) expect(JSON.parse(text)).toMatchObject({ conversationId: null })
  }
})
