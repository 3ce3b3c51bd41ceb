import { randomUUID } from 'node:crypto'
import { visitorExport } from '@chatdesk/protocol/schemas'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { VisitorActor } from '../organizations/actor.js'
import { silentLogger } from '../platform/logger.js'
import { createTestServer, type TestServer } from '../testing/index.js'
import { exportVisitor } from './export-visitor.js'

let server: TestServer
const failures: unknown[] = []
beforeAll(async () => {
  const logger = { ...silentLogger, error: ({ err }: { err?: unknown }) => void failures.push(err) }
  server = await createTestServer({ logger })
})
afterAll(() => server.close())

/** A visitor with 450 messages in one conversation. */
async function talkative() {
  const { token, visitorId, sessionId } = await server.initVisitor({ tabId: `tab-${randomUUID()}` })
  const started = await server.post('/api/widget/conversations', {}, { authorization: `Bearer ${token}` })
  const { id } = ((await started.json()) as { conversation: { id: string } }).conversation
  const { rows } = await sql<{ organization: string }>`
    with k as (update conversations set head_seq = 450 where id = ${id}::uuid returning organization_id, visitor_id)
    insert into events (organization_id, conversation_id, seq, id, type, author_id, body, created_at)
    select organization_id, ${id}::uuid, n, gen_random_uuid(), 'message.created', visitor_id,
      ${JSON.stringify({ author: { kind: 'visitor', id: visitorId }, parts: [{ type: 'text', text: 'x'.repeat(1_000) }] })}::jsonb,
      now() from k, generate_series(1, 450) as n returning organization_id as organization`.execute(
    server.database.system,
  )
  const actor: VisitorActor = {
    ...{ kind: 'visitor', organizationId: rows[0]?.organization ?? '', widgetId: '', visitorId, sessionId },
    ...{ name: 'x', expiresAt: new Date() },
  }
  return { actor, token, conversationId: id }
}

const exportOf = (actor: VisitorActor) => exportVisitor({ database: server.database, clock: () => new Date() }, actor)

it('[W7] what is given out is read as it is taken, and never in memory as a whole', async () => {
  const { actor } = await talkative()
  const pieces: string[] = []
  for await (const piece of await exportOf(actor)) pieces.push(piece)
  const whole = pieces.join('')
  expect(visitorExport.parse(JSON.parse(whole)).conversations[0]?.messages.map(({ seq }) => seq)).toEqual(
    Array.from({ length: 450 }, (_, index) => index + 1),
  )
  expect(Math.max(...pieces.map((piece) => piece.length))).toBeLessThan(whole.length / 2)
})

it('[W7] what is deleted meanwhile is left out, and the rest is whole', async () => {
  const { actor, conversationId } = await talkative()
  const pieces: string[] = []
  for await (const piece of await exportOf(actor)) {
    pieces.push(piece)
    if (pieces.some((text) => text.includes('"seq":1,')))
      await sql`delete from conversations where id = ${conversationId}::uuid`.execute(server.database.system)
  }
  const [conversation] = visitorExport.parse(JSON.parse(pieces.join(''))).conversations
  expect(conversation?.messages.length).toBeGreaterThan(0)
  expect(conversation?.messages.length).toBeLessThan(450)
})

it('[W7] what cannot be read in the middle ends the answer, and stands in the log', async () => {
  const { token } = await talkative()
  await sql`alter table events rename to elsewhere`.execute(server.database.system)
  const answer = await server.get('/api/widget/visitor/export', { authorization: `Bearer ${token}` })
  const text = await answer.text()
  expect(() => JSON.parse(text)).toThrow(SyntaxError)
  await sql`alter table elsewhere rename to events`.execute(server.database.system)
  await expect.poll(() => failures).toMatchObject([{ code: '42P01' }])
})
