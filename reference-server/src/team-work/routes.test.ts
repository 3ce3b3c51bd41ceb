import { type ConversationSummary, type Note, type Tag, textOf } from '@chatdesk/protocol'
import { createConversationResponse, listMessagesResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('what a team does with its conversations, on %s', (kind) => {
  let server: TestServer
  let agent: TestMember
  let owner: TestMember
  let viewer: TestMember
  let visitorHeaders: Record<string, string>
  let id: string
  let ids = 0

  beforeAll(async () => {
    server = await createTestServer({ kind })
    agent = await server.signIn('agent')
    owner = await server.signIn('client_admin')
    viewer = await server.signIn('client_user')
  })
  afterAll(() => server.close())
  const say = (text: string) =>
    server.post(
      `/api/widget/conversations/${id}/messages`,
      { clientMessageId: `message-${++ids}`.padEnd(12, '0'), text },
      visitorHeaders,
    )
  beforeEach(async () => {
    const { token } = await server.initVisitor()
    visitorHeaders = { authorization: `Bearer ${token}` }
    const started = await server.post('/api/widget/conversations', {}, visitorHeaders)
    id = createConversationResponse.parse(await started.json()).conversation.id
    await say('Is anybody there?')
  })

  const call = async (method: string, path: string, member: TestMember, body?: unknown) => {
    const answer = await fetch(`${server.url}/api/chat-widget${path}`, {
      method,
      headers: { origin: server.origin, 'content-type': 'application/json', ...member.headers },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const move = async (verb: string, member: TestMember, body?: unknown) => {
    const answered = await call('POST', `/conversations/${id}/${verb}`, member, body)
    expect(answered.status).toBe(200)
    return answered.body as { outcome: string; conversation: ConversationSummary }
  }
  const summary = async () =>
    (await call('GET', `/conversations/${id}`, viewer)).body.conversation as ConversationSummary
  const newNoteId = () => `00000000-0000-7000-8000-${(++ids).toString().padStart(12, '0')}`
  const events = async () => {
    const answer = await server.get(`/api/widget/conversations/${id}/messages`, visitorHeaders)
    return listMessagesResponse.parse(await answer.json())
  }

  it('[C15] assigns to oneself or a colleague, and takes nothing from somebody who was faster', async () => {
    const mine = await move('assign', agent, { expectedAgentId: null })
    expect(mine).toMatchObject({
      outcome: 'done',
      conversation: { status: 'assigned', agent: { name: agent.current.member.name } },
    })
    const late = await move('assign', owner, { expectedAgentId: null })
    expect(late).toMatchObject({ outcome: 'taken', conversation: { agent: { id: agent.current.member.id } } })
    expect(late.conversation.headSeq).toBe(mine.conversation.headSeq)
    const passedOn = await move('assign', agent, { agentId: owner.current.member.id })
    expect(passedOn.conversation.agent?.id).toBe(owner.current.member.id)
    expect(passedOn.conversation.headSeq).toBe(mine.conversation.headSeq + 1)
    const again = await move('assign', agent, { agentId: owner.current.member.id })
    expect(again.conversation.headSeq).toBe(passedOn.conversation.headSeq)
  })

  it('[C15] refuses who does not answer visitors, and who is nobody here', async () => {
    for (const agentId of [viewer.current.member.id, '00000000-0000-7000-8000-00000000ffff'])
      expect(await call('POST', `/conversations/${id}/assign`, agent, { agentId })).toMatchObject({
        status: 422,
        body: { error: { code: 'VALIDATION_FAILED', field: 'agentId' } },
      })
  })

  it('[C15] of two who take it at once one has it, and the other is told', async () => {
    const both = await Promise.all([agent, owner].map((member) => move('assign', member, { expectedAgentId: null })))
    expect(both.map(({ outcome }) => outcome).sort()).toEqual(['done', 'taken'])
    expect(new Set(both.map(({ conversation }) => conversation.agent?.id)).size).toBe(1)
  })

  it('[C16] releases to the queue of a department, with the age that it has', async () => {
    const { waitingSince } = await summary()
    const { body } = await call('POST', '/departments', owner, { name: `Sales ${++ids}` })
    await move('assign', agent)
    const { conversation } = await move('release', agent, { departmentId: body.department.id })
    expect(conversation).toMatchObject({
      status: 'waiting',
      agent: null,
      departmentId: body.department.id,
      waitingSince,
    })
    const unknown = await call('POST', `/conversations/${id}/release`, agent, { departmentId: id })
    expect(unknown).toMatchObject({ status: 422, body: { error: { field: 'departmentId' } } })
  })

  it('[C17] ends and reopens', async () => {
    await move('assign', agent)
    expect((await move('end', agent)).conversation.status).toBe('resolved')
    const { conversation } = await move('reopen', owner)
    expect(conversation).toMatchObject({ status: 'assigned', agent: { id: agent.current.member.id } })
    expect((await move('reopen', owner)).conversation.headSeq).toBe(conversation.headSeq)
  })

  it('[C18] priority, tags and snoozing are the team’s: in no log, and no visitor is told', async () => {
    const before = await events()
    const { body } = await call('POST', '/tags', agent, { name: ` urgent  ${++ids} ` })
    const tag = body.tag as Tag
    expect(tag.name).toBe(`urgent ${ids}`)
    const until = new Date(Date.now() + 3_600_000).toISOString()
    const { version } = await summary()
    const changed = await call('PATCH', `/conversations/${id}`, agent, {
      ...{ priority: 'urgent', tagIds: [tag.id, tag.id], snoozedUntil: until },
    })
    expect(changed.body.conversation).toMatchObject({ priority: 'urgent', tagIds: [tag.id], snoozedUntil: until })
    expect(changed.body.conversation.version).toBeGreaterThan(version)
    expect(await events()).toEqual(before)
    await say('Hello?')
    expect(await summary()).toMatchObject({ snoozedUntil: null, priority: 'urgent', tagIds: [tag.id] })
    const gone = await call('DELETE', `/tags/${tag.id}`, owner)
    expect(gone.status).toBe(204)
    expect((await summary()).tagIds).toEqual([])
  })

  it.each([
    ['a tag of nobody', { tagIds: ['00000000-0000-7000-8000-00000000ffff'] }, 'tagIds'],
    ['the past', { snoozedUntil: '2020-01-01T00:00:00.000Z' }, 'snoozedUntil'],
    ['another priority', { priority: 'now' }, 'priority'],
    ['what has its own way', { status: 'resolved' }, ''],
  ])('[C18] refuses %s, and changes nothing', async (_, update, field) => {
    const before = await summary()
    expect(await call('PATCH', `/conversations/${id}`, agent, update)).toMatchObject({
      status: 422,
      body: { error: { field } },
    })
    expect(await summary()).toEqual(before)
  })

  it('[C18] notes stand behind what they are about, for the team alone', async () => {
    const mentions = [owner.current.member.id, agent.current.member.id]
    const note = { id: newNoteId(), text: 'A friend of *Priya*', mentions }
    const written = await call('POST', `/conversations/${id}/notes`, agent, note)
    expect(written).toMatchObject({
      status: 201,
      body: { note: { ...note, afterSeq: 1, author: { name: agent.current.member.name } } },
    })
    expect(await call('POST', `/conversations/${id}/notes`, agent, note)).toMatchObject({ body: written.body })
    // Who wrote it and is named in it knows of it.
    const mentioned = [{ memberId: owner.current.member.id, at: written.body.note.createdAt }]
    expect(await summary()).toMatchObject({ notes: 1, mentioned })
    const read = (await call('GET', `/conversations/${id}/notes`, viewer)).body.notes as Note[]
    expect(read).toEqual([written.body.note])
    expect((await events()).messages.map(({ parts }) => textOf(parts))).toEqual(['Is anybody there?'])
    expect(await call('DELETE', `/conversations/${id}/notes/${note.id}`, owner)).toMatchObject({ status: 403 })
    expect(await call('DELETE', `/conversations/${id}/notes/${note.id}`, agent)).toMatchObject({ status: 204 })
    expect(await summary()).not.toHaveProperty('mentioned')
    expect((await summary()).notes).toBe(0)
  })

  it('[C18] an id is one note’s, and mentions are members', async () => {
    const note = { id: newNoteId(), text: 'One' }
    await call('POST', `/conversations/${id}/notes`, agent, note)
    const other = await call('POST', `/conversations/${id}/notes`, agent, { ...note, text: 'Another' })
    expect(other).toMatchObject({ status: 409, body: { error: { code: 'ID_REUSED' } } })
    const nobody = await call('POST', `/conversations/${id}/notes`, agent, {
      id: newNoteId(),
      text: 'x',
      mentions: [id],
    })
    expect(nobody).toMatchObject({ status: 422, body: { error: { field: 'mentions' } } })
    expect((await summary()).notes).toBe(1)
  })

  it('tags have one name each', async () => {
    const name = `vip ${++ids}`
    const { body } = await call('POST', '/tags', agent, { name })
    expect(await call('POST', '/tags', agent, { name })).toMatchObject({
      status: 422,
      body: { error: { field: 'name' } },
    })
    const other = await call('POST', '/tags', agent, { name: `${name} too` })
    const renamed = await call('PATCH', `/tags/${other.body.tag.id}`, owner, { name })
    expect(renamed).toMatchObject({ status: 422, body: { error: { field: 'name' } } })
    expect((await call('GET', '/tags', viewer)).body.tags).toContainEqual(body.tag)
  })
})
