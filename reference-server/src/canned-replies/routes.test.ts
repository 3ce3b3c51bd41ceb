import type { AuditEntry, CannedReply } from '@chatdesk/protocol'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('canned replies, on %s', (kind) => {
  let server: TestServer
  let agent: TestMember
  let owner: TestMember

  beforeAll(async () => {
    server = await createTestServer({ kind })
    agent = await server.signIn('agent')
    owner = await server.signIn('client_admin')
  })
  afterAll(() => server.close())

  const call = async (method: string, path: string, member: TestMember, body?: unknown) => {
    const answer = await fetch(`${server.url}/api/chat-widget${path}`, {
      method,
      headers: { origin: server.origin, 'content-type': 'application/json', ...member.headers },
      ...(method === 'GET' ? {} : { body: JSON.stringify(body ?? {}) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text === '' ? undefined : JSON.parse(text) }
  }
  const make = (input: object) =>
    call('POST', '/canned-replies', agent, { shortcut: 'hello', title: 'Greeting', text: 'Hello', ...input })
  const list = async () => (await call('GET', '/canned-replies', agent)).body.replies as CannedReply[]

  it('[D5] have one shortcut for each language, and are listed by it', async () => {
    const { body: department } = await call('POST', '/departments', owner, { name: 'Sales' })
    const departmentId = department.department.id
    const first = await make({ shortcut: ' Hello ', departmentId })
    expect(first.body.reply).toMatchObject({ shortcut: 'hello', departmentId, language: null })
    expect((await make({ language: 'de', text: 'Hallo {{visitor.name|zusammen}}' })).status).toBe(201)
    expect((await make({ shortcut: 'bye' })).status).toBe(201)
    for (const language of [null, 'de'])
      expect(await make({ language })).toMatchObject({
        status: 422,
        body: { error: { code: 'VALIDATION_FAILED', field: 'shortcut' } },
      })
    expect((await list()).map(({ shortcut, language }) => `${shortcut} ${language}`)).toEqual([
      'bye null',
      'hello null',
      'hello de',
    ])
    await call('DELETE', `/departments/${departmentId}`, owner)
    expect((await list())[1]?.departmentId).toBeNull()
  })

  it('[D4] say when they are written that a variable is none', async () => {
    const refused = await make({ shortcut: 'wrong', text: 'Dear {{visitor.nam}}' })
    expect(refused).toMatchObject({ status: 422, body: { error: { field: 'text' } } })
    expect(refused.body.error.message).toContain('{{visitor.nam}}')
  })

  it.each(['two words', '', '-x', 'a/b', 'x'.repeat(33)])('[D5] take no shortcut like “%s”', async (shortcut) => {
    expect(await make({ shortcut })).toMatchObject({ status: 422, body: { error: { field: 'shortcut' } } })
  })

  it('change and go, and the trail says of each who did it', async () => {
    const { body } = await make({ shortcut: 'prix-été' })
    const path = `/canned-replies/${body.reply.id}`
    const changed = await call('PATCH', path, agent, { text: 'Gratuit.', language: 'fr' })
    expect(changed.body.reply).toMatchObject({ shortcut: 'prix-été', text: 'Gratuit.', language: 'fr' })
    await call('PATCH', path, agent, { text: 'Gratuit.' })
    expect((await call('PATCH', path, agent, { shortcut: 'bye', language: null })).status).toBe(422)
    expect((await call('DELETE', path, agent)).status).toBe(204)
    expect((await call('PATCH', path, agent, { title: 'X' })).status).toBe(404)
    const { entries } = (await call('GET', '/audit', owner)).body as { entries: AuditEntry[] }
    const told = entries.filter(({ target }) => target.id === body.reply.id)
    expect(told.map(({ action, changes }) => [action, Object.keys(changes ?? {}).join()])).toEqual([
      ['cannedReply.delete', ''],
      ['cannedReply.update', 'text,language'],
      ['cannedReply.create', ''],
    ])
  })
})
