import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../database/index.js'
import { silentLogger } from '../platform/logger.js'
import { createSealer } from '../platform/sealed.js'
import { createTenant } from '../testing/create-tenant.js'
import { createTestDatabase, TEST_DATABASES, type TestDatabase } from '../testing/test-database.js'
import { createPushQueue, type PushQueue, type PushQueueContext } from './push-queue.js'
import { subscribe } from './subscriptions.js'
import { startPushService, type TestPushService } from './testing/push-service.js'
import { generateVAPIDKeys } from './web-push.js'

describe.each(TEST_DATABASES)('the push queue, on %s', (kind) => {
  let opened: TestDatabase
  let service: TestPushService
  beforeAll(async () => {
    opened = await createTestDatabase(kind)
    service = await startPushService()
  })
  afterAll(async () => {
    await opened.drop()
    await service.close()
  })

  const contextOf = (database: Database): PushQueueContext => ({
    ...{ database, logger: silentLogger, generateId: randomUUID, allowPrivatePush: true },
    ...{ sealer: createSealer([randomBytes(32).toString('base64')]), clock: () => new Date('2026-01-01T01:00:00Z') },
    ...{ serverKey: async () => generateVAPIDKeys(), contact: 'mailto:a@b.invalid', isThere: async () => false },
    loadMemberContent: async () => undefined,
  })

  /** An organization; each call has another visitor of it, with a browser behind `/name/to`, hear of a message. */
  const organization = async (name: string, context: PushQueueContext, queue: PushQueue) => {
    const tenant = await createTenant(context.database)
    const { organizationId } = tenant
    const { memberId } = await tenant.addMember()
    return async (to: string) => {
      const visitor = await tenant.addVisitor()
      await subscribe(context, visitor, { ...service.subscription(`/${name}/${to}`), label: 'New message' })
      const conversationId = await tenant.addConversation(visitor)
      const author = { kind: 'agent' as const, id: memberId, name: 'A' }
      const parts = [{ type: 'text' as const, text: 'Hello' }]
      const draft = { organizationId, conversationId, author, ownerSessionId: null, parts }
      await tenant.messages.append({ ...draft, clientMessageId: tenant.clientId() })
      for (const change of tenant.changes.splice(0)) queue.note(change)
      return conversationId
    }
  }

  it('[O2] an organization whose push services hang keeps its own waiting, and nobody else’s', async () => {
    const context = contextOf(opened.database)
    const queue = createPushQueue(context)
    const paths = () => service.received.map(({ path }) => path)
    const toHanging = await organization('hanging', context, queue)
    const toOther = await organization('other', context, queue)
    const release = service.hold('/hanging')
    for (let n = 0; n < 12; n++) await toHanging(`${n}`)
    await toOther('first')
    await queue.idle()
    await queue.sendDue()
    // Its share is under way, and of the others none is begun.
    await expect.poll(() => paths().filter((path) => path.startsWith('/hanging')).length).toBe(10)
    await expect.poll(() => paths()).toContain('/other/first')
    await toOther('second')
    await expect
      .poll(async () => {
        await queue.sendDue()
        return paths()
      })
      .toContain('/other/second')
    expect(paths().filter((path) => path.startsWith('/hanging'))).toHaveLength(10)
    release()
    await queue.idle()
    await queue.sendDue()
    await queue.idle()
    expect(paths().filter((path) => path.startsWith('/hanging'))).toHaveLength(12)
  })

  it('[O3] a push service that never answers holds up no end of the server, and is asked again', async () => {
    const context = contextOf(opened.database)
    const queue = createPushQueue(context)
    const push = await organization('silent', context, queue)
    const release = service.hold('/silent')
    const conversationId = await push('one')
    await queue.idle()
    await queue.sendDue()
    await expect.poll(() => service.received.map(({ path }) => path)).toContain('/silent/one')
    const began = performance.now()
    await queue.close()
    expect(performance.now() - began).toBeLessThan(5_000)
    const { rows } = await sql`select attempts, due_at is not null as due from push_jobs
      where conversation_id = ${conversationId}::uuid`.execute(opened.database.system)
    expect(rows).toEqual([{ attempts: 1, due: true }])
    release()
  })
})
