import { randomUUID } from 'node:crypto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { createScene, heard, type Person, refusalOf, type Scene, say } from './scene.js'

const CANARY = 'the canary sings'

let scene: Scene
beforeAll(async () => {
  scene = await createScene()
})
afterAll(() => scene.close())

describe.each(TRANSPORTS)('another tab of the same visitor over %s', (_name, connect) => {
  /** Two tabs of one visitor, the first of which has said something. */
  const tabs = async (): Promise<{ first: Person; second: Person }> => {
    const first = await scene.visitor(connect, [CANARY])
    const { visitorToken, visitorId } = first.session
    const second = await scene.visitor(connect, [], { visitorToken })
    expect(second.session.visitorId).toBe(visitorId)
    return { first, second }
  }

  it('threat 3: [C1] [S4] reads, writes, ends and hears nothing in the conversation of the first', async () => {
    const { first, second } = await tabs()
    const { conversationId } = first
    for (const command of [
      { type: 'conversation.watch', conversationId },
      { type: 'history.load', conversationId, limit: 50 },
      { type: 'message.markRead', conversationId, upToSeq: 1 },
      { type: 'conversation.end', conversationId },
      say(conversationId, 'by the other tab'),
    ])
      expect(await second.client.ask(command)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
    second.client.send({ type: 'typing.set', conversationId, active: true })
    await first.client.ask(say(conversationId, CANARY))
    for (const tab of [first, second]) await scene.settle(tab)
    expect(heard(second.client)).not.toContain(CANARY)
    expect(heard(first.client)).not.toContain('by the other tab')
    expect(first.client.frames.filter(({ type }) => type === 'typing.changed')).toEqual([])
  })

  it('threat 3: [S4] has no use for the session token of the first: it is bound to its tab', async () => {
    const { first, second } = await tabs()
    const { token, visitorToken } = first.session
    for (const tabId of [second.tabId, undefined, `${first.tabId}0`])
      expect(await refusalOf(await scene.open(connect), token, tabId ? { tabId } : {})).toBe('UNAUTHENTICATED')
    const renewed = await scene.server.initVisitor({ tabId: second.tabId, token, visitorToken })
    expect(renewed.sessionId).not.toBe(first.session.sessionId)
    expect(renewed.conversationId).toBeNull()
  })

  it('threat 3: [S11] delivers by the send token what the first has left unsent, and opens nothing with it', async () => {
    const { first, second } = await tabs()
    for (const { tabId } of [first, second])
      expect(await refusalOf(await scene.open(connect), first.session.sendToken, { tabId })).toBe('UNAUTHENTICATED')
    const path = `/api/widget/conversations/${first.conversationId}/messages`
    const sender = { authorization: `Bearer ${first.session.sendToken}` }
    expect((await scene.server.get(path, sender)).status).toBe(401)
    const posted = await scene.server.post(path, { clientMessageId: randomUUID(), text: 'left behind' }, sender)
    expect(posted.status).toBe(201)
  })

  it('threat 3: is never told the id under which the first started its conversation, which alone would move it', async () => {
    const { first, second } = await tabs()
    const agent = await scene.agent()
    await agent.ask({ type: 'conversation.watch', conversationId: first.conversationId })
    await agent.ask({ type: 'inbox.load', limit: 50 })
    for (const client of [first.client, second.client, agent])
      expect(heard(client)).not.toContain(first.clientConversationId)
    const stranger = await scene.visitor(connect)
    const { clientConversationId } = first
    const other = await stranger.client.ask({ type: 'conversation.start', clientConversationId })
    expect(other).toMatchObject({ ok: true })
    expect(other).not.toMatchObject({ conversationId: first.conversationId })
  })
})
