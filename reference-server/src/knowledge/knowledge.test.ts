import type { KnowledgeEntry } from '@chatdesk/protocol'
import { knowledgeEntryResponse, listKnowledgeResponse } from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadAudit } from '../audit/index.js'
import { createTenant } from '../testing/create-tenant.js'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { TEST_DATABASES } from '../testing/test-database.js'

describe.each(TEST_DATABASES)('the knowledge routes on %s', (kind) => {
  let server: TestServer
  let admin: TestMember
  let organizationId: string
  let widgetId: string
  beforeAll(async () => {
    server = await createTestServer({ kind })
    admin = await server.signIn('client_admin')
    organizationId = admin.current.organization.id
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    widgetId = (await server.chat.api.createWidget({ organizationId, name: 'Blog' })).widgetId
  })

  const call = async (method: string, path: string, body?: unknown, member = admin) => {
    const answer = await fetch(`${server.url}/api/chat-widget${path}`, {
      method,
      headers: { ...member.headers, origin: server.origin, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }
  const list = async (path = '') =>
    listKnowledgeResponse.parse((await call('GET', `/widgets/${widgetId}/knowledge${path}`)).body)
  const create = async (input: object): Promise<KnowledgeEntry> => {
    const { status, body } = await call('POST', `/widgets/${widgetId}/knowledge`, input)
    expect({ status, body }).toMatchObject({ status: 201 })
    return knowledgeEntryResponse.parse(body).entry
  }

  it('a new widget has a few entries of nobody, to be rewritten', async () => {
    const { entries, nextCursor } = await list()
    expect(entries.length).toBeGreaterThan(3)
    expect(nextCursor).toBeNull()
    for (const entry of entries) {
      expect(entry).toMatchObject({ widgetId, enabled: true, language: 'en', timesUsed: 0, createdBy: null })
      const rewritten = await call('PATCH', `/knowledge/${entry.id}`, { answer: 'Ours.' })
      expect(rewritten).toMatchObject({ status: 200, body: { entry: { id: entry.id, answer: 'Ours.' } } })
    }
  })

  it('adds, reads, changes and deletes an entry, and writes each of it down', async () => {
    const input = {
      ...{ question: ' Do you  deliver? ', answer: 'Yes.\r\nEverywhere.', phrasings: ['Shipping?', 'Shipping?'] },
      ...{ keywords: ['Delivery', 'delivery', 'Ship'], category: 'Orders', language: 'en-IN', enabled: false },
    }
    const entry = await create(input)
    const { member } = admin.current
    expect(entry).toMatchObject({
      ...{ widgetId, question: 'Do you deliver?', answer: 'Yes.\nEverywhere.', phrasings: ['Shipping?'] },
      ...{ keywords: ['delivery', 'ship'], category: 'Orders', language: 'en-IN', enabled: false },
      ...{ timesUsed: 0, helpful: 0, notHelpful: 0, createdBy: { id: member.id, name: member.name } },
    })
    expect((await call('GET', `/knowledge/${entry.id}`)).body).toEqual({ entry })
    const { body } = await call('PATCH', `/knowledge/${entry.id}`, {
      enabled: true,
      category: '',
      answer: entry.answer,
    })
    expect(body.entry).toEqual({ ...entry, enabled: true, category: '', version: 2, updatedAt: expect.any(String) })
    // What changes nothing is not written down.
    expect((await call('PATCH', `/knowledge/${entry.id}`, { category: '' })).body).toEqual(body)
    expect(await call('DELETE', `/knowledge/${entry.id}`)).toEqual({ status: 204, body: undefined })
    expect((await call('GET', `/knowledge/${entry.id}`)).status).toBe(404)
    const trail = await loadAudit(server.database.of(organizationId), { organizationId, limit: 3 })
    const target = { kind: 'knowledge entry', id: entry.id, name: 'Do you deliver?' }
    expect(trail).toMatchObject([
      { action: 'knowledge.delete', target },
      {
        action: 'knowledge.update',
        target,
        changes: { enabled: { from: false, to: true }, category: { from: 'Orders', to: '' } },
      },
      { action: 'knowledge.create', target, actor: { id: member.id } },
    ])
    expect(Object.keys(trail[1]?.changes ?? {}).sort()).toEqual(['category', 'enabled'])
  })

  it('two who change one entry at the same time lose nothing of one another', async () => {
    const { id } = await create({ question: 'q', answer: 'a' })
    const changes = [{ question: 'Q' }, { answer: 'A' }, { category: 'C' }, { keywords: ['k'] }]
    await Promise.all(changes.map((change) => call('PATCH', `/knowledge/${id}`, change)))
    expect((await call('GET', `/knowledge/${id}`)).body.entry).toMatchObject({
      ...{ question: 'Q', answer: 'A', category: 'C', keywords: ['k'] },
    })
  })

  it('gives out pages, oldest first, each entry once', async () => {
    const all = (await list()).entries
    const walked: KnowledgeEntry[] = []
    let cursor: string | null = ''
    while (cursor !== null) {
      const page = await list(`?limit=2${cursor && `&cursor=${cursor}`}`)
      expect(page.entries.length).toBeLessThanOrEqual(2)
      walked.push(...page.entries)
      cursor = page.nextCursor
    }
    expect(walked).toEqual(all)
  })

  it.each<[string, object, string]>([
    ['no question', { answer: 'a' }, 'question'],
    ['a blank answer', { question: 'q', answer: ' \n ' }, 'answer'],
    ['a long question', { question: 'q'.repeat(501), answer: 'a' }, 'question'],
    ['too many phrasings', { question: 'q', answer: 'a', phrasings: Array(51).fill('p') }, 'phrasings'],
    ['a keyword that is none', { question: 'q', answer: 'a', keywords: ['k', 7] }, 'keywords.1'],
    ['a language that is none', { question: 'q', answer: 'a', language: '<b>' }, 'language'],
    ['a field of ours', { question: 'q', answer: 'a', timesUsed: 7 }, ''],
    ['an organization', { question: 'q', answer: 'a', organization_id: 'x' }, ''],
  ])('refuses %s and writes nothing', async (_what, input, field) => {
    const before = await list()
    const { status, body } = await call('POST', `/widgets/${widgetId}/knowledge`, input)
    expect({ status, body }).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_FAILED', field } } })
    expect(await list()).toEqual(before)
  })

  it('lists what is asked for by its words, category, language and state, with all categories and languages', async () => {
    for (const { id } of (await list()).entries) await call('DELETE', `/knowledge/${id}`)
    const sells = await create({ question: 'Do you sell 100% wool?', answer: 'Yes.', category: 'Shop' })
    const ships = await create({
      ...{ question: 'Versand?', answer: 'Ja, überall.', language: 'de', category: 'Shipping' },
      ...{ phrasings: ['Liefert ihr?'], keywords: ['dhl'], published: false },
    })
    const off = await create({ question: 'Old prices?', answer: 'No.', category: 'Shop', enabled: false })
    const drafted = await create({ question: 'Where are you?', answer: 'Berlin.' })
    await call('PUT', `/knowledge/${drafted.id}/draft`, { answer: 'Paris.' })
    const idsOf = async (query: string) => (await list(query)).entries.map(({ id }) => id)
    expect(await list('?limit=1')).toMatchObject({ categories: ['Shipping', 'Shop'], languages: ['de', 'en'] })
    expect(await idsOf('?category=Shop')).toEqual([sells.id, off.id])
    expect(await idsOf('?language=de')).toEqual([ships.id])
    expect(await idsOf('?state=published')).toEqual([sells.id, drafted.id])
    expect(await idsOf('?state=draft')).toEqual([ships.id, drafted.id])
    expect(await idsOf('?state=disabled')).toEqual([off.id])
    for (const words of ['versand', 'LIEFERT', 'dhl', 'überall']) expect(await idsOf(`?q=${words}`)).toEqual([ships.id])
    // What stands for anything in a pattern stands for itself.
    expect(await idsOf('?q=100%25')).toEqual([sells.id])
    expect(await idsOf('?q=%25')).toEqual([sells.id])
    expect(await idsOf('?q=_')).toEqual([])
    expect(await idsOf('?q=%20')).toHaveLength(4)
    // A filter goes on with the next page.
    const { nextCursor } = await list('?category=Shop&limit=1')
    expect(await idsOf(`?category=Shop&cursor=${nextCursor}`)).toEqual([off.id])
  })

  it.each(['state=gone', 'language=not+one', `q=${'a'.repeat(101)}`, 'order=used'])(
    'refuses the list of %s',
    async (query) => {
      expect(await call('GET', `/widgets/${widgetId}/knowledge?${query}`)).toMatchObject({
        ...{ status: 422, body: { error: { code: 'VALIDATION_FAILED' } } },
      })
    },
  )

  it('knows nothing of the entries and widgets of another organization', async () => {
    const other = await createTenant(server.database)
    const [foreign] = await server.database
      .of(other.organizationId)
      .selectFrom('knowledge_entries')
      .selectAll()
      .orderBy('id')
      .execute()
    const calls = [
      ['GET', `/widgets/${foreign?.widget_id}/knowledge`],
      ['POST', `/widgets/${foreign?.widget_id}/knowledge`, { question: 'q', answer: 'a' }],
      ['GET', `/knowledge/${foreign?.id}`],
      ['PATCH', `/knowledge/${foreign?.id}`, { answer: 'mine' }],
      ['DELETE', `/knowledge/${foreign?.id}`],
      ['GET', '/knowledge/7'],
    ] as const
    for (const [method, path, body] of calls)
      expect(await call(method, path, body)).toMatchObject({ status: 404, body: { error: { code: 'NOT_FOUND' } } })
    const [after] = await server.database
      .of(other.organizationId)
      .selectFrom('knowledge_entries')
      .selectAll()
      .orderBy('id')
      .execute()
    expect(after).toEqual(foreign)
  })

  it('lets agents read and not write', async () => {
    const agent = await server.signIn('agent')
    const { id } = await create({ question: 'q', answer: 'a' })
    expect((await call('GET', `/knowledge/${id}`, undefined, agent)).status).toBe(200)
    for (const method of ['PATCH', 'DELETE'])
      expect(await call(method, `/knowledge/${id}`, {}, agent)).toMatchObject({ status: 403 })
  })
})
