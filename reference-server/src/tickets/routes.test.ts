import { randomUUID } from 'node:crypto'
import type { Ticket } from '@chatdesk/protocol'
import { createConversationResponse } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('tickets, on %s', (kind) => {
  let server: TestServer
  let agent: TestMember
  let owner: TestMember
  let viewer: TestMember

  beforeAll(async () => {
    server = await createTestServer({ kind })
    agent = await server.signIn('agent')
    owner = await server.signIn('client_admin')
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
  const make = async (input: object = {}, member = agent): Promise<Ticket> => {
    const { status, body } = await call('POST', '/tickets', member, { id: randomUUID(), title: 'Refund', ...input })
    expect([status, body.error]).toEqual([201, undefined])
    return body.ticket
  }
  const list = async (query: string) =>
    (await call('GET', `/tickets?${query}`, viewer)).body as { tickets: Ticket[]; nextCursor: string | null }
  const startConversation = async (more: object = {}) => {
    const visitor = await server.initVisitor(more)
    const headers = { authorization: `Bearer ${visitor.token}` }
    const started = await server.post('/api/widget/conversations', {}, headers)
    return { headers, id: createConversationResponse.parse(await started.json()).conversation.id }
  }

  it('[D1] are numbered without holes, however many are made at once and however many fail', async () => {
    const first = await make()
    const unknown = { conversationId: randomUUID() }
    const made = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        call('POST', '/tickets', agent, { id: randomUUID(), title: 'Refund', ...(index % 3 === 0 ? unknown : {}) }),
      ),
    )
    expect(made.filter(({ status }) => status === 422)).toHaveLength(4)
    const numbers = made.flatMap(({ body }) => (body.ticket ? [body.ticket.number] : []))
    expect(numbers.sort((a, b) => a - b)).toEqual(Array.from({ length: 8 }, (_, index) => first.number + 1 + index))
  })

  it('[D1] a repeat is the same ticket and takes no number, and other words under its id are refused', async () => {
    const id = randomUUID()
    const twice = await Promise.all([make({ id }), make({ id })])
    expect(twice[0]).toEqual(twice[1])
    expect((await make()).number).toBe((twice[0]?.number ?? 0) + 1)
    expect(await call('POST', '/tickets', agent, { id, title: 'Another' })).toMatchObject({
      status: 409,
      body: { error: { code: 'ID_REUSED', field: 'id' } },
    })
  })

  it('[D2] go from status to status as the table has it, and remember when they were solved', async () => {
    const { id } = await make()
    const turn = async (status: string) => {
      const { body } = await call('PATCH', `/tickets/${id}`, agent, { status })
      return body.ticket ? [body.ticket.status, body.ticket.solvedAt !== null] : body.error.field
    }
    expect(await turn('pending')).toEqual(['pending', false])
    expect(await turn('solved')).toEqual(['solved', true])
    expect(await turn('pending')).toBe('status')
    expect(await turn('open')).toEqual(['open', false])
    expect(await turn('solved')).toEqual(['solved', true])
    expect(await turn('closed')).toEqual(['closed', true])
    for (const status of ['open', 'pending', 'solved']) expect(await turn(status)).toBe('status')
    expect(await turn('closed')).toEqual(['closed', true])
  })

  it('change by what is given, and are worked on by those only who answer visitors', async () => {
    const { id } = await make({ description: 'Paid twice.', priority: 'high', assigneeId: agent.current.member.id })
    const { body } = await call('PATCH', `/tickets/${id}`, owner, { title: ' Refund  of May ' })
    expect(body.ticket).toMatchObject({
      ...{ title: 'Refund of May', description: 'Paid twice.', priority: 'high', status: 'open', source: 'manual' },
      ...{ assignee: { id: agent.current.member.id }, createdBy: { id: agent.current.member.id } },
    })
    for (const assigneeId of [viewer.current.member.id, randomUUID()])
      expect(await call('PATCH', `/tickets/${id}`, owner, { assigneeId })).toMatchObject({
        status: 422,
        body: { error: { field: 'assigneeId' } },
      })
    const freed = await call('PATCH', `/tickets/${id}`, owner, { assigneeId: null, priority: 'low' })
    expect(freed.body.ticket).toMatchObject({ assignee: null, priority: 'low' })
  })

  it('are found by status, by who works on them, by conversation, number and words, a page at a time', async () => {
    const { id: conversationId } = await startConversation({ traits: { name: 'Anaya' } })
    const mine = await make({ title: '100% of_it', conversationId, assigneeId: owner.current.member.id })
    const found = async (query: string) => (await list(query)).tickets.map(({ id }) => id)
    expect(await found(`conversationId=${conversationId}`)).toEqual([mine.id])
    expect(await found(`assigneeId=${owner.current.member.id}`)).toEqual([mine.id])
    expect(await found('assigneeId=none')).not.toContain(mine.id)
    expect(await found(`q=${mine.number}`)).toEqual([mine.id])
    expect(await found(`q=%23${mine.number}`)).toEqual([mine.id])
    expect(await found('q=100%25%20OF_')).toEqual([mine.id])
    expect(await found('q=%25%25')).toEqual([])
    await call('PATCH', `/tickets/${mine.id}`, owner, { status: 'pending' })
    expect(await found('status=pending')).toEqual([mine.id])
    const numbers: number[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page: Awaited<ReturnType<typeof list>> = await list(`limit=4${cursor && `&cursor=${cursor}`}`)
      numbers.push(...page.tickets.map(({ number }) => number))
      cursor = page.nextCursor
    }
    expect(numbers).toEqual(Array.from({ length: mine.number }, (_, index) => mine.number - index))
  })

  it('[D3] keep their number when the visitor is erased, and nothing that tells of them', async () => {
    const marker = `marker-${randomUUID()}`
    const { headers, id: conversationId } = await startConversation({ traits: { name: marker } })
    const ticket = await make({ title: `Call ${marker}`, description: `${marker} is waiting.`, conversationId })
    const other = await make({ title: 'Of somebody else' })
    expect((await call('GET', `/tickets/${ticket.id}`, viewer)).body.ticket.visitorName).toBe(marker)
    const erased = await fetch(`${server.url}/api/widget/visitor`, {
      method: 'DELETE',
      headers: { origin: server.origin, ...headers },
    })
    expect(erased.status).toBe(200)
    expect((await call('GET', `/tickets/${ticket.id}`, viewer)).body.ticket).toMatchObject({
      ...{ number: ticket.number, title: null, description: '', conversationId: null, visitorName: null },
      status: 'open',
    })
    expect((await call('GET', `/tickets/${other.id}`, viewer)).body.ticket.title).toBe('Of somebody else')
    for (const table of ['tickets', 'audit_entries', 'conversations', 'visitor_sessions']) {
      const { rows } = await sql`select from ${sql.table(table)} t where t::text like ${`%${marker}%`}`.execute(
        server.database.system,
      )
      expect([table, rows.length]).toEqual([table, 0])
    }
  })
})
