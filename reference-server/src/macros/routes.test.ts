import { randomUUID } from 'node:crypto'
import { type ConversationSummary, type Macro, type MacroAction, type MacroRun, textOf } from '@chatdesk/protocol'
import { createConversationResponse, listMessagesResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('macros, on %s', (kind) => {
  let server: TestServer
  let agent: TestMember
  let owner: TestMember
  let headers: Record<string, string>
  let conversation: string
  let tagId: string
  let made = 0

  beforeAll(async () => {
    server = await createTestServer({ kind })
    agent = await server.signIn('agent')
    owner = await server.signIn('client_admin')
    tagId = (await call('POST', '/tags', agent, { name: 'refund' })).body.tag.id
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    const { token } = await server.initVisitor({ traits: { name: 'Anaya' } })
    headers = { authorization: `Bearer ${token}` }
    const started = await server.post('/api/widget/conversations', {}, headers)
    conversation = createConversationResponse.parse(await started.json()).conversation.id
    const message = { clientMessageId: randomUUID(), text: 'Anybody there?' }
    await server.post(`/api/widget/conversations/${conversation}/messages`, message, headers)
  })

  const call = async (method: string, path: string, member: TestMember | string, body?: unknown) => {
    const credential = typeof member === 'string' ? { authorization: `Bearer ${member}` } : member.headers
    const answer = await fetch(`${server.url}/api/chat-widget${path}`, {
      method,
      headers: { origin: server.origin, 'content-type': 'application/json', ...credential },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const make = async (...actions: MacroAction[]): Promise<Macro> => {
    const { status, body } = await call('POST', '/macros', owner, { name: `Macro ${++made}`, actions })
    expect([status, body.error]).toEqual([201, undefined])
    return body.macro
  }
  const run = async ({ id }: Macro, runId: string = randomUUID()) => {
    const answer = await call('POST', `/conversations/${conversation}/macros/${id}`, agent, { runId })
    expect([answer.status, answer.body.error]).toEqual([200, undefined])
    return answer.body as MacroRun
  }
  const summary = async () =>
    (await call('GET', `/conversations/${conversation}`, agent)).body.conversation as ConversationSummary
  const said = async () => {
    const answer = await server.get(`/api/widget/conversations/${conversation}/messages`, headers)
    const { messages } = listMessagesResponse.parse(await answer.json())
    return messages.map(({ parts }) => textOf(parts))
  }

  it('[D6] do one thing after the other, with their variables filled', async () => {
    const macro = await make(
      { type: 'assign', agentId: 'me' },
      { type: 'reply', text: 'Hi {{visitor.name|there}}, {{agent.name}} takes care of it.' },
      { type: 'note', text: 'Write to {{visitor.email|nowhere}}.' },
      { type: 'tag', tagId },
      { type: 'priority', priority: 'high' },
      { type: 'snooze', minutes: 60 },
    )
    const result = await run(macro)
    const { name } = agent.current.member
    expect(result).toMatchObject({
      ...{ outcome: 'done', stoppedAt: null },
      conversation: { status: 'assigned', agent: { name }, tagIds: [tagId], priority: 'high', notes: 1 },
    })
    expect(Date.parse(result.conversation.snoozedUntil ?? '') - Date.now()).toBeGreaterThan(3_500_000)
    expect(await said()).toEqual(['Anybody there?', `Hi Anaya, ${name} takes care of it.`])
    const { notes } = (await call('GET', `/conversations/${conversation}/notes`, agent)).body
    expect(notes).toMatchObject([{ text: 'Write to nowhere.' }])
    const after = await run(await make({ type: 'untag', tagId }, { type: 'release', departmentId: null }))
    expect(after.conversation).toMatchObject({ tagIds: [], status: 'waiting', agent: null, snoozedUntil: null })
    expect((await run(await make({ type: 'end' }))).conversation.status).toBe('resolved')
  })

  it('[D6] stop at the first refusal and say which it was', async () => {
    const { body } = await call('POST', '/tags', agent, { name: `gone ${made}` })
    const macro = await make(
      { type: 'reply', text: 'First' },
      { type: 'tag', tagId: body.tag.id },
      { type: 'reply', text: 'Third' },
    )
    await call('DELETE', `/tags/${body.tag.id}`, owner)
    const runId = randomUUID()
    const result = await run(macro, runId)
    expect(result).toMatchObject({ outcome: 'stopped', stoppedAt: { index: 1, code: 'VALIDATION_FAILED' } })
    expect(await run(macro, runId)).toMatchObject({ outcome: 'stopped', stoppedAt: result.stoppedAt })
    expect(await said()).toEqual(['Anybody there?', 'First'])
    const empty = await run(await make({ type: 'reply', text: '{{visitor.email}}' }))
    expect(empty.stoppedAt).toMatchObject({ index: 0, code: 'VALIDATION_FAILED' })
  })

  it('[D7] a run that is repeated does nothing again, whatever was done since', async () => {
    const macro = await make({ type: 'reply', text: 'Once' }, { type: 'assign', agentId: 'me' })
    const runId = randomUUID()
    await run(macro, runId)
    await call('POST', `/conversations/${conversation}/assign`, owner, {})
    expect((await run(macro, runId)).outcome).toBe('done')
    expect((await summary()).agent?.id).toBe(owner.current.member.id)
    expect(await said()).toEqual(['Anybody there?', 'Once'])
  })

  it('[D7] a run that was cut off begins anew and says nothing twice', async () => {
    const macro = await make({ type: 'reply', text: 'Once' }, { type: 'note', text: 'Once' })
    const runId = randomUUID()
    await Promise.all([run(macro, runId), run(macro, runId)])
    // As if the first had ended before it was written down.
    await server.database.system.deleteFrom('macro_runs').execute()
    await run(macro, runId)
    expect(await said()).toEqual(['Anybody there?', 'Once'])
    expect((await summary()).notes).toBe(1)
  })

  it('[D6] give a token nothing that its scopes do not', async () => {
    const macro = await make({ type: 'tag', tagId }, { type: 'reply', text: 'Hello' })
    const tokenOf = async (scopes: string[]) =>
      (await call('POST', '/api-tokens', owner, { name: 'T', scopes })).body.secret as string
    const path = `/conversations/${conversation}/macros/${macro.id}`
    const few = await tokenOf(['macro:write', 'conversation:write'])
    const refused = await call('POST', path, few, { runId: randomUUID() })
    expect(refused).toMatchObject({ status: 403, body: { error: { code: 'FORBIDDEN' } } })
    expect((await summary()).tagIds).toEqual([])
    const all = await tokenOf(['macro:write', 'conversation:write', 'message:write'])
    expect((await call('POST', path, all, { runId: randomUUID() })).body.outcome).toBe('done')
  })

  it('[D6] take nothing that is not there, no unknown variable, and no name twice', async () => {
    const refused = async (actions: unknown[], name = 'X') =>
      (await call('POST', '/macros', owner, { name, actions })).body.error?.field
    expect(await refused([{ type: 'tag', tagId: randomUUID() }])).toBe('actions.0.tagId')
    expect(await refused([{ type: 'end' }, { type: 'assign', agentId: randomUUID() }])).toBe('actions.1.agentId')
    expect(await refused([{ type: 'release', departmentId: randomUUID() }])).toBe('actions.0.departmentId')
    expect(await refused([{ type: 'reply', text: '{{nobody}}' }])).toBe('actions.0.text')
    expect(await refused([])).toBe('actions')
    const { id, name } = await make({ type: 'end' })
    expect(await refused([{ type: 'end' }], name)).toBe('name')
    const changed = await call('PATCH', `/macros/${id}`, owner, { actions: [{ type: 'priority', priority: 'low' }] })
    expect(changed.body.macro).toMatchObject({ name, actions: [{ type: 'priority', priority: 'low' }] })
    expect((await call('DELETE', `/macros/${id}`, owner)).status).toBe(204)
    expect((await call('PATCH', `/macros/${id}`, owner, { name: 'Y' })).status).toBe(404)
  })
})
