import {
  conversationVisitor,
  erasureReceipt,
  listVisitorConversationsResponse,
  visitorExport,
} from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Mail } from '../platform/mailer.js'
import { connectWebSocket, type TestClient } from '../realtime/testing/test-client.js'
import { createTestServer, TEST_DATABASES, type TestServer, type TestVisitor } from '../testing/index.js'

/** JSON of no declared type: the assertions say what it is. */
const read = async (answer: Response) => JSON.parse(await answer.text())

const FORM = {
  fields: [
    { id: 'topic', label: 'Topic', type: 'select', required: true, options: ['Prices', 'Help'] },
    { id: 'email', label: 'E-mail', type: 'email', required: false },
    { id: 'terms', label: 'Terms', type: 'checkbox', required: true },
  ],
  consent: { text: 'You may keep what I say.', required: true },
} as const

describe.each(TEST_DATABASES)('what is the visitor’s own, on %s', (kind) => {
  let server: TestServer
  let mailing: TestServer
  let visitor: TestVisitor
  let client: TestClient
  let conversationId: string
  let bearer: Record<string, string>
  let team: Record<string, string>
  const mails: Mail[] = []
  let now = Date.parse('2026-11-21T12:00:00.000Z')

  beforeAll(async () => {
    const mail = { send: async (one: Mail) => void mails.push(one) }
    const limits = {
      transcriptsPerNetwork: { points: 1_000, seconds: 60 },
      mailsPerAddress: { points: 4, seconds: 60 },
    }
    const clock = () => new Date(now)
    mailing = await createTestServer({ kind, mail, publicUrl: 'https://chat.example', limits, clock })
    // A page of the console is one of the address that mails name: the team uses another node.
    server = await createTestServer({ beside: mailing, clock })
    team = (await server.signIn('client_admin')).headers
    const created = await server.post('/api/chat-widget/departments', { name: `Sales ${kind}`, description: '' }, team)
    departmentId = (await read(created)).department.id
    const { organization_id: organizationId, id: widgetId } = await widgetRow()
    await server.chat.api.updateWidget({
      organizationId,
      widgetId,
      settings: { preChatForm: FORM as never, departmentIds: [departmentId] },
    })
  })
  afterAll(async () => {
    await server.close()
    await mailing.close()
  })
  let departmentId: string

  const widgetRow = () =>
    server.database.system
      .selectFrom('widgets')
      .select(['organization_id', 'id'])
      .where('key', '=', 'wk_demo')
      .executeTakeFirstOrThrow()

  beforeEach(async () => {
    mails.length = 0
    visitor = await server.initVisitor({ tabId: 'tab-00000001' })
    bearer = { authorization: `Bearer ${visitor.token}` }
    client = await connectWebSocket(server.url, { origin: server.origin })
    await client.start(visitor.token, { tabId: 'tab-00000001' })
    conversationId = await begin()
  })

  const begin = async () => {
    const answer = await client.ask({ type: 'conversation.start', clientConversationId: 'conversation-1' })
    return (answer as { conversationId: string }).conversationId
  }
  const say = (text: string) =>
    client.ask({
      type: 'message.send',
      conversationId,
      clientMessageId: `message-${Math.random().toString(36).slice(2)}`,
      parts: [{ type: 'text', text }],
    })
  const put = (path: string, body: unknown, headers = bearer) =>
    fetch(`${server.url}${path}`, {
      method: 'PUT',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  const details = async () =>
    conversationVisitor.parse(
      await (await server.get(`/api/chat-widget/conversations/${conversationId}/visitor`, team)).json(),
    )
  const update = (facts: object) => client.ask({ type: 'visitor.update', facts })
  /** As an answer of the team, or of the assistant, stands in the log. */
  const answered = async (authorKind: 'agent' | 'assistant', text: string) => {
    const { organization_id: organization } = await widgetRow()
    const query = server.database.system
    const row = await query
      .updateTable('conversations')
      .set((change) => ({ head_seq: change('head_seq', '+', 1) }))
      .where('id', '=', conversationId)
      .returning('head_seq')
      .executeTakeFirstOrThrow()
    await query
      .insertInto('events')
      .values({
        ...{ organization_id: organization, conversation_id: conversationId, seq: row.head_seq },
        ...{
          id: crypto.randomUUID(),
          type: 'message.created',
          author_id: crypto.randomUUID(),
          client_message_id: null,
        },
        body: JSON.stringify({ author: { kind: authorKind, name: 'Asha' }, parts: [{ type: 'text', text }] }),
        created_at: new Date(now),
      } as never)
      .execute()
    return row.head_seq
  }

  it('[V1] [V2] keeps what a visitor says of themselves, as a claim, for agents and for the next conversation', async () => {
    const facts = {
      traits: { name: 'Ravi', custom: { plan: 'pro' } },
      form: { answers: { topic: 'Prices', terms: true }, consent: FORM.consent.text },
      departmentId,
      locale: 'ta',
    }
    expect(await update(facts)).toMatchObject({ ok: true })
    expect(await update({ traits: { phone: '12345' } })).toMatchObject({ ok: true })
    await say('Hello')
    expect(await details()).toMatchObject({
      name: 'Ravi',
      identified: false,
      email: null,
      traits: { name: 'Ravi', phone: '12345', custom: { plan: 'pro' } },
      form: { answers: { topic: 'Prices', terms: true }, consent: { text: FORM.consent.text } },
      questions: { topic: 'Topic', email: 'E-mail', terms: 'Terms' },
      department: { id: departmentId },
      locale: 'ta',
    })
    expect(client.frames.find((frame) => frame.type === 'message.created')).toMatchObject({ author: { name: 'Ravi' } })
    await client.ask({ type: 'conversation.start', clientConversationId: 'conversation-2', after: conversationId })
    conversationId = (await listed()).conversations.find(({ live }) => live)?.id as string
    expect(await details()).toMatchObject({ form: { answers: { topic: 'Prices' } }, department: { id: departmentId } })
  })

  it.each([
    ['a field that is missing', { answers: { terms: true }, consent: FORM.consent.text }, 'facts.form.answers.topic'],
    [
      'an option that is none',
      { answers: { topic: 'x', terms: true }, consent: FORM.consent.text },
      'facts.form.answers.topic',
    ],
    [
      'an unknown field',
      { answers: { topic: 'Help', terms: true, admin: true }, consent: FORM.consent.text },
      'facts.form.answers.admin',
    ],
    [
      'no address',
      { answers: { topic: 'Help', terms: true, email: 'x' }, consent: FORM.consent.text },
      'facts.form.answers.email',
    ],
    [
      'a box not ticked',
      { answers: { topic: 'Help', terms: false }, consent: FORM.consent.text },
      'facts.form.answers.terms',
    ],
    [
      'consent to another text',
      { answers: { topic: 'Help', terms: true }, consent: 'Anything.' },
      'facts.form.consent',
    ],
    ['no consent', { answers: { topic: 'Help', terms: true } }, 'facts.form.consent'],
  ])('[V2] refuses a form with %s', async (_what, form, field) => {
    expect(await update({ form })).toMatchObject({ ok: false, error: { code: 'VALIDATION_FAILED', field } })
    expect((await details()).form).toBeNull()
  })

  it('[V2] refuses a department that the widget does not offer, and agents are no visitors', async () => {
    expect(await update({ departmentId: conversationId })).toMatchObject({ error: { field: 'facts.departmentId' } })
    const agent = await connectWebSocket(server.url, { origin: server.origin })
    await agent.start(await server.ticket(await server.signIn('agent')))
    expect(await agent.ask({ type: 'visitor.update', facts: {} })).toMatchObject({ error: { code: 'FORBIDDEN' } })
  })

  const listed = async (headers = bearer) =>
    listVisitorConversationsResponse.parse(await (await server.get('/api/widget/conversations', headers)).json())

  it('[C11] threat 3: lists the conversations of the session, and of no other tab', async () => {
    await say('one')
    await answered('agent', 'hello')
    expect((await listed()).conversations).toMatchObject([
      { id: conversationId, live: true, unread: 1, lastMessage: { text: 'one' }, rating: null },
    ])
    const other = await server.initVisitor({ tabId: 'tab-00000002', visitorToken: visitor.visitorToken })
    const theirs = { authorization: `Bearer ${other.token}` }
    expect((await listed(theirs)).conversations).toEqual([])
    for (const path of ['transcript', 'rating'])
      expect((await server.get(`/api/widget/conversations/${conversationId}/${path}`, theirs)).status).toBe(404)
    expect((await put(`/api/widget/conversations/${conversationId}/rating`, { score: 1 }, theirs)).status).toBe(404)
    const mail = { email: 'me@example.com' }
    expect((await server.post(`/api/widget/conversations/${conversationId}/transcript`, mail, theirs)).status).toBe(404)
  })

  it('[J1] a rating reaches agents, survives, may be changed for a day, and is for resolved conversations too', async () => {
    const path = `/api/widget/conversations/${conversationId}/rating`
    await say('bye')
    await client.ask({ type: 'conversation.end', conversationId })
    const agent = await connectWebSocket(server.url, { origin: server.origin })
    await agent.start(await server.ticket(await server.signIn('agent')))
    await agent.ask({ type: 'inbox.load', limit: 1 })
    expect((await put(path, { score: 2, comment: 'slow' })).status).toBe(204)
    // What the end of the conversation has changed may come before.
    let told = await agent.next('inbox.changed')
    if (told.conversation.rating === undefined) told = await agent.next('inbox.changed')
    expect(told).toMatchObject({ conversation: { id: conversationId, rating: { score: 2, comment: 'slow' } } })
    expect((await put(path, { score: 5 })).status).toBe(204)
    expect((await listed()).conversations).toMatchObject([{ rating: { score: 5, comment: null } }])
    for (const score of [0, 6, 1.5, '5']) expect((await put(path, { score })).status).toBe(422)
    now += 24 * 3_600_000 - 60_000
    visitor = await server.initVisitor({ tabId: 'tab-00000001', token: visitor.token })
    bearer = { authorization: `Bearer ${visitor.token}` }
    expect((await put(path, { score: 4 })).status).toBe(204)
    now += 120_000
    visitor = await server.initVisitor({ tabId: 'tab-00000001', token: visitor.token })
    bearer = { authorization: `Bearer ${visitor.token}` }
    expect((await put(path, { score: 1 })).status).toBe(403)
    team = (await server.signIn('client_admin')).headers
    expect((await details()).rating).toMatchObject({ score: 4 })
  })

  it('[J1] of which the list has more than it shows, each tells its rating', async () => {
    await put(`/api/widget/conversations/${conversationId}/rating`, { score: 2 })
    await sql`insert into conversations (organization_id, id, visitor_id, session_id, widget_id,
        client_conversation_id, status, created_at, updated_at, listed_at)
      select organization_id, gen_random_uuid(), visitor_id, session_id, widget_id, 'more-' || n, 'waiting',
        now(), now() + interval '1 year', now() from conversations, generate_series(1, 50) as n
      where id = ${conversationId}::uuid`.execute(server.database.system)
    const answer = await server.get(`/api/widget/conversations/${conversationId}/rating`, bearer)
    expect(await read(answer)).toMatchObject({ rating: { score: 2 }, messages: [] })
  })

  it('[J2] an assistant’s message is rated, and no other', async () => {
    await say('one')
    const seq = await answered('assistant', 'maybe')
    const path = `/api/widget/conversations/${conversationId}/message-rating`
    expect((await put(path, { seq, helpful: true })).status).toBe(204)
    expect((await put(path, { seq, helpful: false })).status).toBe(204)
    const own = await server.get(`/api/widget/conversations/${conversationId}/rating`, bearer)
    expect(await own.json()).toEqual({ rating: null, messages: [{ seq, helpful: false }] })
    expect((await details()).messageRatings).toEqual([{ seq, helpful: false }])
    for (const other of [1, 99]) expect((await put(path, { seq: other, helpful: true })).status).toBe(404)
  })

  it('[K1] the last hundred events are kept, for agents to read', async () => {
    const track = (events: object[]) => server.post('/api/widget/events', { events }, bearer)
    for (let batch = 0; batch < 6; batch += 1)
      expect((await track(Array.from({ length: 20 }, (_, at) => ({ name: `act ${batch * 20 + at}` })))).status).toBe(
        204,
      )
    await track([{ page: { url: 'https://acme.test/prices', title: 'Prices' } }])
    const { events } = await details()
    expect(events).toHaveLength(100)
    expect(events[0]).toMatchObject({ name: 'act 21' })
    expect(events.at(-1)).toMatchObject({ name: null, page: { title: 'Prices' } })
    for (const bad of [
      [],
      [{ name: '' }],
      [{ page: { url: 'javascript:alert(1)' } }],
      [{ page: { url: 'https://acme.test/\0' } }],
      [{ name: 'x', properties: { a: {} } }],
    ])
      expect((await track(bad)).status).toBe(422)
    expect((await track([{ name: 'odd', properties: { a: 'b\0c\ud800' } }])).status).toBe(204)
    expect((await details()).events.at(-1)).toMatchObject({ name: 'odd', properties: { a: 'bc\ufffd' } })
  })

  it('[C14] what visitors have mailed keeps no member from a link for a new password', async () => {
    const email = 'viewer@demo.test'
    const send = () =>
      fetch(`${mailing.url}/api/widget/conversations/${conversationId}/transcript`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer },
        body: JSON.stringify({ email }),
      })
    await answered('agent', 'Hello')
    for (let sent = 0; sent < 3; sent += 1) expect((await send()).status).toBe(204)
    mails.length = 0
    for (let asked = 0; asked < 2; asked += 1)
      await mailing.post('/api/auth/forgot', { email }, { origin: 'https://chat.example' })
    await expect.poll(() => mails.length).toBe(2)
  })

  it('[C13] a transcript holds what was said, and nothing in it runs', async () => {
    await say('<img src=x onerror=alert(1)> & "more"')
    await answered('agent', 'वाह')
    const get = async (query: string) => {
      const answer = await server.get(`/api/widget/conversations/${conversationId}/transcript${query}`, bearer)
      return {
        text: await answer.text(),
        type: answer.headers.get('content-type'),
        as: answer.headers.get('content-disposition'),
      }
    }
    const html = await get('?format=html&locale=ar')
    expect(html.type).toContain('text/html')
    expect(html.as).toContain('attachment')
    expect(html.text).toContain('dir="rtl"')
    expect(html.text).not.toContain('<img')
    const text = await get('')
    expect(text.text).toContain('<img src=x onerror=alert(1)>')
    expect(text.text).toMatch(/Asha:\n {2}वाह/)
    expect(JSON.parse((await get('?format=json')).text).messages).toHaveLength(2)
    expect((await get('?format=exe')).text).toContain('VALIDATION_FAILED')
  })

  it('[C14] goes by mail to one address, three times, once the team has answered', async () => {
    const send = async (email: string, more = {}) => {
      const answer = await fetch(`${mailing.url}/api/widget/conversations/${conversationId}/transcript`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...bearer },
        body: JSON.stringify({ email, ...more }),
      })
      if (answer.status === 204) return 'sent'
      const { error } = await read(answer)
      if (error.code === 'RATE_LIMITED') refusal = error
      return error.code
    }
    let refusal: unknown
    await say('Buy this!')
    const email = `me-${kind}@Example.com`
    expect(await send(email)).toBe('FORBIDDEN')
    await answered('agent', 'Hello')
    expect(await send(email, { locale: 'de' })).toBe('sent')
    expect(mails).toMatchObject([{ to: email.toLowerCase(), subject: 'Ihr Gespräch' }])
    expect(mails[0]?.text).toContain('Buy this!')
    expect(mails[0]?.html).toContain('lang="de"')
    expect(await send('victim@example.com')).toBe('FORBIDDEN')
    expect([await send(email), await send(email), await send(email)]).toEqual(['sent', 'sent', 'RATE_LIMITED'])
    expect(await send('no address')).toBe('VALIDATION_FAILED')
    expect(mails).toHaveLength(3)
    // These are all: no waiting brings another one.
    expect(refusal).not.toHaveProperty('retryAfterMs')
  })

  it('[C14] the widget says whether its server sends mail', async () => {
    const said = async (url: string) => {
      const answer = await read(await fetch(`${url}/api/chat-widget/public/widget/wk_demo/config`))
      return answer.widget.transcriptMail
    }
    expect([await said(mailing.url), await said(server.url)]).toEqual([true, false])
  })

  it('[W7] [W8] everything is given out, and deleted, with a receipt that the trail has', async () => {
    await update({ traits: { name: 'Ravi' } })
    await say('secret words')
    await server.post('/api/widget/events', { events: [{ name: 'looked' }] }, bearer)
    await put(`/api/widget/conversations/${conversationId}/rating`, { score: 3 })
    const out = visitorExport.parse(await (await server.get('/api/widget/visitor/export', bearer)).json())
    expect(out).toMatchObject({
      visitor: { id: visitor.visitorId },
      sessions: [{ traits: { name: 'Ravi' }, events: [{ name: 'looked' }] }],
      conversations: [{ id: conversationId, rating: { score: 3 }, messages: [{ parts: [{ text: 'secret words' }] }] }],
    })
    const stranger = await server.initVisitor({ tabId: 'tab-00000009' })
    const answer = await fetch(`${server.url}/api/widget/visitor`, { method: 'DELETE', headers: bearer })
    const receipt = erasureReceipt.parse(await answer.json())
    expect(receipt).toMatchObject({ sessions: 1, conversations: 1, complete: true })
    expect((await server.get('/api/widget/conversations', bearer)).status).toBe(401)
    for (const table of ['conversations', 'events', 'visitor_sessions', 'visitor_events', 'visitors'] as const) {
      const rows = JSON.stringify(await server.database.system.selectFrom(table).selectAll().execute())
      for (const trace of ['secret words', visitor.sessionId, visitor.visitorId]) expect(rows).not.toContain(trace)
    }
    expect((await server.get('/api/widget/conversations', { authorization: `Bearer ${stranger.token}` })).status).toBe(
      200,
    )
    const trail = await read(await server.get('/api/chat-widget/audit', team))
    expect(trail.entries[0]).toMatchObject({
      action: 'visitor.erase',
      target: { kind: 'visitor', id: visitor.visitorId },
      changes: { receipt: { to: receipt.receiptId } },
    })
  })

  it('[I2] [W8] an agent who has the inbox open is told which conversations are gone', async () => {
    const agent = await connectWebSocket(server.url, { origin: server.origin })
    await agent.start(await server.ticket(await server.signIn('agent')))
    expect(await agent.ask({ type: 'inbox.load', limit: 10 })).toMatchObject({ type: 'inbox.page' })
    await fetch(`${server.url}/api/widget/visitor`, { method: 'DELETE', headers: bearer })
    // What the test before has had deleted may be told first.
    const told: unknown[] = []
    while (!told.includes(conversationId)) told.push((await agent.next('inbox.removed')).conversationId)
    agent.close()
  })

  // PGlite has one connection.
  it.runIf(kind === 'Postgres')('[W8] a conversation that is started meanwhile is deleted as well', async () => {
    const { organization_id: organization, id: widgetId } = await widgetRow()
    let commit = () => {}
    const committing = new Promise<void>((resolve) => {
      commit = resolve
    })
    let begun = () => {}
    const started = new Promise<void>((resolve) => {
      begun = resolve
    })
    const starting = server.database.transaction(organization, async (transaction) => {
      await sql`insert into conversations (organization_id, id, visitor_id, session_id, widget_id,
          client_conversation_id, status, created_at, updated_at, listed_at)
        values (${organization}::uuid, gen_random_uuid(), ${visitor.visitorId}::uuid, ${visitor.sessionId}::uuid,
          ${widgetId}::uuid, 'meanwhile', 'waiting', now(), now(), now())`.execute(transaction)
      begun()
      await committing
    })
    await started
    const erasing = fetch(`${server.url}/api/widget/visitor`, { method: 'DELETE', headers: bearer })
    // It has found what there is, and waits for the session.
    const waiting = async () => {
      const { rows } = await sql`select 1 from pg_stat_activity
        where datname = current_database() and wait_event_type = 'Lock'`.execute(server.database.system)
      return rows.length
    }
    await expect.poll(waiting, { timeout: 15_000 }).toBe(1)
    commit()
    await starting
    expect(await read(await erasing)).toMatchObject({ conversations: 2, complete: true })
  })

  it('[W7] everything is given out a few times in an hour', async () => {
    const ask = async () => (await server.get('/api/widget/visitor/export', bearer)).status
    for (let time = 0; time < 10; time++) expect(await ask()).toBe(200)
    expect(await ask()).toBe(429)
    const other = await server.initVisitor({ tabId: 'tab-00000008' })
    const headers = { authorization: `Bearer ${other.token}` }
    expect((await server.get('/api/widget/visitor/export', headers)).status).toBe(200)
  })

  it('[W7] a long conversation is given out whole', async () => {
    const { organization_id: organization } = await widgetRow()
    const body = JSON.stringify({ author: { kind: 'visitor', id: visitor.visitorId }, parts: [] })
    const said = 2_150
    await sql`update conversations set head_seq = ${said} where id = ${conversationId}::uuid`.execute(
      server.database.system,
    )
    await sql`insert into events (organization_id, conversation_id, seq, id, type, author_id, body, created_at)
      select ${organization}::uuid, ${conversationId}::uuid, n, gen_random_uuid(), 'message.created',
        ${visitor.visitorId}::uuid, ${body}::jsonb, now() from generate_series(1, ${said}::int) as n`.execute(
      server.database.system,
    )
    const out = await read(await server.get('/api/widget/visitor/export', bearer))
    expect(out.conversations[0].messages[0].seq).toBe(1)
    expect(out.conversations[0].messages).toHaveLength(said)
  })

  it('[S15] threat 13: who logs out is gone from all tabs of the browser, and nothing of theirs is deleted', async () => {
    const other = await server.initVisitor({ tabId: 'tab-00000002', visitorToken: visitor.visitorToken })
    expect((await server.post('/api/widget/logout', {}, bearer)).status).toBe(204)
    for (const { token } of [visitor, other])
      expect((await server.get('/api/widget/conversations', { authorization: `Bearer ${token}` })).status).toBe(401)
    const sender = { authorization: `Bearer ${visitor.sendToken}` }
    const late = { clientMessageId: 'left-behind-9', text: 'of whoever was here' }
    expect((await server.post(`/api/widget/conversations/${conversationId}/messages`, late, sender)).status).toBe(401)
    for (const [tabId, { token }] of [
      ['tab-00000001', visitor],
      ['tab-00000002', other],
    ] as const) {
      const next = await server.initVisitor({ tabId, token, visitorToken: visitor.visitorToken })
      expect(next).toMatchObject({ forget: true, conversationId: null })
      expect(next.visitorId).not.toBe(visitor.visitorId)
    }
    expect((await details()).id).toBe(visitor.visitorId)
  })
})
