import type { KnowledgeEntry } from '@chatdesk/protocol'
import {
  checkDraftResponse,
  importKnowledgeResponse,
  knowledgeEntryResponse,
  listGoldenQuestionsResponse,
  listKnowledgeGapsResponse,
  listKnowledgeVersionsResponse,
  publicKnowledgeResponse,
} from '@chatdesk/protocol/schemas'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { loadAudit } from '../audit/index.js'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { fillTenant } from '../testing/fill-tenant.js'
import { TEST_DATABASES } from '../testing/test-database.js'
import { loadKnowledgeEntry } from './knowledge.js'
import { noteGap } from './note-gap.js'
import { listPublicQuestions } from './public-knowledge.js'

const AT = new Date('2026-01-01T00:00:00.000Z')

describe.each(TEST_DATABASES)('the work on knowledge on %s', (kind) => {
  let server: TestServer
  let admin: TestMember
  let organizationId: string
  let widgetId: string
  let widgetKey: string
  beforeAll(async () => {
    server = await createTestServer({ kind })
    admin = await server.signIn('client_admin')
    organizationId = admin.current.organization.id
  })
  afterAll(() => server.close())
  beforeEach(async () => {
    const made = await server.chat.api.createWidget({ organizationId, name: 'Help' })
    widgetId = made.widgetId
    widgetKey = made.key
    await server.database.of(organizationId).deleteFrom('knowledge_entries').where('widget_id', '=', widgetId).execute()
  })

  const call = async (method: string, path: string, body?: unknown) => {
    const answer = await fetch(`${server.url}/api/chat-widget${path}`, {
      method,
      headers: { ...admin.headers, origin: server.origin, 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    })
    const text = await answer.text()
    return { status: answer.status, body: text ? JSON.parse(text) : undefined }
  }
  const create = async (input: object): Promise<KnowledgeEntry> =>
    knowledgeEntryResponse.parse((await call('POST', `/widgets/${widgetId}/knowledge`, input)).body).entry
  const help = async (q?: string) => {
    const path = `/public/widget/${widgetKey}/knowledge${q === undefined ? '' : `?q=${encodeURIComponent(q)}`}`
    return publicKnowledgeResponse.parse((await call('GET', path)).body)
  }

  it('keeps every version of an entry, and makes it again what it was', async () => {
    const { id } = await create({ question: 'q', answer: 'one' })
    await call('PATCH', `/knowledge/${id}`, { answer: 'two', keywords: ['k'] })
    const { versions } = listKnowledgeVersionsResponse.parse((await call('GET', `/knowledge/${id}/versions`)).body)
    expect(versions).toMatchObject([
      { version: 2, content: { answer: 'two', keywords: ['k'] }, changedBy: { id: admin.current.member.id } },
      { version: 1, content: { answer: 'one', keywords: [] }, changedBy: { name: admin.current.member.name } },
    ])
    const restored = await call('POST', `/knowledge/${id}/restore`, { version: 1 })
    expect(restored.body.entry).toMatchObject({ answer: 'one', keywords: [], version: 3 })
    expect((await help('one')).entries).toMatchObject([{ id }])
    const [last] = await loadAudit(server.database.of(organizationId), { organizationId, limit: 1 })
    expect(last).toMatchObject({ action: 'knowledge.update', changes: { answer: { from: 'two', to: 'one' } } })
    expect((await call('POST', `/knowledge/${id}/restore`, { version: 9 })).status).toBe(404)
    expect((await call('POST', `/knowledge/${id}/restore`, { version: 0 })).status).toBe(422)
  })

  it('keeps the latest 50 versions of an entry, and of no other fewer', async () => {
    const other = await create({ question: 'other', answer: 'other' })
    const { id } = await create({ question: 'q', answer: '1' })
    for (let version = 2; version <= 52; version++) await call('PATCH', `/knowledge/${id}`, { answer: `${version}` })
    const versionsOf = async (entryId: string) =>
      listKnowledgeVersionsResponse.parse((await call('GET', `/knowledge/${entryId}/versions`)).body).versions
    const kept = (await versionsOf(id)).map(({ version, content }) => [version, content.answer])
    expect(kept).toEqual(Array.from({ length: 50 }, (_, index) => [52 - index, `${52 - index}`]))
    expect(await versionsOf(other.id)).toHaveLength(1)
    expect((await call('POST', `/knowledge/${id}/restore`, { version: 2 })).status).toBe(404)
    expect((await call('POST', `/knowledge/${id}/restore`, { version: 3 })).body.entry).toMatchObject({ answer: '3' })
  })

  it('takes questions that differ in a number for two, and changes no entry twice', async () => {
    const preview = async (entries: object[]) => {
      const body = { format: 'json', text: JSON.stringify(entries) }
      const answer = await call('POST', `/widgets/${widgetId}/knowledge/preview`, body)
      return importKnowledgeResponse.parse(answer.body).decisions.map(({ action, entryId }) => [action, entryId])
    }
    const { id } = await create({ question: 'What is error 1001?', answer: 'A.', url: 'https://acme.test/a' })
    expect(await preview([{ question: 'What is error 1002?', answer: 'B.' }])).toEqual([['add', null]])
    const renamed = { question: 'What was it?', answer: 'C.', url: 'https://acme.test/a' }
    expect(await preview([renamed, { question: 'What is error 1001?', answer: 'D.' }])).toEqual([
      ['change', id],
      ['add', null],
    ])
  })

  it('imports a page', async () => {
    const text = '<title>Help</title><nav>Menu</nav><h2>Do you deliver?</h2><p>Yes.<p hidden>No.'
    const preview = await call('POST', `/widgets/${widgetId}/knowledge/preview`, { format: 'html', text })
    expect(importKnowledgeResponse.parse(preview.body).decisions).toMatchObject([
      { action: 'add', entry: { question: 'Help > Do you deliver?', answer: 'Yes.' } },
    ])
    for (const none of ['<nav>Menu</nav>', '<p>No title', '<div>'.repeat(1_000)]) {
      const refused = await call('POST', `/widgets/${widgetId}/knowledge/preview`, { format: 'html', text: none })
      expect(refused).toMatchObject({ status: 422, body: { error: { field: 'text' } } })
    }
  })

  it('shows what a draft would change before it is published, and changes nothing by that', async () => {
    const parcels = await create({ question: 'Where is my parcel?', answer: 'Follow the link.' })
    const returns = await create({ question: 'How do I return something?', answer: 'Send it back.' })
    const path = `/knowledge/${parcels.id}/golden-questions`
    const golden = await call('POST', path, { question: 'where is the parcel' })
    expect(golden).toMatchObject({ status: 201, body: { goldenQuestion: { entryId: parcels.id } } })
    expect(await call('POST', path, { question: 'where is the parcel' })).toMatchObject({
      ...{ status: 422, body: { error: { field: 'question' } } },
    })
    const draft = { question: 'Where is my parcel, parcel, parcel?', phrasings: ['where is the parcel'] }
    await call('PUT', `/knowledge/${returns.id}/draft`, draft)
    const { body } = await call('GET', `/knowledge/${returns.id}/draft`)
    const asked = { id: golden.body.goldenQuestion.id, question: 'where is the parcel', entryId: parcels.id }
    expect(checkDraftResponse.parse(body)).toEqual({
      ...{ changed: [{ ...asked, before: 1, after: 2 }], before: 1, after: 0, total: 1 },
    })
    const listed = async () =>
      listGoldenQuestionsResponse.parse((await call('GET', `/widgets/${widgetId}/golden-questions`)).body)
        .goldenQuestions
    expect(await listed()).toMatchObject([{ ...asked, place: 1 }])
    expect((await call('GET', `/knowledge/${returns.id}`)).body.entry).toMatchObject({ version: 1, draft })
    const published = await call('POST', `/knowledge/${returns.id}/publish`)
    expect(published.body.entry).toMatchObject({ ...draft, draft: null, published: true, version: 2 })
    expect(await listed()).toMatchObject([{ ...asked, place: 2 }])
    expect((await call('DELETE', `/golden-questions/${asked.id}`)).status).toBe(204)
    expect(await listed()).toEqual([])
  })

  it('hides a new draft until it is published', async () => {
    const { id } = await create({ question: 'Secret plan?', answer: 'Soon.', published: false })
    expect(await help()).toEqual({ categories: [], entries: [] })
    expect((await help('secret plan')).entries).toEqual([])
    await call('POST', `/knowledge/${id}/publish`)
    expect((await help('secret plan')).entries).toMatchObject([{ id }])
  })

  it('counts what had no answer, without who has asked, and makes an entry of it', async () => {
    const note = (question: string, id: string) =>
      noteGap(server.database.of(organizationId), { organizationId, widgetId, id, question, language: 'en', at: AT })
    const ids = Array.from({ length: 4 }, () => crypto.randomUUID())
    await note('Do you ship to Goa? I am asha@acme.test, +91 98765 43210', ids[0] as string)
    await note('do you ship to GOA! I am ravi@acme.test, 9876543210', ids[1] as string)
    await note('Gift cards?', ids[2] as string)
    await note(' ?! ', ids[3] as string)
    const gaps = async (query = '') =>
      listKnowledgeGapsResponse.parse((await call('GET', `/widgets/${widgetId}/knowledge-gaps${query}`)).body).gaps
    expect(await gaps()).toMatchObject([
      { id: ids[0], times: 2, question: 'Do you ship to Goa? I am … …', status: 'open' },
      { id: ids[2], times: 1 },
    ])
    expect((await call('PATCH', `/knowledge-gaps/${ids[2]}`, { status: 'dismissed' })).body.gap.status).toBe(
      'dismissed',
    )
    const made = await call('POST', `/knowledge-gaps/${ids[0]}/entry`, {
      question: 'Do you ship to Goa?',
      answer: 'Yes.',
    })
    expect(made).toMatchObject({ status: 201, body: { entry: { widgetId } } })
    expect(await gaps()).toEqual([])
    expect(await gaps('?status=answered')).toMatchObject([{ entryId: made.body.entry.id }])
    // Dismissed is dismissed; an answer that is not found is none.
    await note('gift cards', ids[3] as string)
    await note('Do you ship to Goa? I am x@y.example 000000', ids[3] as string)
    expect(await gaps()).toMatchObject([{ id: ids[0], times: 3 }])
    expect((await call('PATCH', `/knowledge-gaps/${ids[0]}`, { status: 'answered' })).status).toBe(422)
  })

  it('imports what a preview has shown: adds, changes, and says why it skips', async () => {
    const { id } = await create({ question: 'Do you deliver?', answer: 'No.' })
    const text = 'question,answer\nDo you deliver,Yes.\nNew?,New.\nnew,Again.\nNo answer,\n'
    const preview = await call('POST', `/widgets/${widgetId}/knowledge/preview`, { format: 'csv', text })
    const plan = importKnowledgeResponse.parse(preview.body)
    expect(plan).toMatchObject({ added: 1, changed: 1, skipped: 2 })
    expect(plan.decisions.map(({ action, reason, entryId }) => [action, reason, entryId])).toEqual([
      ...[
        ['change', null, id],
        ['add', null, null],
        ['skip', 'twice', null],
        ['skip', 'invalid', null],
      ],
    ])
    expect((await help()).entries).toMatchObject([{ answer: 'No.' }])
    const entries = plan.decisions.flatMap(({ action, entry }) => (action === 'skip' ? [] : [entry]))
    const done = await call('POST', `/widgets/${widgetId}/knowledge/import`, { entries })
    expect(done.body).toMatchObject({ added: 1, changed: 1, skipped: 0 })
    expect((await help('deliver')).entries).toMatchObject([{ id, answer: 'Yes.' }])
    const again = await call('POST', `/widgets/${widgetId}/knowledge/import`, { entries })
    expect(again.body).toMatchObject({ added: 0, changed: 0, skipped: 2 })
    const trail = await loadAudit(server.database.of(organizationId), { organizationId, limit: 2 })
    expect(trail).toMatchObject([
      { action: 'knowledge.import' },
      { action: 'knowledge.import', changes: { entries: { to: { added: 1, changed: 1, skipped: 0 } } } },
    ])
    for (const [route, body] of [
      ['preview', { format: 'pdf', text }],
      ['preview', { format: 'csv', text: '' }],
      ['preview', { format: 'json', text: '{' }],
      ['import', { entries: [] }],
      ['import', { entries: [{ question: 'q' }] }],
    ] as const)
      expect((await call('POST', `/widgets/${widgetId}/knowledge/${route}`, body)).status).toBe(422)
  })

  it('gives visitors and help pages what is published, and no more of it', async () => {
    const { id } = await create({ question: 'Do you deliver?', answer: 'Yes.', category: 'Orders' })
    await create({ question: 'Off?', answer: 'Off.', category: 'Hidden', enabled: false })
    const entry = { id, question: 'Do you deliver?', answer: 'Yes.', category: 'Orders', language: 'en', url: null }
    expect(await help()).toEqual({ categories: ['Orders'], entries: [entry] })
    expect(await help('deliver')).toEqual({ categories: ['Orders'], entries: [entry] })
    expect(await help('zebra')).toEqual({ categories: [], entries: [] })
    // Too short to be looked for: it finds nothing, and not everything.
    expect(await help('d')).toEqual({ categories: [], entries: [] })
    // A page that shows questions alone reads no answers.
    const { answer: _, ...question } = entry
    for (const sought of [undefined, 'deliver'])
      expect(await listPublicQuestions(server.database, { organizationId, widgetId }, sought)).toEqual([question])
    expect((await call('GET', '/public/widget/wk_nobody/knowledge')).status).toBe(404)
    expect((await call('GET', `/public/widget/${widgetKey}/knowledge?q=${'q'.repeat(201)}`)).status).toBe(422)
    expect((await fetch(`${server.url}/api/widget/knowledge`)).status).toBe(401)
  })

  it('counts how often an entry was used and whether it helped, each visitor once', async () => {
    const tenant = await fillTenant(server.database)
    const query = server.database.of(tenant.organizationId)
    const count = async () => {
      const scope = { organizationId: tenant.organizationId, entryId: tenant.entryId }
      const { timesUsed, helpful, notHelpful } = await loadKnowledgeEntry(query, scope)
      return { timesUsed, helpful, notHelpful }
    }
    expect(await count()).toEqual({ timesUsed: 1, helpful: 1, notHelpful: 0 })
    await query.updateTable('message_ratings').set({ helpful: false }).execute()
    expect(await count()).toEqual({ timesUsed: 1, helpful: 0, notHelpful: 1 })
    await query.deleteFrom('message_ratings').execute()
    expect(await count()).toEqual({ timesUsed: 1, helpful: 0, notHelpful: 0 })
  })

  it('rates the entry that an answer rests on before all others, and no other', async () => {
    const tenant = await fillTenant(server.database)
    const query = server.database.of(tenant.organizationId)
    await query
      .updateTable('answer_sources')
      .set({ place: 2 } as never)
      .execute()
    const scope = { organizationId: tenant.organizationId, entryId: tenant.entryId }
    expect(await loadKnowledgeEntry(query, scope)).toMatchObject({ timesUsed: 1, helpful: 0, notHelpful: 0 })
  })
})
