import { randomUUID } from 'node:crypto'
import type { ServerFrame } from '@chatdesk/protocol'
import { PROTOCOL_VERSION } from '@chatdesk/protocol'
import { afterEach, describe, expect, it } from 'vitest'
import { createManualClock } from './testing/manual-clock.js'
import { type ServedRealtime, serveRealtime } from './testing/serve-realtime.js'
import { CONNECTS, connectWebSocket, type TestClient } from './testing/test-client.js'

let served: ServedRealtime
afterEach(() => served.close())

/** Every frame that was sent before has come. */
const settle = async (client: TestClient) => {
  client.send({ type: 'ping' })
  await client.next('heartbeat')
}
const gone = (count: number) => expect.poll(() => served.realtime.connections).toBe(count)
const presenceOf = (client: TestClient) =>
  client.frames.flatMap((frame) => (frame.type === 'visitor.presence' ? [frame.presence] : []))
const teamOf = (client: TestClient) =>
  client.frames.flatMap((frame) => (frame.type === 'team.presence' ? [frame.team] : []))

describe.each(CONNECTS)('presence over %s', (_name, connect) => {
  const scene = async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, heartbeatMs: 3_600_000 })
    const { backend } = served
    const visitor = backend.addVisitor()
    const member = backend.addMember()
    const conversationId = await backend.addConversation(visitor.actor, 1)
    const arrive = async (token: string, tabId?: string) => {
      const client = await connect(served.url)
      return { client, ready: await client.start(token, { tabId }) }
    }
    const watch = (client: TestClient) => client.ask({ type: 'conversation.watch', conversationId })
    return { clock, backend, visitor, member, conversationId, arrive, watch }
  }

  it('[P2] an agent who watches is told how it stands, and when it changes', async () => {
    const { clock, visitor, member, conversationId, arrive, watch } = await scene()
    const { client: agent } = await arrive(member.token)
    expect(await watch(agent)).toMatchObject({ presence: 'offline' })
    const { client } = await arrive(visitor.token)
    expect(await agent.next('visitor.presence')).toEqual({
      type: 'visitor.presence',
      conversationId,
      presence: 'online',
    })
    expect(await watch(agent)).toMatchObject({ presence: 'online' })
    client.send({ type: 'activity.set', active: false })
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'away' })
    expect(await watch(agent)).toMatchObject({ presence: 'away' })
    client.close()
    await gone(1)
    clock.advance(10_000)
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'offline' })
    await agent.ask({ type: 'conversation.unwatch', conversationId })
    await arrive(visitor.token)
    await settle(agent)
    expect(presenceOf(agent)).toEqual(['online', 'away', 'offline'])
  })

  it('[P1] a reload is no absence, and connections count, not tabs', async () => {
    const { clock, visitor, member, arrive, watch } = await scene()
    const { client: agent } = await arrive(member.token)
    const { client: first } = await arrive(visitor.token)
    expect(await watch(agent)).toMatchObject({ presence: 'online' })
    first.close()
    await gone(1)
    clock.advance(9_999)
    const { client: second } = await arrive(visitor.token)
    const { client: third } = await arrive(visitor.token)
    clock.advance(60_000)
    second.close()
    await gone(2)
    clock.advance(60_000)
    await settle(agent)
    expect(presenceOf(agent)).toEqual([])
    third.close()
    await gone(1)
    clock.advance(9_999)
    await settle(agent)
    expect(presenceOf(agent)).toEqual([])
    clock.advance(1)
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'offline' })
  })

  it.each<[string, (conversationId: string) => object]>([
    ['activity', () => ({ type: 'activity.set', active: true })],
    ['typing', (conversationId) => ({ type: 'typing.set', conversationId, active: true })],
    [
      'a message',
      (conversationId) => ({
        type: 'message.send',
        commandId: randomUUID(),
        conversationId,
        clientMessageId: randomUUID(),
        parts: [{ type: 'text', text: 'Back' }],
      }),
    ],
  ])('[P2] [N1] who is away is back with %s, or with a new connection', async (_name, act) => {
    const { visitor, member, conversationId, arrive, watch } = await scene()
    const { client } = await arrive(visitor.token)
    const { client: agent } = await arrive(member.token)
    await watch(agent)
    for (const back of [() => client.send(act(conversationId)), () => arrive(visitor.token)]) {
      client.send({ type: 'activity.set', active: false })
      expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'away' })
      await back()
      expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'online' })
    }
  })

  it('[P2] who has several tabs is away when all of them are, and one that is closed has no say', async () => {
    const { clock, visitor, member, arrive, watch } = await scene()
    const { client: agent } = await arrive(member.token)
    const { client: first } = await arrive(visitor.token, 'tab-00000001')
    const { client: second } = await arrive(visitor.token, 'tab-00000002')
    await watch(agent)
    const setActive = async (client: TestClient, active: boolean) => {
      client.send({ type: 'activity.set', active })
      await settle(client)
      await settle(agent)
    }
    await setActive(first, false)
    expect(presenceOf(agent)).toEqual([])
    await setActive(second, false)
    expect(presenceOf(agent)).toEqual(['away'])
    await setActive(first, true)
    await setActive(first, false)
    await setActive(second, true)
    await setActive(first, true)
    await setActive(first, false)
    expect(presenceOf(agent)).toEqual(['away', 'online', 'away', 'online'])
    second.close()
    await gone(2)
    clock.advance(10_000)
    expect(await watch(agent)).toMatchObject({ presence: 'away' })
    await settle(agent)
    expect(presenceOf(agent)).toEqual(['away', 'online', 'away', 'online', 'away'])
  })

  it('[P2] a tab that has connected anew speaks for the connection that it has lost', async () => {
    const { visitor, member, arrive, watch } = await scene()
    const { client: agent } = await arrive(member.token)
    await watch(agent)
    await arrive(visitor.token, 'tab-00000001')
    const { client } = await arrive(visitor.token, 'tab-00000001')
    client.send({ type: 'activity.set', active: false })
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'online' })
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'away' })
  })

  it('[P3] a visitor is told whether anybody is there who may answer, with and without a conversation', async () => {
    const { clock, backend, visitor, arrive } = await scene()
    const reader = backend.addMember({ role: 'client_user' })
    await arrive(reader.token)
    await arrive(backend.addMember({ organizationId: randomUUID() }).token)
    for (const token of [visitor.token, backend.addVisitor().token]) {
      const { client, ready } = await arrive(token)
      expect(ready).toMatchObject({ team: { online: false, agent: false } })
      const { client: agent } = await arrive(backend.addMember().token)
      expect(await client.next('team.presence')).toEqual({
        type: 'team.presence',
        team: { online: true, agent: false },
      })
      const before = served.realtime.connections
      agent.close()
      await gone(before - 1)
      clock.advance(10_000)
      expect(await client.next('team.presence')).toMatchObject({ team: { online: false } })
    }
  })

  it('[P3] and whether the agent in charge is, whoever that is by then', async () => {
    const { clock, backend, visitor, member, conversationId, arrive } = await scene()
    const other = backend.addMember()
    const { client: agent } = await arrive(member.token)
    await arrive(other.token)
    const { client, ready } = await arrive(visitor.token)
    expect(ready).toMatchObject({ team: { online: true, agent: false } })
    const assign = (memberId: string) => backend.assign(conversationId, { kind: 'agent', id: memberId, name: 'Asha' })
    assign(member.actor.memberId)
    expect(await client.next('team.presence')).toMatchObject({ team: { online: true, agent: true } })
    expect((await arrive(visitor.token)).ready).toMatchObject({ team: { online: true, agent: true } })
    agent.close()
    await gone(3)
    clock.advance(10_000)
    expect(await client.next('team.presence')).toMatchObject({ team: { online: true, agent: false } })
    assign(other.actor.memberId)
    expect(await client.next('team.presence')).toMatchObject({ team: { online: true, agent: true } })
    expect(JSON.stringify(teamOf(client))).not.toContain(other.actor.memberId)
  })

  it('[P3] of the newest conversation, whatever happens in those before it', async () => {
    const { backend, visitor, member, conversationId, arrive } = await scene()
    await backend.addConversation(visitor.actor)
    await arrive(member.token)
    const { client, ready } = await arrive(visitor.token)
    expect(ready).toMatchObject({ team: { online: true, agent: false } })
    backend.assign(conversationId, { kind: 'agent', id: member.actor.memberId, name: 'Asha' })
    await client.next('conversation.changed')
    await settle(client)
    expect(teamOf(client)).toEqual([])
  })

  it('threat 86: [P4] nobody is told of, or shown in, what is not theirs', async () => {
    const { backend, visitor, member, conversationId, arrive, watch } = await scene()
    const { client: foreignAgent } = await arrive(backend.addMember({ organizationId: randomUUID() }).token)
    const { client: stranger } = await arrive(backend.addVisitor().token)
    const { client: agent } = await arrive(member.token)
    await watch(agent)
    for (const client of [foreignAgent, stranger]) {
      expect(await watch(client)).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } })
      client.send({ type: 'activity.set', active: true, conversationId, visitorId: visitor.actor.visitorId })
      client.send({ type: 'visitor.presence', conversationId, presence: 'online' })
      client.send({ type: 'team.presence', team: { online: true, agent: true } })
    }
    agent.send({ type: 'activity.set', active: false })
    const { client } = await arrive(visitor.token)
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'online' })
    for (const each of [foreignAgent, stranger, agent, client]) await settle(each)
    expect([foreignAgent, stranger, client].flatMap(presenceOf)).toEqual([])
    expect(presenceOf(agent)).toEqual(['online'])
    expect([foreignAgent, agent].flatMap(teamOf)).toEqual([])
  })

  it('[P4] moves no cursor and lets no event wait: among all coming and going the log is as it was', async () => {
    const { clock, backend, visitor, member, conversationId, arrive, watch } = await scene()
    const { client: agent } = await arrive(member.token)
    const { client } = await arrive(visitor.token)
    await watch(agent)
    for (let count = 0; count < 10; count += 1) {
      client.send({ type: 'activity.set', active: count % 2 === 1 })
      const parts = [{ type: 'text' as const, text: `${count}` }]
      await backend.appendMessage(visitor.actor, { conversationId, clientMessageId: randomUUID(), parts })
      const before = served.realtime.connections
      const { client: passing } = await arrive(backend.addMember().token)
      passing.close()
      await gone(before)
      clock.advance(10_000)
    }
    for (const each of [agent, client]) {
      each.send({ type: 'ping' })
      const { heads } = await each.next('heartbeat')
      const seqs = each.frames.flatMap((frame) => ('seq' in frame && 'parts' in frame ? [frame.seq] : []))
      expect(seqs).toEqual([2, 3, 4, 5, 6, 7, 8, 9, 10, 11])
      expect(heads).toEqual({ [conversationId]: 11 })
    }
    expect(teamOf(client)).toEqual([])
    expect(presenceOf(agent)).toEqual([
      'away',
      'online',
      'away',
      'online',
      'away',
      'online',
      'away',
      'online',
      'away',
      'online',
    ])
  })
})

describe('presence over plain HTTP', () => {
  const poll = (token: string, ...commands: object[]) => pollFrom(undefined, token, ...commands)
  const pollFrom = async (tabId: string | undefined, token: string, ...commands: object[]): Promise<ServerFrame[]> => {
    const start = {
      type: 'session.start',
      commandId: randomUUID(),
      protocolVersion: PROTOCOL_VERSION,
      token,
      tabId,
      cursors: [],
    }
    const body = [start, ...commands].map((frame) => JSON.stringify(frame)).join('\n')
    const response = await fetch(`${served.url}/poll`, { method: 'POST', body })
    return (await response.text())
      .split('\n')
      .slice(1)
      .map((line) => JSON.parse(line))
  }
  const scene = async () => {
    const clock = createManualClock()
    served = await serveRealtime({ clock, heartbeatMs: 3_600_000 })
    const visitor = served.backend.addVisitor()
    const conversationId = await served.backend.addConversation(visitor.actor)
    const agent = await connectWebSocket(served.url)
    await agent.start(served.backend.addMember().token)
    await agent.ask({ type: 'conversation.watch', conversationId })
    return { clock, visitor, agent }
  }

  it('[P1] a request counts for 45 seconds after its end', async () => {
    const { clock, visitor, agent } = await scene()
    const [ready] = await poll(visitor.token)
    expect(ready).toMatchObject({ type: 'session.ready', team: { online: true, agent: false } })
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'online' })
    await gone(1)
    clock.advance(44_999)
    await poll(visitor.token)
    await gone(1)
    clock.advance(44_999)
    await settle(agent)
    expect(presenceOf(agent)).toEqual(['online'])
    clock.advance(1)
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'offline' })
  })

  it('[P2] who is away stays so over further requests', async () => {
    const { visitor, agent } = await scene()
    await poll(visitor.token)
    await poll(visitor.token, { type: 'activity.set', active: false })
    await poll(visitor.token)
    await settle(agent)
    expect(presenceOf(agent)).toEqual(['online', 'away'])
    await poll(visitor.token, { type: 'activity.set', active: true })
    expect(await agent.next('visitor.presence')).toMatchObject({ presence: 'online' })
  })

  it('[P2] of several tabs each speaks for itself, over many requests, and none for longer than it counts', async () => {
    const { clock, visitor, agent } = await scene()
    const [one, other] = ['tab-00000001', 'tab-00000002']
    const setActive = async (tabId: string | undefined, active: boolean) => {
      await pollFrom(tabId, visitor.token, { type: 'activity.set', active })
      await settle(agent)
    }
    for (const tabId of [one, other]) await pollFrom(tabId, visitor.token)
    await setActive(one, false)
    await pollFrom(one, visitor.token)
    expect(presenceOf(agent)).toEqual(['online'])
    await setActive(other, false)
    expect(presenceOf(agent)).toEqual(['online', 'away'])
    await setActive(other, true)
    await gone(1)
    clock.advance(30_000)
    await pollFrom(one, visitor.token)
    await gone(1)
    clock.advance(15_000)
    await settle(agent)
    expect(presenceOf(agent)).toEqual(['online', 'away', 'online', 'away'])
  })

  it('[W3] [P3] a request that waits is answered when the team comes or goes, and at once when it has meanwhile', async () => {
    const { clock, visitor, agent } = await scene()
    const start = { type: 'session.start', protocolVersion: PROTOCOL_VERSION, token: visitor.token, cursors: [] }
    const ask = async (seen: string) => {
      const body = JSON.stringify({ ...start, commandId: randomUUID() })
      const text = await (await fetch(`${served.url}/poll?seen=${seen}`, { method: 'POST', body })).text()
      const [next = '', ...lines] = text.split('\n')
      return { seen: next, frames: lines.map((line) => JSON.parse(line)) }
    }
    const { seen } = await ask('')
    await gone(1)
    const waiting = ask(seen)
    await gone(2)
    agent.close()
    await gone(1)
    clock.advance(10_000)
    const [, news] = (await waiting).frames
    expect(news).toEqual({ type: 'team.presence', team: { online: false, agent: false } })
    const again = await ask(seen)
    expect(again.frames).toMatchObject([{ type: 'session.ready', team: { online: false } }])
    expect(again.seen).not.toBe(seen)
  })
})
