import { afterEach, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import type { TestClient } from '../../src/realtime/testing/test-client.js'
import { conversationIdOf, createScene, heard, refusalOf, type Scene, say } from './scene.js'

const CANARY = 'the canary sings'

let scene: Scene
afterEach(() => scene.close())

/** It was sent away, or has begun anew without a conversation, as one that polls does all the time. */
function isSentNothing({ frames }: TestClient): boolean {
  const last = frames.filter((frame) => frame.type === 'session.ready' || frame.type === 'session.ended').at(-1)
  return last?.type === 'session.ready' ? last.conversations.length === 0 : last?.error.code === 'UNAUTHENTICATED'
}

describe.each(TRANSPORTS)('a stale cursor over %s', (_name, connect) => {
  /** One who holds the beginning of a conversation and follows it. */
  const reader = async () => {
    const writer = await scene.visitor(connect, ['the beginning'])
    writer.client.close()
    const client = await scene.open(connect)
    const ready = await client.start(writer.session.token, { tabId: writer.tabId })
    const sync = ready.type === 'session.ready' ? ready.conversations[0] : undefined
    const cursor = { conversationId: writer.conversationId, seq: 1, eventId: sync?.events[0]?.id }
    return { person: { ...writer, client }, cursor }
  }

  it('threat 5: [S4] replays nothing once the session is over, and the connection that is open ends with it', async () => {
    scene = await createScene({ heartbeatMs: 500 })
    const { person, cursor } = await reader()
    const { system } = scene.server.database
    await system
      .updateTable('visitor_sessions')
      .set({ expires_at: new Date(0) })
      .where('id', '=', person.session.sessionId)
      .execute()
    await person.client.closed
    expect(person.client.frames.at(-1)).toMatchObject({ type: 'session.ended', error: { code: 'UNAUTHENTICATED' } })
    const agent = await scene.agent()
    await agent.ask(say(person.conversationId, CANARY))
    const again = await scene.open(connect)
    const { token } = person.session
    expect(await refusalOf(again, token, { tabId: person.tabId, cursors: [cursor] })).toBe('UNAUTHENTICATED')
    for (const client of [person.client, again]) expect(heard(client)).not.toContain(CANARY)
  })

  it('threat 5: [S7] [G2] replays nothing once the page is off the list of the widget, and what is open ends', async () => {
    scene = await createScene()
    const { person, cursor } = await reader()
    const { system } = scene.server.database
    const widget = await system.selectFrom('widgets').selectAll().where('key', '=', 'wk_demo').executeTakeFirstOrThrow()
    await scene.server.chat.api.updateWidget({
      organizationId: widget.organization_id,
      widgetId: widget.id,
      allowedOrigins: ['https://elsewhere.example'],
    })
    await person.client.closed
    expect(person.client.frames.at(-1)).toMatchObject({ type: 'session.ended', error: { code: 'FORBIDDEN_ORIGIN' } })
    const agent = await scene.agent()
    await agent.ask(say(person.conversationId, CANARY))
    const again = await scene.open(connect)
    const { token } = person.session
    expect(await refusalOf(again, token, { tabId: person.tabId, cursors: [cursor] })).toBe('FORBIDDEN_ORIGIN')
    for (const client of [person.client, again]) expect(heard(client)).not.toContain(CANARY)
  })

  it('threat 5: [C1] [R6] replays nothing of a conversation that has moved to another session of its visitor', async () => {
    scene = await createScene({ heartbeatMs: 500 })
    const { person, cursor } = await reader()
    const { visitorToken, token } = person.session
    const { clientConversationId, conversationId, tabId } = person
    const heir = await scene.open(connect)
    await heir.start((await scene.server.initVisitor({ visitorToken })).token)
    expect(conversationIdOf(await heir.ask({ type: 'conversation.start', clientConversationId }))).toBe(conversationId)
    // At its next heartbeat all that a connection is sent is authorised again.
    await expect.poll(() => isSentNothing(person.client)).toBe(true)
    await heir.ask(say(conversationId, CANARY))
    await expect.poll(() => heard(heir)).toContain(CANARY)

    const again = await scene.open(connect)
    expect(await again.start(token, { tabId, cursors: [cursor] })).toMatchObject({ conversations: [] })
    for (const pull of [
      { type: 'conversation.watch', conversationId, cursor: { seq: cursor.seq, eventId: cursor.eventId } },
      { type: 'history.load', conversationId, afterSeq: cursor.seq, limit: 50 },
    ])
      expect(await again.ask(pull)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    for (const client of [person.client, again]) expect(heard(client)).not.toContain(CANARY)
    again.close()
  })
})
