import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { TRANSPORTS } from '../../src/realtime/testing/http-test-client.js'
import { connectWebSocket, type TestClient } from '../../src/realtime/testing/test-client.js'
import { createScene, type Scene } from './scene.js'

let scene: Scene
let agent: TestClient
beforeAll(async () => {
  scene = await createScene()
  agent = await scene.agent()
})
afterAll(() => scene.close())

const typingIn = ({ frames }: TestClient, conversationId: string) =>
  frames.flatMap((frame) => (frame.type === 'typing.changed' && frame.conversationId === conversationId ? [frame] : []))

describe.each(TRANSPORTS)('signs over %s', (_name, connect) => {
  it('threat 86: [Y1] who types is who the token says, and only those hear it who are sent the conversation', async () => {
    const owner = await scene.visitor(connect, ['hello'])
    const stranger = await scene.visitor(connect, ['hello'])
    const { conversationId } = owner
    await agent.ask({ type: 'conversation.watch', conversationId })
    const claims = {
      author: { kind: 'agent', id: stranger.session.visitorId, name: 'Asha Rao' },
      visitorId: stranger.session.visitorId,
    }
    stranger.client.send({ type: 'typing.set', conversationId, active: true, ...claims })
    stranger.client.send({ type: 'visitor.inactive', conversationId, visitorId: owner.session.visitorId })
    await scene.settle(stranger)
    expect(typingIn(agent, conversationId)).toEqual([])

    owner.client.send({ type: 'typing.set', conversationId, active: true, ...claims })
    agent.send({ type: 'typing.set', conversationId, active: true })
    await expect.poll(() => typingIn(agent, conversationId)).toHaveLength(1)
    expect(typingIn(agent, conversationId)).toMatchObject([
      { author: { kind: 'visitor', id: owner.session.visitorId } },
    ])
    await expect.poll(() => typingIn(owner.client, conversationId)).toMatchObject([{ author: { kind: 'agent' } }])
    await scene.settle(stranger)
    expect(stranger.client.frames.filter(({ type }) => type === 'typing.changed')).toEqual([])
  })
})

it('threat 86: [P4] nobody makes another visitor absent or present, nor is told of one', async () => {
  const owner = await scene.visitor(connectWebSocket, ['hello'])
  const stranger = await scene.visitor(connectWebSocket, ['hello'])
  const { conversationId, session } = owner
  const watch = { type: 'conversation.watch', conversationId }
  expect(await agent.ask(watch)).toMatchObject({ presence: 'online' })
  const before = agent.frames.length
  const claims = { conversationId, visitorId: session.visitorId, sessionId: session.sessionId, presence: 'away' }
  for (const type of ['visitor.inactive', 'visitor.presence', 'team.presence', 'presence.set'])
    stranger.client.send({ type, ...claims })
  expect(await stranger.client.ask(watch)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
  stranger.client.close()
  await stranger.client.closed
  expect(await agent.ask(watch)).toMatchObject({ presence: 'online' })
  const told = agent.frames.slice(before).filter(({ type }) => type === 'visitor.presence')
  expect(told).not.toContainEqual(expect.objectContaining({ conversationId }))
  expect(stranger.client.frames.filter(({ type }) => type === 'visitor.presence')).toEqual([])
})
