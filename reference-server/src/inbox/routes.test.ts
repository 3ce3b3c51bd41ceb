import type { ConversationSummary, SearchResult } from '@chatdesk/protocol'
import { createConversationResponse, listConversationsResponse } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { fillTenant } from '../testing/fill-tenant.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('the routes of the inbox on %s', (kind) => {
  let server: TestServer
  let agent: TestMember
  let viewer: TestMember
  let made = 0
  beforeAll(async () => {
    server = await createTestServer({ kind })
    agent = await server.signIn('agent')
    viewer = await server.signIn('client_user')
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
  const beginAs = async (visitor: Parameters<TestServer['initVisitor']>[0], ...texts: string[]) => {
    const { token } = await server.initVisitor(visitor)
    const headers = { authorization: `Bearer ${token}` }
    const started = await server.post('/api/widget/conversations', {}, headers)
    const { id } = createConversationResponse.parse(await started.json()).conversation
    for (const text of texts) {
      const body = { clientMessageId: `message-${++made}`.padEnd(12, '0'), text }
      expect((await server.post(`/api/widget/conversations/${id}/messages`, body, headers)).status).toBe(201)
    }
    return { id, headers }
  }
  const begin = (...texts: string[]) => beginAs({}, ...texts)
  const find = async (q: string, more = '', member = viewer) => {
    const { status, body } = await call('GET', `/search?q=${encodeURIComponent(q)}${more}`, member)
    expect(status).toBe(200)
    return body as { results: SearchResult[]; nextCursor: string | null }
  }
  const texts = async (q: string) => (await find(q)).results.map(({ excerpt }) => excerpt)

  it('[I3] show a view, and the counts of all of them', async () => {
    const { id } = await begin('Is anybody there?')
    await call('POST', `/conversations/${id}/assign`, agent)
    const { status, body } = await call('GET', '/conversations?view=mine', agent)
    expect(status).toBe(200)
    expect(listConversationsResponse.parse(body)).toEqual(body)
    expect(body.conversations.map((row: ConversationSummary) => row.id)).toContain(id)
    const { body: counted } = await call('GET', '/conversations/counts', agent)
    expect(counted.counts.mine).toBe(body.conversations.length)
    expect((await call('GET', '/conversations?view=mine', viewer)).body.conversations).toEqual([])
    expect((await call('GET', '/conversations?view=theirs', agent)).status).toBe(422)
  })

  it('[I4] finds all the words, the last one as a beginning, in any language', async () => {
    const { id } = await begin('My invoice Nr-4711 is wrong', 'Die Kündigung, bitte!', 'Верните ДЕНЬГИ', '请问如何退款')
    expect((await find('wrong invo')).results).toMatchObject([
      { in: 'message', conversation: { id }, seq: 1, excerpt: 'My invoice Nr-4711 is wrong' },
    ])
    const { body: log } = await call('GET', `/conversations/${id}/messages`, viewer)
    expect((await find('wrong invo')).results[0]?.at).toBe(log.messages[0].createdAt)
    expect(await texts('invo wrong')).toEqual([])
    expect(await texts('4711')).toHaveLength(1)
    expect(await texts('KUNDIG')).toEqual(['Die Kündigung, bitte!'])
    expect(await texts('деньги')).toEqual(['Верните ДЕНЬГИ'])
    expect(await texts('退款')).toEqual(['请问如何退款'])
    expect(await texts("' & | ! :* \\")).toEqual([])
    expect(await texts('never said by anyone')).toEqual([])
  })

  it('[I4] pages from the newest to the oldest, and repeats nothing', async () => {
    await begin(...Array.from({ length: 5 }, (_, index) => `pagination number ${index}`))
    const seen: string[] = []
    let more = ''
    for (let page = 0; page < 3; page++) {
      const { results, nextCursor } = await find('pagination', `&limit=2${more}`)
      seen.push(...results.map(({ excerpt }) => excerpt.slice(-1)))
      expect(nextCursor === null).toBe(page === 2)
      more = `&cursor=${nextCursor}`
    }
    expect(seen.join('')).toBe('43210')
    expect((await call('GET', '/search?q=x&cursor=y', viewer)).body.error.field).toBe('cursor')
  })

  it('[I4] finds notes for whoever may read them, and people by name and address', async () => {
    const { id } = await beginAs({ traits: { name: 'Zoë Quennell', email: 'zoe@quennell.example' } }, 'Hello')
    const noteId = '00000000-0000-7000-8000-00000000abcd'
    const note = { id: noteId, text: 'Offer a voucher', mentions: [] }
    const { body } = await call('POST', `/conversations/${id}/notes`, agent, note)
    const { createdAt: at } = body.note
    expect((await find('voucher')).results).toMatchObject([{ in: 'note', conversation: { id }, seq: null, at }])
    for (const q of ['zoe quen', 'zoe@quennell.example'])
      expect((await find(q)).results).toMatchObject([{ in: 'visitor', conversation: { id }, at: null }])
    await call('DELETE', `/conversations/${id}/notes/${noteId}`, agent)
    expect(await texts('voucher')).toEqual([])
  })

  it('[I4] [W8] finds nothing of a visitor who had their data deleted', async () => {
    const { headers } = await begin('Ephemeral words')
    expect(await texts('ephemeral')).toHaveLength(1)
    const erased = await fetch(`${server.url}/api/widget/visitor`, { method: 'DELETE', headers })
    expect(erased.status).toBeLessThan(300)
    expect(await texts('ephemeral')).toEqual([])
    const { rows } = await sql<{ left: number }>`select count(*)::int as left from search_entries e
      where not exists (select from events v where v.id = e.id) and kind = 'message'`.execute(server.database.system)
    expect(rows).toEqual([{ left: 0 }])
  })

  it('threat 25: [I4] a search reaches no other organization, and its function asks by itself', async () => {
    const other = await fillTenant(server.database)
    expect(await texts('nine to five')).toEqual([])
    const ask = (as: string) =>
      sql<{
        id: string
      }>`select id from search_in(${other.organizationId}::uuid, '{nine}', 'ffffffff-ffff-ffff-ffff-ffffffffffff', 9)`.execute(
        server.database.of(as),
      )
    expect((await ask(other.organizationId)).rows).toHaveLength(1)
    const own = agent.current.organization.id
    await expect(ask(own)).rejects.toThrow('not an organization of the caller')
  })

  it('[I5] do the same to many, and say of each how it went', async () => {
    const [a, b] = [(await begin('one')).id, (await begin('two')).id]
    const unknown = '00000000-0000-7000-8000-00000000ffff'
    const bulk = (action: object, ids = [a, unknown, b, a]) =>
      call('POST', '/conversations/bulk', agent, { ids, action })
    const row = async (id: string) => (await call('GET', `/conversations/${id}`, viewer)).body.conversation
    expect((await bulk({ type: 'assign' })).body).toEqual({
      outcomes: [
        { id: a, outcome: 'done' },
        { id: unknown, outcome: 'NOT_FOUND' },
        { id: b, outcome: 'done' },
      ],
    })
    expect(await row(b)).toMatchObject({ status: 'assigned', agent: { id: agent.current.member.id } })
    const { body } = await call('POST', '/tags', agent, { name: `bulk ${++made}` })
    const tagId = body.tag.id
    await bulk({ type: 'tag', tagId }, [a, b])
    await bulk({ type: 'untag', tagId }, [b])
    await bulk({ type: 'priority', priority: 'urgent' }, [a])
    const until = new Date(Date.now() + 3_600_000).toISOString()
    await bulk({ type: 'snooze', until }, [a])
    expect(await row(a)).toMatchObject({ tagIds: [tagId], priority: 'urgent', snoozedUntil: until })
    expect(await row(b)).toMatchObject({ tagIds: [], priority: 'normal' })
    const past = await bulk({ type: 'snooze', until: '2020-01-01T00:00:00.000Z' }, [a])
    expect(past.body.outcomes).toEqual([{ id: a, outcome: 'VALIDATION_FAILED' }])
    await bulk({ type: 'release' }, [a])
    await bulk({ type: 'end' }, [b])
    expect(await row(a)).toMatchObject({ status: 'waiting', agent: null })
    expect(await row(b)).toMatchObject({ status: 'resolved' })
    await bulk({ type: 'reopen' }, [b])
    expect(await row(b)).toMatchObject({ status: 'assigned' })
    const refused = await call('POST', '/conversations/bulk', viewer, { ids: [a], action: { type: 'end' } })
    expect(refused.status).toBe(403)
    expect((await bulk({ type: 'end' }, [])).status).toBe(422)
  })
})
