import { randomUUID } from 'node:crypto'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '@chatdesk/server/testing'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { loadSummaries, loadVersions } from '../../src/conversations/index.js'
import { judgeFile } from '../../src/files/sweep-files.js'
import { sendDueFollowUps } from '../../src/follow-ups/index.js'
import { loadChanges } from '../../src/messages/index.js'
import { silentLogger } from '../../src/platform/logger.js'
import { createTenant, type Tenant } from '../../src/testing/create-tenant.js'
import { takeSnapshot } from '../authorization/snapshot.js'
import { listTenantTables } from '../authorization/tables.js'

/** An organization with a conversation in which an agent has said something. */
async function populate(tenant: Tenant) {
  const { organizationId } = tenant
  const [agent, visitor] = [await tenant.addMember(), await tenant.addVisitor()]
  const conversationId = await tenant.addConversation(visitor)
  const parts = [{ type: 'text' as const, text: 'hello' }]
  await tenant.backend.appendMessage(agent, { conversationId, clientMessageId: tenant.clientId(), parts })
  return { tenant, organizationId, visitor, conversationId }
}

describe.each(TEST_DATABASES)('jobs whose ids were swapped, on %s', (kind) => {
  let test: TestDatabase
  let ours: Awaited<ReturnType<typeof populate>>
  let theirs: Awaited<ReturnType<typeof populate>>
  beforeAll(async () => {
    test = await createTestDatabase(kind)
    ours = await populate(await createTenant(test.database))
    theirs = await populate(await createTenant(test.database))
  })
  afterAll(() => test.drop())

  it('threat 30: a follow-up for a conversation of another organization is not said, and ends no timer', async () => {
    const { database } = test
    const dueAt = new Date('2026-01-01T00:00:01.000Z')
    for (const { conversationId } of [ours, theirs])
      await database.system
        .updateTable('conversations')
        .set({ follow_up_at: dueAt })
        .where('id', '=', conversationId)
        .execute()
    const { digest } = await takeSnapshot(database, await listTenantTables(database))
    const state = async () => [await digest(ours.organizationId), await digest(theirs.organizationId)]
    const before = await state()
    const author = { kind: 'system' as const, id: ours.visitor.widgetId, name: 'Acme' }
    const parts = [{ type: 'text' as const, text: 'Still there?' }]
    const followUp = {
      organizationId: ours.organizationId,
      conversationId: theirs.conversationId,
      dueAt,
      author,
      parts,
    }
    await ours.tenant.messages.followUp(followUp)
    await ours.tenant.messages.followUp({ ...followUp, organizationId: randomUUID() })
    await ours.tenant.backend.noteVisitorSign(
      { ...ours.visitor, sessionId: theirs.visitor.sessionId },
      { conversationId: theirs.conversationId },
    )
    expect(await state()).toEqual(before)

    // The true one is said.
    await ours.tenant.messages.followUp({ ...followUp, conversationId: ours.conversationId })
    expect((await state())[0]).not.toEqual(before[0])
    expect((await state())[1]).toEqual(before[1])
  })

  it('threat 30: the sweep of follow-ups keeps to the organization of each timer', async () => {
    const { database } = test
    const texts = [ours, theirs].map(({ organizationId }) => `still there, ${organizationId}?`)
    for (const [index, { organizationId, conversationId }] of [ours, theirs].entries()) {
      const followUp = JSON.stringify({ text: texts[index], afterMinutes: 1, quietHours: null })
      const scope = database.of(organizationId)
      await scope
        .updateTable('widgets')
        .set({ follow_up: followUp as never })
        .execute()
      await scope
        .updateTable('conversations')
        .set({ follow_up_at: new Date(0) })
        .where('id', '=', conversationId)
        .execute()
    }
    const { messages, now } = ours.tenant
    await sendDueFollowUps({ database, messages, clock: () => now.value, logger: silentLogger })
    for (const [index, { organizationId, conversationId }] of [ours, theirs].entries()) {
      const said = await database.system
        .selectFrom('events')
        .select(['organization_id', 'body'])
        .where('conversation_id', '=', conversationId)
        .orderBy('seq', 'desc')
        .executeTakeFirstOrThrow()
      expect(said.organization_id).toBe(organizationId)
      expect(JSON.stringify(said.body)).toContain(texts[index])
    }
  })

  it('threat 30: a look at a file that nobody sent keeps to its organization', async () => {
    const { database } = test
    const { organizationId } = theirs
    const [fileId, now] = [randomUUID(), new Date('2026-01-03T00:00:00.000Z')]
    await database.system
      .insertInto('files')
      .values({
        ...{ organization_id: organizationId, id: fileId, session_id: theirs.visitor.sessionId, member_id: null },
        ...{ upload_id: 'upload-0001', name: 'a.png', declared_type: '', size_bytes: 1, chunk_bytes: 1 },
        ...{ storage_key: `${organizationId}/0123456789abcdef`, created_at: now, look_at: now },
      })
      .execute()
    const left = () => database.system.selectFrom('files').select('id').where('id', '=', fileId).execute()
    await judgeFile(database, { organizationId: ours.organizationId, fileId, now })
    expect(await left()).toHaveLength(1)
    await judgeFile(database, { organizationId, fileId, now })
    expect(await left()).toEqual([])
    const removals = await database.of(ours.organizationId).selectFrom('file_removals').selectAll().execute()
    expect(removals).toEqual([])
    expect(await database.of(organizationId).selectFrom('file_removals').selectAll().execute()).not.toEqual([])
  })

  it('threat 30: sweeps look up nothing under an organization that is not its own', async () => {
    const { database } = test
    const known = { conversationId: theirs.conversationId, headSeq: 0, reads: { visitor: 0, team: 0 } }
    expect(await loadChanges(database, [{ ...known, organizationId: theirs.organizationId }])).toHaveLength(1)
    expect(await loadChanges(database, [{ ...known, organizationId: ours.organizationId }])).toEqual([])
    // Nor when its own is named beside it, and both are let through.
    const mine = { ...known, organizationId: theirs.organizationId, conversationId: ours.conversationId }
    expect(await loadChanges(database, [mine, { ...known, organizationId: ours.organizationId }])).toEqual([])

    expect(await loadSummaries(database, theirs.organizationId, [theirs.conversationId])).toHaveLength(1)
    expect(await loadSummaries(database, ours.organizationId, [theirs.conversationId])).toEqual([])
    const versions = await loadVersions(database, [ours.organizationId], 365 * 86_400_000)
    expect(JSON.stringify(versions)).not.toContain(theirs.conversationId)
  })
})
