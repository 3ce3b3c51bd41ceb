import { createTestServer } from '@chatdesk/server/testing'
import { expect, it, onTestFinished } from 'vitest'
import { DEMO_KNOWLEDGE } from './demo-knowledge.js'
import { DEMO_WIDGET_KEY, seedDemo } from './seed.js'

it('knows in a full demo what its company offers, in words of its own where every widget has some', async () => {
  const server = await createTestServer()
  onTestFinished(() => server.close())
  const { system } = server.database
  // As before the first start.
  await system.deleteFrom('widgets').where('key', '=', DEMO_WIDGET_KEY).execute()
  await seedDemo(server.database, server.chat.api, { port: 3001, kind: 'full' })
  const { assistant, id } = await system
    .selectFrom('widgets')
    .select(['assistant', 'id'])
    .where('key', '=', DEMO_WIDGET_KEY)
    .executeTakeFirstOrThrow()
  expect(assistant).toBe(true)
  const entries = await system.selectFrom('knowledge_entries').selectAll().where('widget_id', '=', id).execute()
  for (const { question, answer } of DEMO_KNOWLEDGE)
    expect(entries.filter((entry) => entry.question === question)).toMatchObject([{ answer, published: true }])

  // A later start changes nothing of it.
  await server.chat.api.updateWidget({ ...(await scopeOf(server.database)), assistant: false })
  await seedDemo(server.database, server.chat.api, { port: 3002, kind: 'full' })
  const later = await system.selectFrom('widgets').selectAll().where('key', '=', DEMO_WIDGET_KEY).executeTakeFirst()
  expect(later).toMatchObject({ id, assistant: false })
})

it('refuses entries of a host that say nothing, and adds none of the others', async () => {
  const server = await createTestServer()
  onTestFinished(() => server.close())
  const scope = await scopeOf(server.database)
  const entries = [
    { question: 'Do you ship?', answer: 'We do.' },
    { question: 'And?', answer: '' },
  ]
  await expect(server.chat.api.importKnowledge({ ...scope, entries })).rejects.toMatchObject({
    code: 'VALIDATION_FAILED',
    field: 'entries.1.answer',
  })
  const entry = { question: 'Do you ship?', answer: 'We do.' }
  expect(await server.chat.api.importKnowledge({ ...scope, entries: [entry] })).toMatchObject({ added: 1, skipped: 0 })
  expect(await server.chat.api.importKnowledge({ ...scope, entries: [entry] })).toMatchObject({ added: 0, skipped: 1 })
})

async function scopeOf({ system }: Awaited<ReturnType<typeof createTestServer>>['database']) {
  return system
    .selectFrom('widgets')
    .select(['organization_id as organizationId', 'id as widgetId'])
    .where('key', '=', DEMO_WIDGET_KEY)
    .executeTakeFirstOrThrow()
}
