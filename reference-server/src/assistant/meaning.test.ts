import { randomUUID } from 'node:crypto'
import { copilotDraftResponse, createConversationResponse } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { fillKnowledge } from '../knowledge/testing/fill-knowledge.js'
import { createIdGenerator } from '../platform/ids.js'
import { silentLogger } from '../platform/logger.js'
import { createTestServer, type TestMember, type TestServer } from '../testing/create-test-server.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createAssistantModels } from './assistant-models.js'
import { type AssistantScene, openAssistantScene } from './testing/assistant-scene.js'
import { json, meansIt, textsOf } from './testing/embedding-scripts.js'
import { type ModelStub, startModelStub } from './testing/model-stub.js'

const PARAPHRASE = 'Will somebody reimburse us eventually?'
const REFUND = { id: 'refund', question: 'How do I get a refund?', answer: 'Refunds are made within 30 days.' }
const SURE = 'How do I get a refund?'

describe.each(TEST_DATABASES)('a turn where knowledge is found by its meaning, on %s', (kind) => {
  let test: TestDatabase
  let stub: ModelStub
  let scene: AssistantScene
  let close: () => Promise<void>

  beforeAll(async () => {
    test = await createTestDatabase(kind)
  })
  afterAll(() => test.drop())
  beforeEach(async () => {
    stub = await startModelStub()
    stub.otherwise(meansIt)
  })
  afterEach(async () => {
    await scene.close()
    await close()
    await stub.close()
  })

  /** A conversation in an organization that has one entry about refunds beside those that every widget begins with. */
  const open = async (embeddings: { atLeast?: number } | null) => {
    const context = {
      ...{ database: test.database, clock: () => new Date(), generateId: createIdGenerator(), logger: silentLogger },
    }
    const models = createAssistantModels(
      context,
      embeddings ? { embeddings: { baseUrl: stub.baseUrl, model: 'small', ...embeddings } } : undefined,
    )
    close = models.close
    scene = await openAssistantScene(test, models)
    const { organizationId } = scene.tenant
    await fillKnowledge(test.database, { organizationId, widgetId: scene.visitor.widgetId }, [REFUND])
    await models.sweep()
  }
  const questions = () => stub.requests.flatMap((request) => textsOf(request)).filter((text) => text === PARAPHRASE)

  it('[B16] is as ever where no model is named for it', async () => {
    await open(null)
    await scene.ask(PARAPHRASE)
    expect(await scene.decisions()).toMatchObject([{ rule: 'C1', band: 'low' }])
    expect(stub.requests).toEqual([])
    const { rows } = await sql`select from knowledge_vectors`.execute(test.database.of(scene.tenant.organizationId))
    expect(rows).toEqual([])
  })

  it('[B16] suggests what means the same in other words where the host says from when, and answers nothing for it', async () => {
    await open({ atLeast: 0.9 })
    await scene.ask(PARAPHRASE)
    expect(await scene.decisions()).toMatchObject([{ action: 'suggest', band: 'middle' }])
    expect(JSON.stringify(await scene.said())).toContain(REFUND.question)
    expect(JSON.stringify(await scene.said())).not.toContain(REFUND.answer)
    expect(questions()).toHaveLength(1)
    expect(await scene.gaps()).toEqual([])
  })

  it('[B16] says that it does not know where only the meaning is near, and the host has said nothing', async () => {
    await open({})
    await scene.ask(PARAPHRASE)
    expect(await scene.decisions()).toMatchObject([{ rule: 'C1', band: 'low' }])
    expect(await scene.gaps()).toHaveLength(1)
  })

  it('[B16] answers what the words are sure of, and asks nobody', async () => {
    await open({ atLeast: 0.1 })
    const before = stub.requests.length
    await scene.ask(SURE)
    expect(await scene.decisions()).toMatchObject([{ band: 'high', action: 'answer' }])
    expect(await scene.words()).toEqual([expect.stringContaining(REFUND.answer)])
    expect(stub.requests).toHaveLength(before)
  })

  it('[B5] [B16] is as without it where the model fails', async () => {
    await open({ atLeast: 0.1 })
    stub.otherwise(json('<html>', { type: 'text/html' }))
    await scene.ask(PARAPHRASE)
    expect(await scene.decisions()).toMatchObject([{ rule: 'C1', band: 'low' }])
  })
})

describe('a draft where knowledge is found by its meaning', () => {
  let stub: ModelStub
  let server: TestServer
  let agent: TestMember
  let reader: TestMember
  let conversation: string

  beforeAll(async () => {
    stub = await startModelStub()
    stub.otherwise(meansIt)
    const assistant = { embeddings: { baseUrl: stub.baseUrl, model: 'small', atLeast: 0.9 } }
    server = await createTestServer({ assistant })
    agent = await server.signIn('agent')
    reader = await server.signIn('client_user')
    const { database } = server
    const widget = await database.system
      .selectFrom('widgets')
      .select(['id', 'organization_id'])
      .executeTakeFirstOrThrow()
    await fillKnowledge(database, { organizationId: widget.organization_id, widgetId: widget.id }, [REFUND])
    await giveAssistant(true)
    const context = { database, clock: () => new Date(), generateId: createIdGenerator(), logger: silentLogger }
    await createAssistantModels(context, assistant).sweep()
    await giveAssistant(false)
    const { token } = await server.initVisitor()
    const visitor = { authorization: `Bearer ${token}` }
    const started = await server.post('/api/widget/conversations', {}, visitor)
    conversation = createConversationResponse.parse(await started.json()).conversation.id
    const message = { clientMessageId: randomUUID(), text: PARAPHRASE }
    await server.post(`/api/widget/conversations/${conversation}/messages`, message, visitor)
  })
  afterAll(async () => {
    await server.close()
    await stub.close()
  })

  const giveAssistant = (assistant: boolean) =>
    server.database.system.updateTable('widgets').set({ assistant }).execute()
  const draft = (member: TestMember) =>
    server.post(`/api/chat-widget/conversations/${conversation}/copilot/draft`, {}, member.headers)
  const asked = () => stub.requests.filter((request) => textsOf(request).includes(PARAPHRASE)).length
  const spent = async () => {
    const { rows } = await sql`
      select id from assistant_usage where conversation_id = ${conversation}::uuid`.execute(server.database.system)
    return rows.length
  }

  it('[B12] [B16] asks nobody and counts nothing where the widget has no assistant, and for a member who only reads', async () => {
    const plain = copilotDraftResponse.parse(await (await draft(agent)).json())
    expect(plain.draft).toMatchObject({ band: 'low', suggestions: [] })
    await giveAssistant(true)
    expect((await draft(reader)).status).toBe(403)
    const summary = `/api/chat-widget/conversations/${conversation}/copilot/summary`
    expect((await server.post(summary, {}, reader.headers)).status).toBe(200)
    const golden = `/api/chat-widget/widgets/${await widgetId()}/knowledge/golden-questions`
    await server.get(golden, reader.headers)
    expect([asked(), await spent()]).toEqual([0, 0])
  })
  const widgetId = async () =>
    (await server.database.system.selectFrom('widgets').select('id').executeTakeFirstOrThrow()).id

  it('[B9] [B16] offers a member who answers what means the same, where the widget has the assistant', async () => {
    await giveAssistant(true)
    const { draft: offered } = copilotDraftResponse.parse(await (await draft(agent)).json())
    expect(offered).toMatchObject({ band: 'middle', text: null })
    expect(offered.suggestions[0]).toMatchObject({ question: REFUND.question })
    expect([asked(), await spent()]).toEqual([1, 1])
  })
})
